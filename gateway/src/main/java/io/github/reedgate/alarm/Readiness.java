package io.github.reedgate.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether the panel can be armed in a mode. Immutable.
 *
 * @param stubborn sensors, in their order, that count, are not closed, and may not be left out by themselves
 * @param yielding the same, but may; what is watched now never may, or less would be watched than before
 * @param bypassed ids of those left out because somebody asked, in the order of the configuration
 */
record Readiness(List<PanelSensor> stubborn, List<PanelSensor> yielding, List<String> bypassed) {

    static Readiness of(PanelSettings settings, PanelState state, AlarmMode mode, Set<String> bypass) {
        Watching now = state.watching();
        List<PanelSensor> stubborn = new ArrayList<>();
        List<PanelSensor> yielding = new ArrayList<>();
        List<String> bypassed = new ArrayList<>();
        for (PanelSensor sensor : settings.sensors()) {
            if (bypass.contains(sensor.id())) {
                bypassed.add(sensor.id());
            } else if (sensor.countsIn(mode) && !isClosed(state, sensor.id())) {
                boolean isHeld = now != null && now.watches(sensor);
                boolean yields = sensor.bypass() == PanelSensor.Bypass.AUTOMATIC && !isHeld;
                (yields ? yielding : stubborn).add(sensor);
            }
        }
        return new Readiness(stubborn, yielding, bypassed);
    }

    private static boolean isClosed(PanelState state, String id) {
        return !state.open().contains(id) && !state.unknown().contains(id);
    }

    /** The ids of those that stand in the way; while people leave, an exit route may be open. */
    List<String> inTheWay(boolean leaving) {
        return stubborn.stream()
                .filter(sensor -> !(leaving && sensor.reaction().isExitRoute()))
                .map(PanelSensor::id)
                .toList();
    }

    boolean isReady(boolean leaving) {
        return inTheWay(leaving).isEmpty();
    }

    /** The ids of those left out, because somebody asked or by themselves. */
    List<String> leftOut(boolean leaving) {
        List<String> out = new ArrayList<>(bypassed);
        yielding.stream()
                .filter(sensor -> !(leaving && sensor.reaction().isExitRoute()))
                .forEach(sensor -> out.add(sensor.id()));
        return out;
    }
}
