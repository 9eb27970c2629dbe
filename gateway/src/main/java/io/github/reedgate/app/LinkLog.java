package io.github.reedgate.app;

import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.link.WatermarkOutcome;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log about the connection: each kind of trouble once as a warning with its fix, repeats only when debugging, and
 * the recovery with the outage's length. Owned by the loop thread.
 */
final class LinkLog {

    private static final Logger LOG = LoggerFactory.getLogger(LinkLog.class);

    private @Nullable LinkTrouble told;
    private @Nullable Long troubleNanos;
    private final Set<WatermarkOutcome> toldOfWatermark = EnumSet.noneOf(WatermarkOutcome.class);
    private final Set<String> toldOfSubscriptions = new HashSet<>();

    void tell(LinkEvent event, long nowNanos) {
        if (event instanceof LinkEvent.Watermark answer) {
            watermark(answer);
        } else if (event instanceof LinkEvent.SubscriptionRefused refusal) {
            refused(refusal);
        } else if (event instanceof LinkEvent.Subscribed subscribed) {
            toldOfSubscriptions.remove(subscribed.topic());
            LOG.info("subscribed to {} again", subscribed.topic());
        } else if (event instanceof LinkEvent.Up up) {
            Long since = troubleNanos;
            if (since == null) {
                LOG.info("connected to {}", up.server());
            } else {
                LOG.info("connected to {} again after {} s", up.server(), (nowNanos - since) / 1_000_000_000L);
            }
            told = null;
            troubleNanos = null;
        } else if (event instanceof LinkEvent.Down down && down.trouble() != LinkTrouble.STOPPED) {
            if (troubleNanos == null) {
                troubleNanos = nowNanos;
            }
            if (down.trouble() == told) {
                LOG.debug(
                        "no connection: {}; next try in {} ms",
                        down.message(),
                        down.retryIn().toMillis());
            } else {
                LOG.warn(
                        "no connection: {}; tried again for ever, next in {} ms; further failures of this kind are not"
                                + " logged",
                        down.message(),
                        down.retryIn().toMillis());
                told = down.trouble();
            }
        }
    }

    private void refused(LinkEvent.SubscriptionRefused refusal) {
        if (toldOfSubscriptions.add(refusal.topic())) {
            LOG.warn("{}; further failures of this subscription are not logged", refusal.message());
        } else {
            LOG.debug("{}", refusal.message());
        }
    }

    private void watermark(LinkEvent.Watermark answer) {
        if (answer.message().isEmpty()) {
            LOG.debug("watermark: {} {}", answer.outcome(), answer.seq());
        } else if (toldOfWatermark.add(answer.outcome())) {
            LOG.warn("{}; further failures of this kind are not logged", answer.message());
        } else {
            LOG.debug("watermark: {}", answer.message());
        }
    }

    void refused(LinkEvent.Published answer) {
        LOG.warn("the broker refused a message, it is kept and tried again slowly: {}", answer.message());
    }
}
