package io.github.reedgate.line.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.PullResistance;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineEvent;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.LineSink;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.Pull;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GPIO lines through Pi4J. Its debounce is set to 0, for ours is the only one, and edges are stamped on arrival because its
 * events carry no time. Owned by one thread; Pi4J calls back on one thread for each line.
 */
public final class Pi4jLineSource implements LineSource {

    private static final Logger LOG = LoggerFactory.getLogger(Pi4jLineSource.class);

    private final Context context;
    private final LongSupplier nanoTime;
    private final IntFunction<Optional<String>> consumers;
    private final Map<Integer, DigitalInput> inputs = new HashMap<>();
    private final Pi4jLineSink sink;

    /**
     * Lines of a context, which {@link #close} shuts down.
     *
     * @param context a context with a provider of digital inputs
     * @param nanoTime the monotonic clock; called on Pi4J's threads
     */
    public Pi4jLineSource(Context context, LongSupplier nanoTime) {
        this(context, nanoTime, offset -> Optional.empty());
    }

    /** The same with a way to find out who holds a line by its offset; it may throw what Pi4J throws. */
    Pi4jLineSource(Context context, LongSupplier nanoTime, IntFunction<Optional<String>> consumers) {
        this.context = context;
        this.nanoTime = nanoTime;
        this.consumers = consumers;
        this.sink = new Pi4jLineSink(context, offset -> holder(consumers, offset));
    }

    @Override
    public void open(LineSettings settings, Consumer<LineEvent> edges) throws LineException {
        int offset = settings.offset();
        try {
            DigitalInput input = create(settings);
            input.addListener(event -> deliver(offset, event, edges));
            inputs.put(offset, input);
        } catch (RuntimeException | LinkageError e) {
            throw new LineException("line " + offset + " can't be opened: " + whyNotOpened(offset, e), e);
        }
    }

    private DigitalInput create(LineSettings settings) {
        int offset = settings.offset();
        return context.create(DigitalInput.newConfigBuilder(context)
                .id("reedgate-line-" + offset)
                .name("reedgate line " + offset)
                .address(offset)
                .pull(pull(settings.pull()))
                .debounce(0L)
                .build());
    }

    private String whyNotOpened(int offset, Throwable failure) {
        return holder(consumers, offset)
                .map(name -> "it is in use by " + name + "; 'gpioinfo' (package gpiod) shows all lines in use; stop"
                        + " that program, remove its dtoverlay from config.txt, or connect the switch to another line")
                .orElseGet(() -> failure.getMessage()
                        + "; check that nothing else uses it (gpioinfo) and that this user may (group gpio)");
    }

    private static Optional<String> holder(IntFunction<Optional<String>> consumers, int offset) {
        try {
            return consumers.apply(offset);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("who holds line {} can't be told: {}", offset, e.toString());
            return Optional.empty();
        }
    }

    /** Runs on a thread of Pi4J: a throw, above all an Error, would end the line's monitor without a word. */
    private void deliver(int offset, DigitalStateChangeEvent<?> event, Consumer<LineEvent> edges) {
        try {
            long atNanos = nanoTime.getAsLong();
            DigitalState state = event.state();
            if (state == DigitalState.HIGH || state == DigitalState.LOW) {
                edges.accept(new LineEvent(offset, level(state), atNanos));
            }
        } catch (RuntimeException | Error e) {
            LOG.error("edge on line {} was not taken", offset, e);
        }
    }

    @Override
    public Level read(int offset) throws LineException {
        DigitalInput input = inputs.get(offset);
        if (input == null) {
            throw new LineException("line " + offset + " is not open");
        }
        try {
            DigitalState state = input.state();
            if (state != DigitalState.HIGH && state != DigitalState.LOW) {
                throw new LineException("line " + offset + " reads " + state + " instead of high or low");
            }
            return level(state);
        } catch (RuntimeException | LinkageError e) {
            throw new LineException("line " + offset + " can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public LineSink sink() {
        return sink;
    }

    /**
     * Closes the sink first: Pi4J does not restore an output's level if the end of an input fails before. Then it ends the inputs,
     * because Pi4J may close the chip while their threads still use it. If a thread does not end, the chip stays open until the process
     * ends.
     */
    @Override
    public void close() {
        sink.close();
        inputs.values().forEach(input -> {
            if (input instanceof KernelInput kernel) {
                kernel.end();
            }
        });
        inputs.values().removeIf(this::isReleased);
        if (!inputs.isEmpty()) {
            LOG.warn("the GPIO chip is not closed: lines {} are still in use", inputs.keySet());
            return;
        }
        try {
            context.shutdown();
        } catch (RuntimeException e) {
            LOG.warn("GPIO lines were not released in order: {}", e.getMessage());
        }
    }

    /** Pi4J releases the inputs of other providers with the context. */
    private boolean isReleased(DigitalInput input) {
        if (!(input instanceof KernelInput kernel)) {
            return true;
        }
        try {
            kernel.shutdown(context);
        } catch (RuntimeException e) {
            LOG.warn("a GPIO line was not released in order: {}", e.getMessage());
        }
        return kernel.isReleased();
    }

    private static Level level(DigitalState state) {
        return state == DigitalState.HIGH ? Level.HIGH : Level.LOW;
    }

    private static PullResistance pull(Pull pull) {
        return switch (pull) {
            case UP -> PullResistance.PULL_UP;
            case DOWN -> PullResistance.PULL_DOWN;
            case NONE -> PullResistance.OFF;
        };
    }
}
