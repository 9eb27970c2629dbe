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
 * A Pi4J input that delivers the edges of a GPIO line as far apart as the kernel stamped them; {@link EdgeReplay} says why. It
 * replaces Pi4J's own input, which drops the kernel's time. One thread of the Pi4J context delivers the edges. Any thread may call
 * {@link #state()}; the owner of the context calls everything else. The level at the time of the request is not delivered.
 */
final class KernelInput extends DigitalInputBase {

    private static final Logger LOG = LoggerFactory.getLogger(KernelInput.class);

    /** The thread waits this long for an edge before it checks whether it has to end. */
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Edges that are read before any is delivered: more than the kernel stores, and bounded for a line that never rests. */
    private static final int BATCH = 64;

    private final GpioDContext chip;
    private final LongSupplier nanoTime;
    private final long patienceNanos;
    private final GpioLine line;
    private final EdgeReplay replay = new EdgeReplay();
    private volatile boolean ended;
    private @Nullable Future<?> thread;

    /**
     * Creates an input; {@link #initialize} requests the line.
     *
     * @param provider the provider that creates it
     * @param config the line, its bias and its id
     * @param chip the open chip
     * @param nanoTime the monotonic clock; called on the thread
     * @param patienceNanos how long {@link #shutdown} waits for the thread
     */
    KernelInput(
            DigitalInputProvider provider,
            DigitalInputConfig config,
            GpioDContext chip,
            LongSupplier nanoTime,
            long patienceNanos) {
        super(provider, config);
        this.patienceNanos = patienceNanos;
        this.chip = chip;
        this.nanoTime = nanoTime;
        this.line = chip.getOrOpenLine(config.address());
    }

    /**
     * Requests the line for both edges and starts the thread.
     *
     * @throws InitializeException if the kernel refuses the line or no thread can be started; the line is released then
     */
    @Override
    public DigitalInput initialize(Context context) throws InitializeException {
        super.initialize(context);
        try {
            line.requestBothEdgeEventsFlags(id(), bias().getVal());
        } catch (GpioDException e) {
            throw new InitializeException("the kernel refuses line " + line.getOffset() + ": " + e.getMessage(), e);
        }
        try {
            thread = context.submitTask(this::deliverEdges);
        } catch (RuntimeException | Error e) { // the JVM throws an Error if the system has no more threads
            chip.closeLine(line);
            throw new InitializeException("no thread can be started for line " + line.getOffset(), e);
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

    /**
     * Delivers edges until the input ends. If anything is thrown, also by the native library, the thread logs it and ends.
     * The line is deaf then, which the regular readings of its level detect.
     */
    private void deliverEdges() {
        GpioLineEvent event = null;
        try {
            event = chip.openLineEvent();
            while (!ended) {
                readEdges(event);
                for (DigitalState state = due(); state != null && !ended; state = due()) {
                    dispatch(new DigitalStateChangeEvent<>(this, state));
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("edges of line {} are not read any more; only its level is", line.getOffset(), e);
        } finally {
            replay.clear();
            if (event != null) {
                chip.closeLineEvent(event);
            }
        }
    }

    /** Waits until the kernel has an edge or one is due for delivery, then reads all edges that the kernel has. */
    private void readEdges(GpioLineEvent event) {
        long waitNanos = Math.min(replay.untilDueNanos(nanoTime.getAsLong()).orElse(WAIT_NANOS), WAIT_NANOS);
        for (int i = 0; i < BATCH && line.eventWait(waitNanos); i++) {
            line.eventRead(event);
            boolean isRising = event.getType() == LineEvent.RISING_EDGE;
            replay.add(isRising ? DigitalState.HIGH : DigitalState.LOW, event.getTimeNs(), nanoTime.getAsLong());
            waitNanos = 0;
        }
    }

    private @Nullable DigitalState due() {
        return replay.poll(nanoTime.getAsLong());
    }

    /** Returns the line's level; while edges wait for delivery, the level after the last delivered one. Takes microseconds. */
    @Override
    public DigitalState state() {
        DigitalState replayed = replay.level();
        return replayed == null ? DigitalState.getState(line.getValue()) : replayed;
    }

    /** Asks the thread to end, and does not wait for it. Any thread. */
    void end() {
        ended = true;
    }

    /**
     * Ends the thread, then releases the line. Does nothing if that is done already. Blocks for about 10 ms. If a listener does not
     * return in time, the line is not released, see {@link #isReleased}. An interrupt does not end the wait; the flag is set again
     * afterwards.
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

    /** Returns false while the thread may still use the chip: whoever closes the chip then frees memory that is in use. */
    boolean isReleased() {
        return thread == null;
    }

    private boolean hasEnded(Future<?> running) {
        long endNanos = System.nanoTime() + patienceNanos;
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
