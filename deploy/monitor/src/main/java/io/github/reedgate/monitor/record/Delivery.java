package io.github.reedgate.monitor.record;

/** A message that the broker delivers again until it is acknowledged. */
public interface Delivery {

    /** The message. */
    RawMessage message();

    /**
     * Acknowledges the message, once. Returns at once; does nothing if the connection it came on has ended, because the broker
     * then delivers it again.
     */
    void acknowledge();
}
