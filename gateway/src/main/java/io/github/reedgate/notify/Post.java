package io.github.reedgate.notify;

/** The port to the servers. */
public interface Post {

    /**
     * Sends a notice; returns at once. The answer comes later, on any thread, exactly once, within the target's time-out and a
     * little more. There is never more than one on its way for a target.
     */
    void send(Dispatch dispatch);

    /** Looks what a target's button has sent; otherwise the same. */
    void ask(Inquiry inquiry);
}
