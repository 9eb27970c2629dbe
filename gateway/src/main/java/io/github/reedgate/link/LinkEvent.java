package io.github.reedgate.link;

import io.github.reedgate.message.Incoming;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything a {@link BrokerLink} tells. Immutable; delivered on threads of the MQTT client. */
public sealed interface LinkEvent {

    /**
     * The broker accepted the connection: publishing is possible from now on.
     *
     * @param connection number of this connection, rising by one with each; starts at 1
     * @param server the broker as {@code host:port}
     * @param receiveMaximum how many QoS 1 messages the broker takes unacknowledged (MQTT 5, section 3.2.2.3.3); 1 to 65535
     */
    record Up(long connection, String server, int receiveMaximum) implements LinkEvent {}

    /**
     * The connection ended, or an attempt to connect failed.
     *
     * @param wasUp true if a connection was lost, false if an attempt failed
     * @param trouble what kind of trouble it is
     * @param message what happened and what to do about it, one line, lower case first
     * @param retryIn how long until the next attempt
     */
    record Down(boolean wasUp, LinkTrouble trouble, String message, Duration retryIn) implements LinkEvent {}

    /**
     * The broker answered a publish, or the client gave up on it.
     *
     * @param token the token given to {@link BrokerLink#publish}
     * @param connection the connection it was sent on, as in {@link Up}
     * @param outcome what became of it
     * @param message empty if accepted, else the reason and what to do about it
     */
    record Published(long token, long connection, PublishOutcome outcome, String message) implements LinkEvent {}

    /**
     * What the broker remembers of this gateway: the retained watermark, the number up to which it acknowledged all events.
     * Told once on each connection that lasts until then, some seconds after {@link Up} if the broker has none; not told
     * at all if nothing was to be watched.
     *
     * @param connection the connection it was asked on, as in {@link Up}
     * @param seq the number, 0 or more; empty unless the outcome is {@link WatermarkOutcome#KNOWN}
     * @param outcome whether the broker could be asked
     * @param message empty if it could, else why not and what to do about it
     */
    record Watermark(long connection, OptionalLong seq, WatermarkOutcome outcome, String message)
            implements LinkEvent {}

    /**
     * A watermark came back that was published on this very connection: the broker does show the topic to this user. Told
     * once on a connection, after {@link Watermark}; its number means nothing.
     *
     * @param connection the connection it came on, as in {@link Up}
     */
    record WatermarkShown(long connection) implements LinkEvent {}

    /**
     * Somebody sent a message on one of {@link Subscriptions#topics}. Anybody may send as many as they like: whoever keeps
     * them has to bound them.
     *
     * @param message what was sent
     */
    record Received(Incoming message) implements LinkEvent {}

    /**
     * One of {@link Subscriptions#topics} could not be subscribed to on this connection.
     *
     * @param topic which
     * @param why what kind of trouble it is
     * @param pause how long until it is tried again on this connection; empty if only the next connection does
     * @param message what happened and what to do about it, one line, lower case first
     */
    record SubscriptionRefused(String topic, Why why, Optional<Duration> pause, String message) implements LinkEvent {

        /** Why there is no subscription. */
        public enum Why {
            /** Messages came on the topic that the client can't take; each of them ended the connection. */
            UNREADABLE,
            /** The broker ended the connection instead of an answer. */
            CONNECTION_CLOSED,
            /** The broker did not answer. */
            NO_ANSWER,
            /** The broker refused. */
            REFUSED
        }
    }

    /**
     * A topic is subscribed to that {@link SubscriptionRefused} was told of.
     *
     * @param topic which
     */
    record Subscribed(String topic) implements LinkEvent {}
}
