package io.github.reedgate.line.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A GPIO line as a Pi4J input whose edges carry the kernel's time ({@link KernelEdge}). The input that Pi4J 2.8 brings drops that
 * time. Then a process that stood still for half a second stamps an opening and a closing with the same time, and the debouncer
 * takes both for one bounce. The state may be asked for by any thread; edges are told on one thread of the Pi4J context.
 */
final class KernelInput extends DigitalInputBase {

    private static final Logger LOG = LoggerFactory.getLogger(KernelInput.class);

    /** How long the thread waits for an edge before it looks whether it has to end. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long END_SECONDS = 5;

    private final GpioDContext chip;
    private final GpioLine line;
    private volatile boolean ended;
    private @Nullable Future<?> monitor;

    /** An input that requests its line as soon as its context is there. */
    KernelInput(DigitalInputProvider provider, DigitalInputConfig config, GpioDContext chip) {
        super(provider, config);
        this.chip = chip;
        this.line = chip.getOrOpenLine(config.address());
    }

    /**
     * Requests the line for both edges and begins to wait for them.
     *
     * @throws InitializeException if the kernel does not give the line; the message says why in the kernel's words
     */
    @Override
    public DigitalInput initialize(Context context) throws InitializeException {
        try {
            line.requestBothEdgeEventsFlags(id(), bias().getVal());
        } catch (GpioDException e) {
            throw new InitializeException(
                    "the kernel does not give line " + line.getOffset() + ": " + e.getMessage(), e);
        }
        super.initialize(context);
        monitor = context.submitTask(this::waitForEdges);
        return this;
    }

    private LineRequestFlag bias() {
        return switch (config().pull()) {
            case PULL_UP -> LineRequestFlag.BIAS_PULL_UP;
            case PULL_DOWN -> LineRequestFlag.BIAS_PULL_DOWN;
            case OFF -> LineRequestFlag.BIAS_DISABLE;
        };
    }

    /** Without its thread a line is deaf, which the reading of its level finds out. */
    private void waitForEdges() {
        GpioLineEvent event = chip.openLineEvent();
        try {
            while (!ended) {
                if (line.eventWait(LOOK_NANOS)) {
                    line.eventRead(event);
                    boolean isRising = event.getType() == LineEvent.RISING_EDGE;
                    dispatch(new KernelEdge(this, isRising ? DigitalState.HIGH : DigitalState.LOW, event.getTimeNs()));
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the kernel tells no edges of line {} any more", line.getOffset(), e);
        } finally {
            chip.closeLineEvent(event);
        }
    }

    @Override
    public DigitalState state() {
        return DigitalState.getState(line.getValue());
    }

    /**
     * Ends the thread, then releases the line, which must not go while the thread waits on it; nothing if that is done already.
     * Blocks for 10 ms, or up to 5 s for a listener that does not come back: then the line is kept.
     */
    @Override
    public DigitalInput shutdown(Context context) throws ShutdownException {
        super.shutdown(context);
        ended = true;
        Future<?> running = monitor;
        if (running == null) {
            return this;
        }
        monitor = null;
        try {
            running.get(END_SECONDS, TimeUnit.SECONDS);
            chip.closeLine(line);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("line {} is kept, for its thread did not end in order: {}", line.getOffset(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return this;
    }
}
