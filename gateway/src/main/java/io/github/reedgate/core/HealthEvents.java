package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelInput;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.Trouble;
import io.github.reedgate.contact.TroublePolicy.Rank;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records that a sensor can't be trusted, with the priority that its owner chose, and that it can again. Lives for one step. */
final class HealthEvents {

    private final Sensor sensor;
    private final StepContext step;
    private final Reporter reporter;

    HealthEvents(Sensor sensor, StepContext step) {
        this.sensor = sensor;
        this.step = step;
        this.reporter = step.reporter();
    }

    /**
     * Records a verdict.
     *
     * @param subject the sensor as it is now
     * @param heldBack how many changes were not told singly since it began to chatter
     * @param distrusted whether its second line has shown, and told, that it can't be believed
     */
    void tell(SensorHealth.Verdict verdict, Reporter.Subject subject, long heldBack, boolean distrusted) {
        Trouble trouble = verdict.trouble();
        String held = trouble == null && heldBack > 0 ? "; " + heldBack + " changes were not told singly" : "";
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("health", verdict.health().word());
        if (verdict.found()) {
            more.put("found", true);
        }
        Event event = reporter.sensorEvent(
                trouble == null ? EventType.SENSOR_OK : EventType.SENSOR_FAULT,
                subject,
                sensor.name() + " " + verdict.reason() + held,
                more);
        reporter.log(trouble != null, "sensor " + sensor.id() + " " + verdict.reason() + held);
        Rank rank = trouble == null || verdict.found() || distrusted
                ? Rank.REPORT
                : sensor.troubles().of(trouble);
        if (trouble != null && rank == Rank.ALARM) {
            // a panel that raises the alarm says so itself; if it doesn't, this event rings
            step.troubles().put(sensor.id(), event);
            step.seen().add(new PanelInput.Troubled(sensor.id(), trouble.words()));
        }
        reporter.record(
                event,
                switch (rank) {
                    case REPORT -> Priority.ROUTINE;
                    case NOTIFY -> Priority.ALARM;
                    case ALARM -> Priority.IMPORTANT;
                });
    }
}
