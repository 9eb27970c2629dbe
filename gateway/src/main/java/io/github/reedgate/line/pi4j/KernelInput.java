package io.github.reedgate.line.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.gpiod.internal.GpioDException;
import com.pi4j.library.gpiod.internal.GpioLine;
import com.pi4j.library.gpiod.internal.GpioLineEvent;
import com.pi4j.library.gpiod.internal.LineEvent;
import com.pi4j.library.gpiod.internal.LineRequestFlag;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A GPIO line as a Pi4J input that tells edges as far apart as the kernel saw them ({@link HeldEdges}). The input that Pi4J 2.8 brings
 * drops the kernel's time. Then an opening and a closing that are heard together, after the process stood still for half a second,
 * are one bounce to the debouncer. The state may be asked for by any thread; edges are told on one thread of the Pi4J context.
 */
final class KernelInput extends DigitalInputBase {

    private static final Logger LOG = LoggerFactory.getLogger(KernelInput.class);

    /** How long the thread waits for an edge before it looks whether it has to end. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** More than the kernel has, and an end for a line that never rests. */
    private static final int MOST_AT_ONCE = 64;

    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final GpioDContext chip;
    private final LongSupplier nanoTime;
    private final GpioLine line;
    private final HeldEdges held = new HeldEdges();
    private volatile boolean ended;
    private @Nullable Future<?> thread;

    /** An input that requests its line as soon as its context is there. */
    KernelInput(DigitalInputProvider provider, DigitalInputConfig config, GpioDContext chip, LongSupplier nanoTime) {
        super(provider, config);
        this.chip = chip;
        this.nanoTime = nanoTime;
        this.line = chip.getOrOpenLine(config.address());
    }

    /**
     * Requests the line for both edges and begins to wait for them.
     *
     * @throws InitializeException if the kernel does not give the line, or there is no thread for it; the line is free then
     */
    @Override
    public DigitalInput initialize(Context context) throws InitializeException {
        super.initialize(context);
        try {
            line.requestBothEdgeEventsFlags(id(), bias().getVal());
        } catch (GpioDException e) {
            throw new InitializeException(
                    "the kernel does not give line " + line.getOffset() + ": " + e.getMessage(), e);
        }
        try {
            thread = context.submitTask(this::tellEdges);
        } catch (RuntimeException | Error e) {
            chip.closeLine(line);
            throw new InitializeException("no thread waits for the edges of line " + line.getOffset(), e);
        }
        return this;
    }

    private LineRequestFlag bias() {
        return switch (config().pull()) {
            case PULL_UP -> LineRequestFlag.BIAS_PULL_UP;
            case PULL_DOWN -> LineRequestFlag.BIAS_PULL_DOWN;
            case OFF -> LineRequestFlag.BIAS_DISABLE;
        };
    }

    /** Runs on a thread of its own. A line whose thread has ended is deaf, which the reading of its level finds out. */
    private void tellEdges() {
        GpioLineEvent event = null;
        try {
            event = chip.openLineEvent();
            while (!ended) {
                hear(event);
                for (DigitalState state = due(); state != null && !ended; state = due()) {
                    dispatch(new DigitalStateChangeEvent<>(this, state));
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the kernel tells no edges of line {} any more", line.getOffset(), e);
        } finally {
            held.clear();
            if (event != null) {
                chip.closeLineEvent(event);
            }
        }
    }

    /** Waits for edges, or until one is due, and takes what the kernel has before any of it is told. */
    private void hear(GpioLineEvent event) {
        long waitNanos = Math.min(held.waitNanos(nanoTime.getAsLong()).orElse(LOOK_NANOS), LOOK_NANOS);
        for (int i = 0; i < MOST_AT_ONCE && line.eventWait(waitNanos); i++) {
            line.eventRead(event);
            boolean isRising = event.getType() == LineEvent.RISING_EDGE;
            held.add(isRising ? DigitalState.HIGH : DigitalState.LOW, event.getTimeNs(), nanoTime.getAsLong());
            waitNanos = 0;
        }
    }

    private @Nullable DigitalState due() {
        return held.take(nanoTime.getAsLong());
    }

    /** The level: that of the last edge told while others are still held, so that no reading is ahead of them. */
    @Override
    public DigitalState state() {
        DigitalState told = held.shown();
        return told == null ? DigitalState.getState(line.getValue()) : told;
    }

    /** Lets the thread end soon, without waiting for it. Any thread. */
    void end() {
        ended = true;
    }

    /**
     * Ends the thread, then releases the line, which must not go while the thread waits on it; nothing if that is done already.
     * Blocks for 10 ms, or up to 5 s for a listener that does not come back: then the line is kept, see {@link #isReleased}. An
     * interrupt does not cut it short, and is there again afterwards.
     */
    @Override
    public DigitalInput shutdown(Context context) throws ShutdownException {
        super.shutdown(context);
        end();
        Future<?> running = thread;
        if (running != null && hasEnded(running)) {
            thread = null;
            chip.closeLine(line);
        }
        return this;
    }

    /** False while the thread may still use the chip, which must not be closed then. */
    boolean isReleased() {
        return thread == null;
    }

    private boolean hasEnded(Future<?> running) {
        long endNanos = System.nanoTime() + END_NANOS;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    running.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return true;
                } catch (TimeoutException e) {
                    LOG.warn("line {} is not released: its thread has not ended", line.getOffset());
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
