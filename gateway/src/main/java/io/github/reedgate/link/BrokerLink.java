package io.github.reedgate.link;

import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The port to the MQTT broker. It connects, retries for ever and tells what happens as events; it is not a store: what was
 * not acknowledged when a connection ends has to be published again by the caller. The methods are called by one thread.
 */
public interface BrokerLink {

    /**
     * Starts connecting and returns at once; attempts go on for ever until {@link #stop}.
     *
     * @param subscriptions what is subscribed to on each connection
     * @param listener called on threads of the MQTT client; must return at once
     */
    void start(Subscriptions subscriptions, Consumer<LinkEvent> listener);

    /**
     * A message on its way out.
     *
     * @param token any number, returned with the answer
     * @param message what to send
     * @param correlation MQTT 5 correlation data in Base64 if the message answers a request, else null
     */
    record Outgoing(long token, Message message, @Nullable String correlation) {

        /** A message that answers no request. */
        public Outgoing(long token, Message message) {
            this(token, message, null);
        }
    }

    /**
     * Hands messages to the connection, in their order; never blocks. Exactly one {@link LinkEvent.Published} answers each,
     * with {@link PublishOutcome#UNKNOWN} if there is no connection or it ends first. Many in one call cost less than one
     * call for each: what can be made ready is made ready before the connection's thread is woken.
     *
     * @param messages may be empty
     */
    void publish(List<Outgoing> messages);

    /**
     * Hands over messages that are sent in their order, each as soon as fewer than {@code room} messages have no answer; never
     * blocks. So a long backlog need not wait for its owner after each answer. Answered as those of {@link #publish(List)},
     * which do not wait behind them.
     *
     * @param messages may be empty; they come after those of earlier calls
     * @param room 1 or more; counts for those of earlier calls, too
     */
    void publishInTurn(List<Outgoing> messages, int room);

    /** Hands one message over. */
    default void publish(long token, Message message) {
        publish(List.of(new Outgoing(token, message)));
    }

    /**
     * Goes through what {@link #publish} does up to the sending, and sends nothing; never blocks, never throws, tells
     * nobody. Brings the way of messages that are due in a moment back into the processor's caches, and wakes the thread
     * that will send them.
     */
    default void rehearse(List<Message> messages) {}

    /**
     * Publishes a last message if connected, then disconnects and ends all attempts. Blocks for {@code limit} at most.
     * A second call does nothing.
     */
    void stop(Message farewell, Duration limit);
}
