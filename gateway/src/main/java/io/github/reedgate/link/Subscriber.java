package io.github.reedgate.link;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.github.reedgate.link.LinkEvent.SubscriptionRefused.Why;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to topics on each connection, to one after the other, so that it is known for which of them a connection ends.
 * {@link Suspicion} pauses a topic that ends connections; the connection goes on without it and subscribes when the pause is
 * over. Owned by thread {@code broker-link}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each callback is guarded and lets nothing through
final class Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private final List<String> topics;
    private final List<String> remembered;
    private final Asking asking;
    private final ScheduledExecutorService thread;
    private final Consumer<LinkEvent> listener;

    private final Suspicion suspicion;
    private final Deque<String> rest = new ArrayDeque<>();
    // told as refused, and not told as subscribed since
    private final Set<String> lacking = new HashSet<>();
    private @Nullable Connection connection;
    private @Nullable String open;
    private boolean acknowledged;

    /**
     * Who asks whom.
     *
     * @param server the broker as {@code host:port}, for messages
     * @param user who asks, for messages: {@code user 'name'}
     * @param patience how long the broker may take to acknowledge a subscription
     * @param firstPause how long a topic that ends connections is paused first
     */
    record Asking(String server, String user, Duration patience, Duration firstPause) {

        private static final Duration LONGEST_FIRST_PAUSE = Duration.ofMinutes(1);

        /** What these settings say. */
        static Asking of(String server, BrokerSettings settings) {
            String user = settings.user().map(name -> "user '" + name + "'").orElse("a client without user name");
            BrokerSettings.Timing timing = settings.timing();
            Duration pause = timing.retryRefused();
            return new Asking(
                    server,
                    user,
                    timing.connectTimeout(),
                    pause.compareTo(LONGEST_FIRST_PAUSE) < 0 ? pause : LONGEST_FIRST_PAUSE);
        }
    }

    /**
     * A subscriber before the first connection.
     *
     * @param subscriptions what to subscribe to, the most important first
     * @param asking who asks whom
     * @param thread the thread that owns this
     * @param listener told {@link LinkEvent.SubscriptionRefused}, {@link LinkEvent.Subscribed} and what comes in
     */
    Subscriber(
            Subscriptions subscriptions, Asking asking, ScheduledExecutorService thread, Consumer<LinkEvent> listener) {
        this.remembered = subscriptions.remembered();
        this.topics = Stream.concat(remembered.stream(), subscriptions.topics().stream())
                .toList();
        this.asking = asking;
        this.suspicion = new Suspicion(asking.firstPause());
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

    /** The connection that was up has ended, for that trouble. */
    void ended(LinkTrouble trouble) {
        suspicion.ended(trouble, open, topics, System.nanoTime());
        connection = null;
        open = null;
        rest.clear();
    }

    private void next() {
        Connection present = connection;
        while (present != null && open == null && !rest.isEmpty()) {
            String topic = rest.remove();
            Optional<Duration> pause = suspicion.pause(topic, System.nanoTime());
            if (pause.isPresent()) {
                paused(present, topic, pause.get());
            } else {
                open = topic;
                acknowledged = false;
                present.subscribe(topic, remembered.contains(topic))
                        .whenComplete((ack, error) -> thread.execute(guarded(() -> answered(present, topic, error))));
                later(() -> overdue(present, topic), asking.patience());
            }
        }
    }

    private void paused(Connection present, String topic, Duration pause) {
        boolean isUnreadable = suspicion.isUnreadable(topic);
        String what = isUnreadable
                ? "sent messages that this client can't take, which ended the connections; see who publishes there"
                : "ended 2 connections in a row before it answered; if its log names its access rules, allow "
                        + asking.user() + " to read that topic";
        Why why = isUnreadable ? Why.UNREADABLE : Why.CONNECTION_CLOSED;
        refused(topic, why, Optional.of(pause), what + "; tried again in " + (pause.toSeconds() + 1) + " s");
        later(() -> again(present, topic), pause);
    }

    private void again(Connection asked, String topic) {
        if (asked == connection) {
            rest.add(topic);
            next();
        }
    }

    private void answered(Connection asked, String topic, @Nullable Throwable error) {
        if (asked != connection || !topic.equals(open)) {
            return;
        }
        if (error != null) {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            if (cause instanceof MqttEncodeException) {
                refused(topic, "takes no packet that large; raise its maximum packet size");
            } else if (cause instanceof Mqtt5SubAckException refusal) {
                Mqtt5SubAckReasonCode code =
                        refusal.getMqttMessage().getReasonCodes().get(0);
                refused(topic, "refused it: " + ReasonCodes.subscription(code, asking.user()));
            } else {
                LOG.debug("the subscription to {} was not acknowledged", topic, error);
                return; // the connection has ended, which is told in a moment
            }
        }
        acknowledged = true;
        boolean isGranted = error == null;
        if (suspicion.isTrial(System.nanoTime())) {
            later(() -> passed(asked, topic, isGranted), Suspicion.TRIAL);
        } else {
            done(topic, isGranted);
        }
    }

    private void passed(Connection asked, String topic, boolean isGranted) {
        if (asked == connection && topic.equals(open)) {
            done(topic, isGranted);
        }
    }

    /** No answer is no dead line for sure, but nothing that can be relied on: the connection is ended. */
    private void overdue(Connection asked, String topic) {
        if (asked == connection && topic.equals(open) && !acknowledged) {
            String what = "did not acknowledge it within " + asking.patience().toSeconds() + " s";
            refused(topic, Why.NO_ANSWER, Optional.empty(), what);
            asked.abandon(true);
        }
    }

    private void done(String topic, boolean isGranted) {
        suspicion.cleared(topic, System.nanoTime());
        open = null;
        if (isGranted && lacking.remove(topic)) {
            listener.accept(new LinkEvent.Subscribed(topic));
        }
        next();
    }

    private void refused(String topic, String what) {
        refused(topic, Why.REFUSED, Optional.empty(), what);
    }

    private void refused(String topic, Why why, Optional<Duration> pause, String what) {
        lacking.add(topic);
        listener.accept(new LinkEvent.SubscriptionRefused(
                topic,
                why,
                pause,
                "no subscription to " + topic + ": broker " + asking.server() + " " + what
                        + "; what is sent there does not reach the gateway"));
    }

    private void later(Runnable work, Duration wait) {
        thread.schedule(guarded(work), wait.toMillis() + 1, TimeUnit.MILLISECONDS);
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
