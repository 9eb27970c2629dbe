package io.github.reedgate.line.pi4j;

import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import java.util.concurrent.TimeUnit;

/** An edge with the time at which the kernel saw it. Immutable. */
final class KernelEdge extends DigitalStateChangeEvent<KernelInput> {

    /** An edge older than this, in nanoseconds, was stamped by another clock: Linux took the wall clock until 5.7. */
    static final long OLDEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final long kernelNanos;

    /**
     * An edge.
     *
     * @param source where it was seen
     * @param state the level after it
     * @param kernelNanos the kernel's time: {@code CLOCK_MONOTONIC}, which on Linux {@link System#nanoTime()} reads, too
     */
    KernelEdge(KernelInput source, DigitalState state, long kernelNanos) {
        super(source, state);
        this.kernelNanos = kernelNanos;
    }

    /** When it happened, as {@link System#nanoTime()}; now if the kernel's time can't be of that clock. */
    long atNanos(long nowNanos) {
        long age = nowNanos - kernelNanos;
        return age >= 0 && age <= OLDEST_NANOS ? kernelNanos : nowNanos;
    }
}
