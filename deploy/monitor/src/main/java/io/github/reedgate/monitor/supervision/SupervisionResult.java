package io.github.reedgate.monitor.supervision;

import java.util.List;
import java.util.Map;

/**
 * What one step of the supervision returns. Immutable.
 *
 * @param state the state from now on
 * @param save whether the state has to be stored before anything of this result is published
 * @param saveSoon whether it has to be stored within a second
 * @param events new events; the alarms among them are also in the state's outbox; may be empty
 * @param conditions words for state topics that changed, by gateway; may be empty
 * @param probe whether a probe has to be sent to the broker now
 */
public record SupervisionResult(
        SupervisionState state,
        boolean save,
        boolean saveSoon,
        List<MonitorEvent> events,
        Map<String, GatewayCondition> conditions,
        boolean probe) {}
