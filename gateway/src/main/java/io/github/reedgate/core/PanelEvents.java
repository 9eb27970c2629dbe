package io.github.reedgate.core;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.AlarmState;
import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelEffect;
import io.github.reedgate.alarm.PanelInput;
import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.alarm.Watching;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records the events for the effects of one step of the panel. Lives for one step. */
final class PanelEvents {

    private final GatewaySettings settings;
    private final StepContext step;
    private final PanelState before;
    private final PanelInput input;

    /**
     * Events of a step of the panel.
     *
     * @param before the panel's state before it
     * @param input what the panel was told
     */
    PanelEvents(StepContext step, PanelState before, PanelInput input) {
        this.settings = step.settings();
        this.step = step;
        this.before = before;
        this.input = input;
    }

    void tell(PanelEffect effect) {
        if (effect instanceof PanelEffect.Triggered triggered) {
            triggered(triggered);
        } else if (effect instanceof PanelEffect.Joined joined) {
            joined(joined);
        } else if (effect instanceof PanelEffect.Pending pending) {
            pending(pending);
        } else if (effect instanceof PanelEffect.Repeated repeated) {
            repeated(repeated);
        } else if (effect instanceof PanelEffect.FoundOpen found) {
            foundOpen(found);
        } else {
            ofMode(effect);
        }
    }

    private void ofMode(PanelEffect effect) {
        if (effect instanceof PanelEffect.Arming arming) {
            arming(arming);
        } else if (effect instanceof PanelEffect.Armed armed) {
            armed(armed);
        } else if (effect instanceof PanelEffect.ArmRefused refused) {
            refused(refused);
        } else if (effect instanceof PanelEffect.Disarmed disarmed) {
            disarmed(disarmed);
        } else if (effect instanceof PanelEffect.Acknowledged acknowledged) {
            Map<String, Object> more = fields(null, acknowledged.incident());
            more.put("by", acknowledged.by());
            event(EventType.ACKNOWLEDGED, "Alarm acknowledged by " + acknowledged.by(), more);
        }
    }

    private void triggered(PanelEffect.Triggered triggered) {
        String message =
                moved(triggered.sensor()) + whileWhat() + (triggered.delayOver() ? " and nobody disarmed" : "");
        alarm(EventType.TRIGGERED, triggered.sensor(), message, fields(mode(), triggered.incident()));
    }

    private void joined(PanelEffect.Joined joined) {
        Map<String, Object> more = fields(before.mode(), joined.incident());
        more.put("further", true);
        String message = moved(joined.sensor()) + ", too," + whileWhat();
        if (joined.raised()) {
            alarm(EventType.TRIGGERED, joined.sensor(), message, more);
        } else {
            step.reporter().record(about(EventType.PENDING, joined.sensor(), message, more), Priority.IMPORTANT);
        }
    }

    private void pending(PanelEffect.Pending pending) {
        Map<String, Object> more = fields(mode(), pending.incident());
        more.put("delay_s", pending.delay().toSeconds());
        String message = moved(pending.sensor()) + whileWhat() + ": " + length(pending.delay()) + " to disarm";
        step.reporter().record(about(EventType.PENDING, pending.sensor(), message, more), Priority.IMPORTANT);
    }

    private void repeated(PanelEffect.Repeated repeated) {
        Map<String, Object> more = fields(before.mode(), repeated.incident());
        more.put("sensors", repeated.sensors());
        alarm(EventType.ALARM_REPEATED, "Alarm not acknowledged: " + names(repeated.sensors()), more);
    }

    private void foundOpen(PanelEffect.FoundOpen found) {
        Map<String, Object> more = fields(mode(), null);
        more.put("bypassed", found.bypassed());
        String message = name(found.sensor()) + " found"
                + watched(found.sensor()).map(Watched::isOpen).orElse(" open") + whileWhat()
                + (found.bypassed() ? ": left out until disarmed" : ": no alarm raised");
        alarm(EventType.FOUND_OPEN, found.sensor(), message, more);
    }

    private void arming(PanelEffect.Arming arming) {
        Map<String, Object> more = fields(arming.mode(), null);
        more.put("delay_s", arming.delay().toSeconds());
        more.put("by", arming.by());
        more.put("bypassed", arming.bypassed());
        AlarmMode former = arming.former();
        if (former != null) {
            more.put("former_mode", former.word());
        }
        event(
                EventType.ARMING,
                "Arming " + arming.mode().word() + " in " + length(arming.delay()) + leftOut(arming.bypassed())
                        + (former == null ? "" : "; armed " + former.word() + " until then"),
                more);
    }

    private void armed(PanelEffect.Armed armed) {
        Map<String, Object> more = fields(armed.mode(), null);
        String by = armed.by();
        if (by != null) {
            more.put("by", by);
        }
        more.put("bypassed", armed.bypassed());
        boolean again = before.state() == AlarmState.TRIGGERED;
        event(
                EventType.ARMED,
                "Armed " + armed.mode().word() + (again ? " again after the alarm" : "") + leftOut(armed.bypassed()),
                more);
    }

    private void disarmed(PanelEffect.Disarmed disarmed) {
        Map<String, Object> more = fields(null, disarmed.incident());
        String by = disarmed.by();
        if (by != null) {
            more.put("by", by);
        }
        event(EventType.DISARMED, by == null ? "Disarmed after the alarm" : "Disarmed by " + by, more);
    }

    private void refused(PanelEffect.ArmRefused refused) {
        PanelAnswer.Refused reason = refused.reason();
        Map<String, Object> more = fields(refused.mode(), null);
        more.put("reason", reason.reason().word());
        more.put("sensors", reason.sensors());
        String by = refused.by();
        if (by != null) {
            more.put("by", by);
        }
        AlarmMode stays = refused.stays();
        if (stays != null) {
            more.put("stays", stays.word());
        }
        String message = "Not armed " + refused.mode().word() + ": " + why(reason)
                + (stays == null ? "" : "; still armed " + stays.word());
        alarm(EventType.ARM_REFUSED, message, more);
    }

    private String why(PanelAnswer.Refused reason) {
        if (reason.reason() == PanelAnswer.Reason.NOT_READY) {
            return reason.sensors().stream().map(this::nameAndState).collect(Collectors.joining(", "));
        }
        return reason.reason().sentence()
                + (reason.sensors().isEmpty() ? "" : " (" + String.join(", ", reason.sensors()) + ")");
    }

    private void alarm(EventType type, String sensor, String message, Map<String, Object> more) {
        step.reporter().record(about(type, sensor, message, more), Priority.ALARM);
        step.reporter().log(false, message);
    }

    /** An alarm that is about no sensor in particular. */
    private void alarm(EventType type, String message, Map<String, Object> more) {
        step.reporter().gatewayEvent(type, Priority.ALARM, message, more);
        step.reporter().log(false, message);
    }

    private void event(EventType type, String message, Map<String, Object> more) {
        step.reporter().gatewayEvent(type, message, more);
        step.reporter().log(false, message);
    }

    /** An event about a sensor; about none if it was taken out of the configuration while it was in an incident. */
    private Event about(EventType type, String id, String message, Map<String, Object> more) {
        Reporter.Subject subject = watched(id)
                .map(watched -> new Reporter.Subject(watched.sensor(), stateWord(watched), step.nowNanos()))
                .orElse(null);
        return step.reporter().panelEvent(type, subject, message, more);
    }

    private static Map<String, Object> fields(@Nullable AlarmMode mode, @Nullable String incident) {
        Map<String, Object> more = new LinkedHashMap<>();
        if (incident != null) {
            more.put(Event.INCIDENT, incident);
        }
        if (mode != null) {
            more.put("mode", mode.word());
        }
        return more;
    }

    /** The mode whose sensors were watched before the step, or else the one that people were leaving for; null if neither. */
    private @Nullable AlarmMode mode() {
        Watching watching = before.watching();
        return watching == null ? before.mode() : watching.mode();
    }

    /** {@code while armed away}, as it was before the step. */
    private String whileWhat() {
        AlarmMode mode = mode();
        if (mode == null) {
            return " while disarmed";
        }
        return (before.watching() == null ? " while arming " : " while armed ") + mode.word();
    }

    /** What a sensor did to be told of. */
    private String moved(String id) {
        if (input instanceof PanelInput.Troubled troubled) {
            return name(id) + " " + troubled.words();
        }
        return watched(id).map(Watched::moved).orElse(id + " opened");
    }

    private String stateWord(Watched watched) {
        Event trouble = input instanceof PanelInput.Troubled ? step.troubles().get(watched.id()) : null;
        String state = trouble == null ? null : trouble.state();
        return state == null ? watched.stateWord() : state;
    }

    private String nameAndState(String id) {
        String state = watched(id).map(Watched::isOpen).orElse(" open");
        return name(id) + (before.unknown().contains(id) ? " can't be read" : state);
    }

    private String leftOut(List<String> ids) {
        return ids.isEmpty() ? "" : "; left out: " + names(ids);
    }

    private String names(List<String> ids) {
        return ids.stream().map(this::name).collect(Collectors.joining(", "));
    }

    private String name(String id) {
        return watched(id).map(watched -> watched.sensor().name()).orElse(id);
    }

    private Optional<Watched> watched(String id) {
        return Watched.find(settings.sensors(), id);
    }

    private static String length(Duration length) {
        return length.toSeconds() + " s";
    }
}
