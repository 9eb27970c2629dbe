package io.github.reedgate.contact;

import java.time.Duration;

/**
 * The times of a {@link Debouncer}. EN 50131-1 asks that a change of 400 ms or longer be processed (clause 8.9.1), so none
 * of them exceeds {@link #CAP}.
 *
 * @param open quiet time after which an opening is true; 1 ms to 350 ms
 * @param close quiet time after which a closing is true; 1 ms to 350 ms
 * @param maxWait time from the first edge after which a contact that never rests is decided upon; not shorter than the
 *     other two, at most 350 ms
 */
public record Debounce(Duration open, Duration close, Duration maxWait) {

    /** The longest of any of the times. */
    public static final Duration CAP = Duration.ofMillis(350);

    /** 30 ms to open, 100 ms to close, decided after 350 ms at the latest. */
    public static final Debounce DEFAULT = new Debounce(Duration.ofMillis(30), Duration.ofMillis(100), CAP);

    /** Checks the ranges. */
    public Debounce {
        check("open", open);
        check("close", close);
        check("max_wait", maxWait);
        if (maxWait.compareTo(open) < 0 || maxWait.compareTo(close) < 0) {
            throw new IllegalArgumentException("max_wait " + maxWait + " is shorter than open or close");
        }
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(CAP) > 0) {
            throw new IllegalArgumentException(name + " is " + value + "; 1 ms to 350 ms is allowed");
        }
    }
}
