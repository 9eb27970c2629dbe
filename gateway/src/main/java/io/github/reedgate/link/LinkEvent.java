package io.github.reedgate.link;

import java.time.Duration;

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
}
