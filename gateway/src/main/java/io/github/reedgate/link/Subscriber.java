package io.github.reedgate.link;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to topics on each connection, to one after the other, so that it is known for which of them a broker ends the
 * connection, as some do when a client may not read it. After two connections in a row that ended so, the next one does
 * without that topic, then it is tried again. Owned by thread {@code broker-link}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each callback is guarded and lets nothing through
final class Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final int MOST_BROKEN_OFF = 2;

    private final List<String> topics;
    private final Asking asking;
    private final ScheduledExecutorService thread;
    private final Consumer<LinkEvent> listener;

    private final Map<String, Integer> brokenOff = new HashMap<>();
    private final Deque<String> rest = new ArrayDeque<>();
    private @Nullable Connection connection;
    private @Nullable String open;

    /**
     * Who asks whom.
     *
     * @param server the broker as {@code host:port}, for messages
     * @param user who asks, for messages: {@code user 'name'}
     * @param patience how long the broker may take to acknowledge a subscription
     */
    record Asking(String server, String user, Duration patience) {

        /** What these settings say. */
        static Asking of(String server, BrokerSettings settings) {
            String user = settings.user().map(name -> "user '" + name + "'").orElse("a client without user name");
            return new Asking(server, user, settings.timing().connectTimeout());
        }
    }

    /**
     * A subscriber before the first connection.
     *
     * @param topics what to subscribe to, the most important first
     * @param asking who asks whom
     * @param thread the thread that owns this
     * @param listener told {@link LinkEvent.SubscriptionRefused} and what comes in
     */
    Subscriber(List<String> topics, Asking asking, ScheduledExecutorService thread, Consumer<LinkEvent> listener) {
        this.topics = List.copyOf(topics);
        this.asking = asking;
        this.thread = thread;
        this.listener = listener;
    }

    /** A connection is up: sends the first subscription and returns at once. */
    void up(Connection established) {
        connection = established;
        open = null;
        rest.clear();
        rest.addAll(topics);
        established.deliverTo(new Inbox(topics, listener));
        next();
    }

    /** The connection that was up has ended. */
    void ended() {
        String asked = open;
        if (asked != null) {
            brokenOff.merge(asked, 1, Integer::sum);
        }
        connection = null;
        open = null;
        rest.clear();
    }

    private void next() {
        Connection present = connection;
        while (present != null && !rest.isEmpty()) {
            String topic = rest.remove();
            int times = brokenOff.getOrDefault(topic, 0);
            if (times < MOST_BROKEN_OFF) {
                open = topic;
                present.subscribe(topic)
                        .whenComplete((ack, error) -> thread.execute(guarded(() -> answered(present, topic, error))));
                thread.schedule(
                        guarded(() -> overdue(present, topic)),
                        asking.patience().toMillis(),
                        TimeUnit.MILLISECONDS);
                return;
            }
            brokenOff.put(topic, times - 1);
            refused(topic, "ended " + MOST_BROKEN_OFF + " connections in a row before it answered the subscription");
        }
    }

    private void answered(Connection asked, String topic, @Nullable Throwable error) {
        if (asked != connection || !topic.equals(open)) {
            return;
        }
        if (error != null) {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            if (!(cause instanceof Mqtt5SubAckException refusal)) {
                LOG.debug("the subscription to {} was not acknowledged", topic, error);
                return; // the connection has ended, which is told in a moment
            }
            Mqtt5SubAckReasonCode code =
                    refusal.getMqttMessage().getReasonCodes().get(0);
            String name = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            refused(topic, "refused it: " + name + String.format(Locale.ROOT, " (0x%02X)", code.getCode()));
        }
        done(topic);
    }

    private void overdue(Connection asked, String topic) {
        if (asked == connection && topic.equals(open)) {
            refused(topic, "did not acknowledge it within " + asking.patience().toSeconds() + " s");
            done(topic);
        }
    }

    private void done(String topic) {
        brokenOff.remove(topic);
        open = null;
        next();
    }

    private void refused(String topic, String what) {
        listener.accept(new LinkEvent.SubscriptionRefused(
                topic,
                "no subscription to " + topic + ": broker " + asking.server() + " " + what + "; allow " + asking.user()
                        + " to read that topic in the broker's access rules, or what is sent there does not reach the"
                        + " gateway"));
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("subscribing failed", e);
            }
        };
    }
}
