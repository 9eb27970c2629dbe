package io.github.reedgate.app;

import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.core.Input;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.LineSource;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of all sensors; one that can't be opened is tried again when it is read. Owned by the loop thread. */
final class Lines {

    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);
    private static final Duration REOPEN = Duration.ofSeconds(5);

    private final LineSource source;
    private final List<Sensor> sensors;
    private final InputQueue queue;
    private final boolean[] open;
    private final OptionalLong[] triedNanos;
    private final String[] failure;
    private final String[] defects;

    Lines(LineSource source, List<Sensor> sensors, InputQueue queue) {
        this.source = source;
        this.sensors = sensors;
        this.queue = queue;
        this.open = new boolean[2 * sensors.size()];
        this.triedNanos = new OptionalLong[2 * sensors.size()];
        this.failure = new String[2 * sensors.size()];
        this.defects = new String[2 * sensors.size()];
        java.util.Arrays.fill(triedNanos, OptionalLong.empty());
        java.util.Arrays.fill(failure, "not opened yet");
        java.util.Arrays.fill(defects, "");
    }

    /** The second lines of sensors are numbered behind their own. */
    private LineSettings settings(int line) throws LineException {
        if (line < sensors.size()) {
            return sensors.get(line).line();
        }
        TamperLoop loop = sensors.get(line - sensors.size()).loop();
        if (loop == null) {
            throw new LineException(
                    "sensor " + sensors.get(line - sensors.size()).id() + " has no second line");
        }
        return loop.line();
    }

    /** Reads a sensor's level and gives it, or the reason why it can't, as an event for the core. */
    Input read(int sensor, long nowNanos) {
        try {
            if (!open[sensor]) {
                openIfDue(sensor, nowNanos);
            }
            return new Input.LevelRead(sensor, source.read(settings(sensor).offset()));
        } catch (LineException e) {
            return new Input.LineFailed(sensor, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            return defect(sensor, e);
        }
    }

    /** A source that throws what it should not is a line that can't be read: the others are read all the same. */
    private Input defect(int sensor, Throwable thrown) {
        String reason = "a defect of the program: " + thrown;
        if (!reason.equals(defects[sensor])) {
            defects[sensor] = reason;
            LOG.error(
                    "reading the line of {} failed",
                    sensors.get(sensor % sensors.size()).id(),
                    thrown);
        }
        return new Input.LineFailed(sensor, reason);
    }

    private void openIfDue(int sensor, long nowNanos) throws LineException {
        OptionalLong tried = triedNanos[sensor];
        if (tried.isPresent() && nowNanos - tried.getAsLong() < REOPEN.toNanos()) {
            throw new LineException(failure[sensor]);
        }
        triedNanos[sensor] = OptionalLong.of(nowNanos);
        try {
            source.open(
                    settings(sensor), edge -> queue.offerEdge(new Input.Edge(sensor, edge.level(), edge.atNanos())));
            open[sensor] = true;
        } catch (LineException e) {
            failure[sensor] = String.valueOf(e.getMessage());
            throw e;
        }
    }

    void close() {
        source.close();
    }
}
