package io.github.reedgate.core;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.AlarmState;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Handles a panel whose stored state is lost: that must not pass for disarmed. The loss is reported, the broker is asked for the state
 * that it has retained, and that state counts until somebody arms or disarms. Lives for one step.
 */
final class PanelDoubt {

    /** How long a broker may take to send what it has retained: that comes right behind its answer to the subscription. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Why something is in doubt although it seemed that no panel was ever stored. */
    static final String NONE_HERE = "the broker knows of a panel, of which the state folder knows nothing";

    /** What is published as the panel's state while nobody knows it. */
    static final String UNKNOWN = "unknown";

    private static final Pattern MODE = Pattern.compile("\"mode\" ?: ?\"(home|away|night)\"");

    private final GatewaySettings settings;
    private final Timestamp now;
    private final Reporter reporter;

    PanelDoubt(StepContext step) {
        this.settings = step.settings();
        this.now = step.now();
        this.reporter = step.reporter();
    }

    /**
     * What is in doubt at a start; null if nothing is.
     */
    static @Nullable Doubt starting(GatewaySettings settings) {
        GatewaySettings.Before before = settings.start().before();
        GatewaySettings.Recall recall = before.recall();
        PanelDocument known = before.snapshot().panel();
        String lost = recall.lost().isEmpty() ? before.snapshot().panelLost() : recall.lost();
        boolean isDoubtful = !lost.isEmpty() || (recall.isNeverStored() && known == null);
        if (!isDoubtful) {
            return null;
        }
        return known == null
                ? new Doubt(lost, true, null, null, null)
                : new Doubt(lost, false, null, heard(known), known.state().mode());
    }

    /** What is stored takes the place of what the broker has. */
    private static AlarmState heard(PanelDocument known) {
        return known.state().mode() == null
                ? AlarmState.DISARMED
                : known.state().state();
    }

    /** The topics whose retained values are to be looked at; empty if all is known. */
    static List<String> topics(GatewaySettings settings) {
        Doubt doubt = settings.panel() == null ? null : starting(settings);
        return doubt != null && doubt.asks()
                ? List.of(settings.topics().panelState(), settings.topics().panelDetail())
                : List.of();
    }

    /** At the start: it is reported, and nothing goes to the broker before that was looked at. */
    void begin(Doubt doubt) {
        if (doubt.asks()) {
            reporter.withhold(
                    Set.of(settings.topics().panelState(), settings.topics().panelDetail()));
            if (doubt.isLoud()) {
                tell(doubt, "unknown", "it is not known whether it was armed; arm or disarm it");
            }
        }
    }

    /** Takes in what says something of the panel as it was. */
    Doubt take(Doubt doubt, Input input) {
        if (!doubt.asks()) {
            return doubt;
        } else if (input instanceof Input.LinkUp) {
            return doubt.until(now.monotonicNanos() + PATIENCE.toNanos());
        } else if (input instanceof Input.LinkLost) {
            return doubt.until(null);
        } else if (input instanceof Input.BrokerRemembers remembers && remembers.isAhead()) {
            return doubt.because("the broker knows of events up to number " + remembers.seq()
                    + ", of which the state folder knows nothing");
        } else if (input instanceof Input.Received received
                && received.message().retained()) {
            return heard(doubt, received.message());
        }
        return doubt;
    }

    private Doubt heard(Doubt doubt, Incoming message) {
        if (message.topic().equals(settings.topics().panelState())) {
            for (AlarmState state : AlarmState.values()) {
                if (state.word().equals(message.text())) {
                    return doubt.hearing(state);
                }
            }
            return message.text().isEmpty() ? doubt : doubt.because(NONE_HERE);
        }
        Matcher mode = MODE.matcher(message.text());
        return message.topic().equals(settings.topics().panelDetail()) && mode.find()
                ? doubt.hearing(AlarmMode.valueOf(mode.group(1).toUpperCase(Locale.ROOT)))
                : doubt;
    }

    /** True if the broker has had time enough to say what it has. */
    boolean isAnswered(Doubt doubt) {
        Long until = doubt.untilNanos();
        return doubt.asks() && until != null && now.monotonicNanos() - until >= 0;
    }

    /** The panel as it goes on once the broker was asked. */
    PanelState follow(Doubt doubt, PanelSettings known, PanelState state) {
        reporter.withhold(Set.of());
        AlarmMode mode = doubt.armedMode();
        if (mode != null && known.modes().contains(mode) && state.state() == AlarmState.DISARMED) {
            tell(
                    doubt.because(NONE_HERE),
                    mode.armed().word(),
                    "it is armed " + mode.word() + " as the broker has it; arm or disarm it");
            return state.armedAgain(mode, now.wall());
        }
        if (doubt.isLoud()) {
            String word = doubt.isUnknown() ? UNKNOWN : AlarmState.DISARMED.word();
            tell(
                    doubt,
                    word,
                    doubt.isUnknown()
                            ? "the broker does not know either whether it was armed; arm or disarm it"
                            : "it is disarmed as the broker has it; arm or disarm it");
        }
        return state;
    }

    /** True if somebody has decided. */
    boolean isDecided(Input input) {
        StepOutput.PanelAnswered answered = reporter.panelAnswer();
        return input instanceof Input.PanelCommanded commanded
                && !(commanded.command() instanceof PanelCommand.Acknowledge)
                && answered != null
                && answered.answer().accepted();
    }

    /** Somebody has. */
    void end() {
        reporter.withhold(Set.of());
    }

    private void tell(Doubt doubt, String state, String then) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("panel", state);
        more.put("reason", doubt.why());
        String message = "Alarm panel's memory lost: " + doubt.why() + "; " + then;
        reporter.gatewayEvent(EventType.PANEL_LOST, Priority.ALARM, message, more);
        reporter.log(true, message);
    }
}
