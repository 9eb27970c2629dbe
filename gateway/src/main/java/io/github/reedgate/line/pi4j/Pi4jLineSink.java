package io.github.reedgate.line.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSink;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Output lines through Pi4J. The level at rest is part of the request, for without one Pi4J requests a line low, whatever that
 * switches; its blinking blocks the caller or makes threads, and is not used. Owned by one thread.
 */
final class Pi4jLineSink implements LineSink {

    private static final Logger LOG = LoggerFactory.getLogger(Pi4jLineSink.class);

    private final Context context;
    private final IntFunction<Optional<String>> consumers;
    private final Map<Integer, DigitalOutput> outputs = new HashMap<>();
    private final Map<Integer, Level> rests = new HashMap<>();

    /**
     * Lines of a context.
     *
     * @param context a context, perhaps with a provider of digital outputs
     * @param consumers tells who holds a line by its offset, if anybody does
     */
    Pi4jLineSink(Context context, IntFunction<Optional<String>> consumers) {
        this.context = context;
        this.consumers = consumers;
    }

    @Override
    public void open(int offset, Level rest) throws LineException {
        try {
            outputs.put(
                    offset,
                    context.create(DigitalOutput.newConfigBuilder(context)
                            .id("reedgate-output-" + offset)
                            .name("reedgate output " + offset)
                            .address(offset)
                            .initial(state(rest))
                            .shutdown(state(rest))
                            .build()));
            rests.put(offset, rest);
        } catch (RuntimeException | LinkageError e) {
            throw new LineException("line " + offset + " can't be opened: " + whyNotOpened(offset, e), e);
        }
    }

    private String whyNotOpened(int offset, Throwable failure) {
        return consumers
                .apply(offset)
                .map(name -> "it is in use by " + name
                        + "; 'gpioinfo' (package gpiod) shows all lines in use; stop that"
                        + " program, remove its dtoverlay from config.txt, or connect the output to another line")
                .orElseGet(() -> failure.getMessage()
                        + "; check that nothing else uses it (gpioinfo) and that this user may (group gpio)");
    }

    @Override
    public void write(int offset, Level level) throws LineException {
        DigitalOutput output = outputs.get(offset);
        if (output == null) {
            throw new LineException("line " + offset + " is not open");
        }
        try {
            output.state(state(level));
        } catch (RuntimeException | LinkageError e) {
            throw new LineException("line " + offset + " can't be switched: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        rests.forEach((offset, rest) -> {
            try {
                write(offset, rest);
            } catch (LineException e) {
                LOG.warn("{}; it may be left on", e.getMessage());
            }
        });
        rests.clear();
        outputs.clear();
    }

    private static DigitalState state(Level level) {
        return level == Level.HIGH ? DigitalState.HIGH : DigitalState.LOW;
    }
}
