package io.github.reedgate.alarm;

import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How versions before the snapshot read {@code panel.json}: one that is installed again must find its panel there. Immutable.
 *
 * @param state what it remembers; its deadlines count from {@code atNanos}
 * @param sensors ids of the sensors it knew of
 * @param atNanos when it was kept, on the monotonic clock of that start
 * @param at the same on the wall clock
 * @param clockSynced whether the wall clock could be trusted then
 */
public record FormerPanelDocument(
        PanelState state, Set<String> sensors, long atNanos, Instant at, boolean clockSynced) {

    private static final long VERSION = 1;

    /**
     * Reads one.
     *
     * @param text the copy without its check
     * @return empty if it is no such document, or from a later version
     */
    public static Optional<FormerPanelDocument> read(String text) {
        try {
            Map<String, @Nullable Object> all = JsonObject.read(text);
            if (!Long.valueOf(VERSION).equals(number(all, "version"))) {
                return Optional.empty();
            }
            PanelState state = new PanelState(
                    AlarmState.valueOf(upper(word(all, "state"))),
                    all.containsKey("mode") ? AlarmMode.valueOf(upper(word(all, "mode"))) : null,
                    Instant.parse(word(all, "since")),
                    number(all, "left_ns"),
                    ids(all, "bypassed"),
                    all.get("former") instanceof Map<?, ?> former ? formerOf(former) : null,
                    all.get("incident") instanceof Map<?, ?> incident ? incidentOf(incident) : null,
                    Set.copyOf(ids(all, "open")),
                    Set.copyOf(ids(all, "unknown")));
            if (!isWhole(state)) {
                return Optional.empty();
            }
            boolean synced = Boolean.TRUE.equals(all.get("clock_synced"));
            Set<String> sensors = Set.copyOf(ids(all, "sensors"));
            return Optional.of(new FormerPanelDocument(state, sensors, 0, Instant.parse(word(all, "at")), synced));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a panel can be in that state: what is armed is armed for something, and a delay that runs has an end. */
    private static boolean isWhole(PanelState state) {
        return switch (state.state()) {
            case ARMED_HOME -> state.mode() == AlarmMode.HOME;
            case ARMED_AWAY -> state.mode() == AlarmMode.AWAY;
            case ARMED_NIGHT -> state.mode() == AlarmMode.NIGHT;
            case ARMING, PENDING -> state.mode() != null && state.deadlineNanos() != null;
            case DISARMED, TRIGGERED -> true;
        };
    }

    private static Watching formerOf(Map<?, ?> all) {
        return new Watching(AlarmMode.valueOf(upper(word(all, "mode"))), ids(all, "bypassed"));
    }

    private static Incident incidentOf(Map<?, ?> all) {
        return new Incident(
                word(all, "id"),
                ids(all, "sensors"),
                Boolean.TRUE.equals(all.get("raised")),
                Boolean.TRUE.equals(all.get("acknowledged")),
                number(all, "repeat_ns"));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static String word(Map<?, ?> all, String name) {
        if (all.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is missing");
    }

    private static @Nullable Long number(Map<?, ?> all, String name) {
        return all.get(name) == null ? null : Long.valueOf(JsonObject.number(all, name));
    }

    private static List<String> ids(Map<?, ?> all, String name) {
        List<String> ids = new ArrayList<>();
        if (all.get(name) instanceof List<?> list) {
            list.forEach(one -> ids.add(String.valueOf(one)));
            return ids;
        }
        throw new IllegalArgumentException(name + " is missing");
    }
}
