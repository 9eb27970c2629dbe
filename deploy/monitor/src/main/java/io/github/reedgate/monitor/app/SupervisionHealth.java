package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.supervision.SupervisionState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the supervision is. Immutable.
 *
 * @param trouble why gateways are not supervised as they should be; empty if they are, or no connection stands
 * @param isLive whether what gateways publish is heard at once
 * @param figures what it has done, by name
 */
record SupervisionHealth(Optional<String> trouble, boolean isLive, Map<String, Long> figures) {

    /** What the thread sees at the end of a round. */
    static SupervisionHealth of(SupervisionState state, Optional<String> notStored, long faults, long refused) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("supervised", (long) state.gateways());
        figures.put("unsupervised", (long) state.unsupervised());
        figures.put("open_alarms", (long) state.ringing().size());
        figures.put("waiting_alarm_lines", (long) state.outbox().size());
        figures.put("refused_lines", refused);
        figures.put("supervision_faults", faults);
        Optional<String> trouble = notStored.map(why -> "its state can't be stored: " + why);
        if (state.isUnproved()) {
            trouble = Optional.of("the broker does not send the monitor's own probe back, so no gateway is judged");
        }
        return new SupervisionHealth(trouble, state.isLive(), figures);
    }

    /** The same with what others than the thread see. */
    SupervisionHealth with(RoundCounter rounds, SupervisionInputs inputs) {
        Map<String, Long> all = new LinkedHashMap<>(figures);
        all.put("waiting_messages", (long) inputs.waiting());
        all.put("refused_messages", inputs.refused());
        all.put("supervision_full", inputs.timesFull());
        return new SupervisionHealth(rounds.trouble().or(() -> trouble), isLive, all);
    }

    /** True while gateways are heard and judged, and alarms would survive a restart. */
    boolean isWell() {
        return isLive && trouble.isEmpty();
    }

    /** For the command {@code status}; the map is the caller's. */
    Map<String, @Nullable Object> status() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("supervising", trouble.isEmpty());
        all.put("supervision_trouble", trouble.orElse(null));
        all.put("supervision", figures);
        return all;
    }
}
