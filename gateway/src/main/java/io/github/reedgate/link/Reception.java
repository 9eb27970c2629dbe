package io.github.reedgate.link;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** What each connection is asked and takes in: the watermark, and what others send. Owned by thread {@code broker-link}. */
final class Reception {

    private final Optional<AmnesiaCheck> amnesia;
    private final Subscriber subscriber;

    /**
     * A reception before the first connection.
     *
     * @param subscriptions what is subscribed to
     * @param server the broker as {@code host:port}, for messages
     * @param settings of the connection
     * @param thread the thread that owns this
     * @param listener told what comes
     */
    Reception(
            Subscriptions subscriptions,
            String server,
            BrokerSettings settings,
            ScheduledExecutorService thread,
            Consumer<LinkEvent> listener) {
        this.amnesia = subscriptions
                .watermarkTopic()
                .map(topic ->
                        new AmnesiaCheck(WatermarkQuestion.Subject.of(topic, server, settings), thread, listener));
        this.subscriber = new Subscriber(subscriptions, Subscriber.Asking.of(server, settings), thread, listener);
    }

    /** A connection is up: sends what there is to ask, and returns at once. */
    void up(Connection connection) {
        amnesia.ifPresent(check -> check.up(connection));
        subscriber.up(connection);
    }

    /** The connection that was up has ended, for that trouble. */
    void ended(LinkTrouble trouble) {
        amnesia.ifPresent(check -> check.ended(trouble));
        subscriber.ended(trouble);
    }
}
