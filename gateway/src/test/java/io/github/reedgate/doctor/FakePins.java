package io.github.reedgate.doctor;

import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineEvent;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.Pull;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Header pins as wires and resistors make them; begins with a closed switch to ground on all. Used by one thread at a time. */
final class FakePins implements LineSource {

    private final Map<Integer, Pull> pulls = new HashMap<>();
    private Wire wire = pull -> Level.LOW;
    private final Set<Integer> everOpened = new HashSet<>();
    private String busy = "";

    /** What a line reads under a pull. */
    @FunctionalInterface
    interface Wire {
        Level level(Pull pull);
    }

    /** Wires all lines. */
    void wire(Wire wires) {
        wire = wires;
    }

    /** No line can be opened. */
    void busy(String reason) {
        busy = reason;
    }

    /** Offsets of all lines that were ever asked for. */
    Set<Integer> everOpened() {
        return Set.copyOf(everOpened);
    }

    @Override
    public void open(LineSettings settings, Consumer<LineEvent> edges) throws LineException {
        everOpened.add(settings.offset());
        if (!busy.isEmpty()) {
            throw new LineException(busy);
        }
        if (pulls.put(settings.offset(), settings.pull()) != null) {
            throw new LineException("line " + settings.offset() + " is open already");
        }
    }

    @Override
    public Level read(int offset) throws LineException {
        Pull pull = pulls.get(offset);
        if (pull == null) {
            throw new LineException("line " + offset + " is not open");
        }
        return wire.level(pull);
    }

    @Override
    public void close() {
        pulls.clear();
    }
}
