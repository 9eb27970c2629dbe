package io.github.reedgate.architecture.planted.contact;

/** Starts a thread beside the loop. */
public final class Waiter {

    /** Should be a deadline. */
    public Thread waiting() {
        return new Thread(() -> {});
    }
}
