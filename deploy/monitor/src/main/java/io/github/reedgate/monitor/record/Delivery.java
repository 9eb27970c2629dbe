package io.github.reedgate.monitor.record;

/** A message that the broker delivers again until it is acknowledged. */
public interface Delivery {

    /** The message. */
    RawMessage message();

    /** The message's topic. */
    default String topic() {
        return message().topic();
    }

    /** The length of the message's payload in bytes. */
    default int length() {
        return message().payload().length;
    }

    /** True if the broker had retained the message, so that it tells what was and not what happens. */
    default boolean isRetained() {
        return false;
    }

    /** The message's correlation data, a character a byte; empty if it has none, or more than 64 bytes. */
    default String correlation() {
        return "";
    }

    /**
     * Acknowledges the message, once. Returns at once; does nothing if the connection it came on has ended, because the broker
     * then delivers it again.
     */
    void acknowledge();

    /** Forgets the message without an acknowledgement, after a failure of this program. The broker delivers it again later. */
    default void drop() {}
}
