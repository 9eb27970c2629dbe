package io.github.reedgate.app;

import io.github.reedgate.command.Refusal;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.delivery.LogPage;
import io.github.reedgate.delivery.LogSource;
import io.github.reedgate.delivery.RangeQueue;
import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.message.LogAnswers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends ranges of the event log to those who asked for them: connects the {@link RangeQueue} to the loop. Owned by the loop thread; never
 * blocks; time is an argument.
 */
final class LogDelivery {

    /** An answer that the broker does not take is logged once in this time. */
    private static final Duration LOG_PAUSE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LogDelivery.class);

    private final RangeQueue ranges;
    private OptionalLong loggedNanos = OptionalLong.empty();

    LogDelivery(RangeQueue ranges) {
        this.ranges = ranges;
    }

    /** The same for a gateway with this id. */
    static LogDelivery of(String gatewayId, LogSource log, BrokerLink link) {
        return new LogDelivery(new RangeQueue(log, link, new LogAnswers(gatewayId)));
    }

    /** Takes in what the connection tells; returns true if that concerns nobody else. */
    boolean takes(LinkEvent event, long nowNanos) {
        if (event instanceof LinkEvent.Up up) {
            ranges.linkUp(up);
        } else if (event instanceof LinkEvent.Down) {
            ranges.linkDown(nowNanos);
        } else if (event instanceof LinkEvent.Published answer && RangeQueue.madeHere(answer)) {
            ranges.published(answer).ifPresent(line -> log(line, nowNanos));
            return true;
        }
        return false;
    }

    private void log(String line, long nowNanos) {
        if (loggedNanos.isEmpty() || nowNanos - loggedNanos.getAsLong() >= LOG_PAUSE.toNanos()) {
            loggedNanos = OptionalLong.of(nowNanos);
            LOG.warn(line);
        }
    }

    /** Takes a request; returns what the core is to be told if it is refused. */
    Optional<Input> request(StepOutput.LogWanted wanted, long nowNanos) {
        return ranges.request(wanted.request(), wanted.newest(), nowNanos)
                .map(why -> new Input.LogRequestRefused(
                        why == LogAnswers.Failure.TOO_MANY_NUMBERS ? Refusal.TOO_MANY_NUMBERS : Refusal.BUSY));
    }

    /** Whether nobody waits for anything. */
    boolean isIdle() {
        return ranges.isIdle();
    }

    /** Takes in a page of the log. */
    void pageRead(LogPage page) {
        ranges.loaded(page);
    }

    /** Sends what there is room for. */
    void advance(int room, long nowNanos) {
        ranges.advance(room, nowNanos);
    }

    /** When {@link #advance} is due; empty if nothing is put off. */
    OptionalLong deadlineNanos(int room) {
        return ranges.deadlineNanos(room);
    }
}
