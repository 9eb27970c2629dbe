package io.github.reedgate.monitor.supervision;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.EventId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Raises, repeats and ends the alarms of the monitor. Stateless. */
final class Alarms {

    private Alarms() {}

    /** Raises the alarm about a gateway. */
    static void raise(SupervisionStep step, String id) {
        GatewayWatch watch = step.watch(id);
        GatewayWatch.Panel panel = watch.panel();
        String known = panel.incident();
        // nobody else gives this incident a name, so its first event does
        String incident = known == null ? EventId.of(step.now().wall(), id.hashCode(), step.nanos()) : known;
        String cause = panel.mood() == PanelMood.ARMED ? null : panel.cause();
        String text = text(id, panel.mood(), cause);
        long next = step.nanos() + step.settings().repeat().toNanos();
        Instant raised = step.now().wall();
        step.change(id, each -> {
            GatewayCondition condition = each.stop().stage() == GatewayWatch.Stop.Stage.SAID
                    ? GatewayCondition.STOPPED
                    : GatewayCondition.SILENT;
            return each.with(condition).with(new SilenceAlarm(incident, raised, cause, text, 0, next, false, false));
        });
        step.report(MonitorEventType.SILENCE_ALARM, id, text, fields(step.watch(id), 0));
    }

    private static String text(String id, PanelMood mood, @Nullable String cause) {
        String from = cause == null ? "" : " that began with " + cause;
        return switch (mood) {
            case PENDING -> "Gateway " + id + " fell silent during the entry delay" + from;
            case TRIGGERED -> "Gateway " + id + " fell silent during the alarm" + from;
            default -> "Gateway " + id + " is silent while it is armed";
        };
    }

    private static Map<String, Object> fields(GatewayWatch watch, int repeat) {
        Map<String, Object> more = new LinkedHashMap<>();
        SilenceAlarm alarm = watch.alarm();
        if (alarm != null) {
            more.put("incident_id", alarm.incident());
            more.put("raised", ClockText.utc(alarm.raised()));
            if (alarm.sensor() != null) {
                more.put("sensor", alarm.sensor());
            }
        }
        if (watch.panel().deadline() != null) {
            more.put("deadline", ClockText.utc(watch.panel().deadline()));
        }
        if (watch.life().heard() != null) {
            more.put("last_heard", ClockText.utc(watch.life().heard()));
        }
        if (repeat > 0) {
            more.put("repeat", repeat);
        }
        return more;
    }

    /** Repeats the alarms that are due. */
    static void repeat(SupervisionStep step) {
        for (String id : step.ids()) {
            GatewayWatch watch = step.watch(id);
            SilenceAlarm alarm = watch.alarm();
            if (alarm != null
                    && !alarm.acknowledged()
                    && alarm.repeats() < step.settings().repeats()
                    && step.nanos() - alarm.nextNanos() >= 0) {
                SilenceAlarm again =
                        alarm.repeated(step.nanos() + step.settings().repeat().toNanos());
                step.change(id, each -> each.with(again));
                step.report(
                        MonitorEventType.SILENCE_REPEATED,
                        id,
                        "Not acknowledged: " + again.text(),
                        fields(step.watch(id), again.repeats()));
            }
        }
    }

    /** Somebody acknowledged. */
    static void acknowledge(SupervisionStep step, SupervisionInput.Acknowledged order) {
        for (String id : step.ids()) {
            SilenceAlarm alarm = step.watch(id).alarm();
            if (alarm != null
                    && !alarm.acknowledged()
                    && (order.gateway() == null || order.gateway().equals(id))) {
                boolean isBack = !step.watch(id).isAway();
                step.change(id, each -> isBack ? each.withoutAlarm() : each.with(alarm.known()));
                ended(step, id, alarm, order.by(), "Alarm about gateway " + id + " acknowledged by " + order.by());
            }
        }
    }

    /** The gateway is heard and disarmed, so its alarm is over. */
    static void disarmed(SupervisionStep step, String id) {
        SilenceAlarm alarm = step.watch(id).alarm();
        if (alarm != null) {
            step.change(id, GatewayWatch::withoutAlarm);
            if (!alarm.acknowledged()) {
                ended(step, id, alarm, id, "Alarm about gateway " + id + " is over: it is back and disarmed");
            }
        }
    }

    private static void ended(SupervisionStep step, String id, SilenceAlarm alarm, String by, String message) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("incident_id", alarm.incident());
        more.put("by", by);
        step.report(MonitorEventType.ACKNOWLEDGED, id, message, more);
    }
}
