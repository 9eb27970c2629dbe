package io.github.reedgate.core;

import io.github.reedgate.contact.LeftOpen;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.time.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which contacts were told to be left open, kept over a restart as one line: {@code 1}, which is the version, and for each
 * {@code id/times/since}, with {@code -} for a time that the clock could not be trusted to tell. Empty text if there are none.
 * No state.
 */
final class LeftOpenMemory {

    private static final String VERSION = "1";
    private static final String UNKNOWN = "-";

    private LeftOpenMemory() {}

    /**
     * What is known of one contact.
     *
     * @param told how often it was told; at least 1
     * @param since when it opened, or null if that is not known
     */
    record Kept(int told, @Nullable Instant since) {}

    /** Reads what was kept, by the sensor's id; what is no such text, or from a later version, is nothing. */
    static Map<String, Kept> read(String text) {
        String[] words = text.split(" ", -1);
        Map<String, Kept> kept = new LinkedHashMap<>();
        try {
            for (int i = 1; i < words.length && words[0].equals(VERSION); i++) {
                String[] parts = words[i].split("/", -1);
                if (parts.length == 3 && parts[1].matches("[1-9][0-9]{0,8}")) {
                    Instant since = parts[2].equals(UNKNOWN) ? null : Instant.parse(parts[2]);
                    kept.put(parts[0], new Kept(Integer.parseInt(parts[1]), since));
                }
            }
        } catch (DateTimeException e) {
            return Map.of();
        }
        return kept;
    }

    /** How a sensor begins of which this was kept: open as it was, until it is found elsewhere. */
    static SensorState.@Nullable Open resumed(Sensor sensor, @Nullable Kept kept, Timestamp now) {
        LeftOpen policy = sensor.leftOpen();
        if (kept == null || policy == null) {
            return null;
        }
        long openNanos = length(policy, kept, now).toNanos();
        return new SensorState.Open(SensorState.Open.BEFORE, now.monotonicNanos() - openNanos, kept.told(), null);
    }

    /** For how long it has been open: at least until it was told last. */
    private static Duration length(LeftOpen policy, Kept kept, Timestamp now) {
        Duration repeat = policy.repeat();
        Duration least = repeat == null
                ? policy.after()
                : policy.after().plus(repeat.multipliedBy(Math.min(kept.told(), 10_000) - 1));
        Instant since = kept.since();
        Duration open = since == null || since.isAfter(now.wall()) ? least : Duration.between(since, now.wall());
        return open.compareTo(least) < 0 ? least : open;
    }

    /** Keeps what is known now, if it is not what was known before the step. */
    static void keep(StepContext step) {
        Reporter reporter = step.reporter();
        List<SensorState> before = step.before().sensors();
        List<SensorState> after = step.sensors();
        if (after == before) {
            return;
        }
        boolean changed = false;
        List<String> words = new ArrayList<>(List.of(VERSION));
        for (int i = 0; i < after.size(); i++) {
            SensorState.Open open = after.get(i).open();
            changed |= told(open) != told(before.get(i).open());
            if (open != null && open.told() > 0) {
                String since = step.clock().synced()
                        ? reporter.wallAt(open.sinceNanos()).toString()
                        : UNKNOWN;
                words.add(step.settings().sensors().get(i).id() + "/" + open.told() + "/" + since);
            }
        }
        if (changed) {
            reporter.note(Notes.LEFT_OPEN, words.size() == 1 ? "" : String.join(" ", words));
        }
    }

    private static int told(SensorState.@Nullable Open open) {
        return open == null ? 0 : open.told();
    }
}
