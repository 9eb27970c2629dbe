package io.github.reedgate.delivery;

/** Told what became of messages; on the loop thread. */
@FunctionalInterface
public interface Receipts {

    /** A message that had this request id was acknowledged. */
    void delivered(long requestId);

    /** The broker has acknowledged that a retained topic is empty; that is not published again. */
    default void emptied(String topic) {}
}
