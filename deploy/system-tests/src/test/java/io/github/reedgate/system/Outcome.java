package io.github.reedgate.system;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a fault was survived: one row of the table in {@code docs/reliability.md}. Immutable.
 *
 * @param key name of its file, which also says its place in the table
 * @param fault what was done, for people
 * @param rounds how often
 * @param broker which broker took part
 * @param counts what was counted
 * @param recovery from the end of the fault until everything had arrived
 */
record Outcome(String key, String fault, int rounds, String broker, Counts counts, Duration recovery) {

    /** Where all rows are. */
    static final Path FOLDER = Path.of("target/reliability");

    /**
     * What the witness and the line say.
     *
     * @param moves moves of doors
     * @param sent events that had to arrive
     * @param received different events that came
     * @param lost events and alarms that had to arrive and did not
     * @param duplicated events and alarms that came again
     * @param lateEvents events that came after one with a higher number
     * @param lateAlarms the same for alarms
     */
    record Counts(long moves, long sent, long received, long lost, long duplicated, long lateEvents, long lateAlarms) {}

    /** Writes it down for the table. */
    void write() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fault", fault);
        json.put("rounds", rounds);
        json.put("broker", broker);
        json.put("moves", counts.moves());
        json.put("sent", counts.sent());
        json.put("received", counts.received());
        json.put("lost", counts.lost());
        json.put("duplicated", counts.duplicated());
        json.put("out_of_order", counts.lateEvents());
        json.put("late_alarms", counts.lateAlarms());
        json.put("recovery_ms", recovery.toMillis());
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(key + ".json"), JSON.std.asString(json) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
