package io.github.reedgate.alarm;

import io.github.reedgate.text.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the panel must still know after a restart. Delays are stored as what is left of them. Immutable.
 *
 * @param state its state; the deadlines count from {@code atNanos}
 * @param sensors ids of the sensors it knew of
 * @param atNanos when that was so, on the monotonic clock of that start
 * @param at the same on the wall clock
 * @param clockSynced whether the wall clock could be trusted then
 */
public record PanelDocument(PanelState state, Set<String> sensors, long atNanos, Instant at, boolean clockSynced) {

    /** The ids of the sensors that the panel knows of. */
    public static Set<String> sensors(PanelSettings settings) {
        Set<String> ids = new LinkedHashSet<>();
        settings.sensors().forEach(sensor -> ids.add(sensor.id()));
        return ids;
    }

    /** Its fields, for JSON. */
    public Map<String, Object> fields() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("state", state.state().word());
        put(all, "mode", state.mode() == null ? null : state.mode().word());
        all.put("since", state.since().toString());
        put(all, "left_ns", left(state.deadlineNanos()));
        all.put("bypassed", state.bypassed());
        Watching former = state.former();
        if (former != null) {
            all.put("former", former(former));
        }
        all.put("open", sorted(state.open()));
        all.put("unknown", sorted(state.unknown()));
        all.put("sensors", sorted(sensors));
        Incident incident = state.incident();
        if (incident != null) {
            all.put("incident", incident(incident));
        }
        all.put("at", at.toString());
        all.put("clock_synced", clockSynced);
        return all;
    }

    private static Map<String, Object> former(Watching former) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("mode", former.mode().word());
        all.put("bypassed", former.bypassed());
        return all;
    }

    private Map<String, Object> incident(Incident incident) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", incident.id());
        all.put("sensors", incident.sensors());
        all.put("raised", incident.raised());
        all.put("acknowledged", incident.acknowledged());
        put(all, "repeat_ns", left(incident.repeatNanos()));
        return all;
    }

    private @Nullable Long left(@Nullable Long nanos) {
        return nanos == null ? null : Long.valueOf(nanos - atNanos);
    }

    private static List<String> sorted(Set<String> ids) {
        return ids.stream().sorted().toList();
    }

    private static void put(Map<String, Object> all, String name, @Nullable Object value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    /**
     * Reads one; its deadlines then count from 0.
     *
     * @param all what {@link #fields} gave; further fields are ignored
     * @throws IllegalArgumentException if a field is missing or out of range, or no panel can be in that state
     * @throws java.time.DateTimeException if a time is none
     */
    public static PanelDocument of(Map<String, @Nullable Object> all) {
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
            throw new IllegalArgumentException("no panel can be in that state");
        }
        boolean synced = Boolean.TRUE.equals(all.get("clock_synced"));
        Set<String> sensors = Set.copyOf(ids(all, "sensors"));
        return new PanelDocument(state, sensors, 0, Instant.parse(word(all, "at")), synced);
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

    /**
     * The panel as it goes on after a start: what was armed is armed, delays go on with what was left of them, and every
     * sensor is where it was last until it is found elsewhere. Sensors that are new are not known.
     *
     * @param settings the settings as they are now
     * @param nowNanos the time of the start, on its monotonic clock
     */
    public PanelState resumed(PanelSettings settings, long nowNanos) {
        Set<String> unknown = new LinkedHashSet<>();
        Set<String> open = new LinkedHashSet<>();
        for (PanelSensor sensor : settings.sensors()) {
            String id = sensor.id();
            if (!sensors.contains(id) || state.unknown().contains(id)) {
                unknown.add(id);
            }
            if (state.open().contains(id)) {
                open.add(id);
            }
        }
        Watching former = state.former();
        PanelState resumed = new PanelState(
                state.state(),
                state.mode(),
                state.since(),
                state.deadlineNanos(),
                known(settings, state.bypassed()),
                former == null ? null : new Watching(former.mode(), known(settings, former.bypassed())),
                state.incident(),
                open,
                unknown);
        return resumed.earlierBy(atNanos - nowNanos);
    }

    private static List<String> known(PanelSettings settings, List<String> ids) {
        return ids.stream().filter(id -> settings.sensor(id).isPresent()).toList();
    }

    /** How long ago that was, if both clocks can be trusted; 0 if the wall clock went back. */
    public Duration age(Instant now) {
        return now.isBefore(at) ? Duration.ZERO : Duration.between(at, now);
    }
}
