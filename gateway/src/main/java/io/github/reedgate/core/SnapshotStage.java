package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.command.Nonces;
import io.github.reedgate.contact.Trouble;
import io.github.reedgate.notice.NoticeDocument;
import io.github.reedgate.notice.NoticePlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last stage of a step: if something has changed that must still be known after a restart, all of that is stored with the
 * step's events. No other stage decides what is stored. Lives for one step.
 */
final class SnapshotStage {

    private final StepContext step;

    private SnapshotStage(StepContext step) {
        this.step = step;
    }

    static void run(StepContext step) {
        new SnapshotStage(step).run();
    }

    private void run() {
        if (isChanged() || isRefreshDue()) {
            step.reporter().snapshot(snapshot());
            Panel panel = step.panel();
            if (panel != null) {
                step.panel(panel.storedAt(step.nowNanos()));
            }
        }
    }

    private boolean isChanged() {
        GatewayState before = step.before();
        boolean isStart = step.input() instanceof Input.Started;
        return (isStart && (stored().nonces() == null || !panelLost().equals(stored().panelLost())))
                || !Objects.equals(known(step.panel()), known(before.panel()))
                || !lost(step.panel()).equals(lost(before.panel()))
                || !Objects.equals(step.notices().plan(), before.notices().plan())
                || step.gate().tries().failures() != before.gate().tries().failures()
                || !step.gate().nonces().equals(before.gate().nonces())
                || isAnySensorChanged(before);
    }

    /** Most steps leave the list itself as it was. */
    private boolean isAnySensorChanged(GatewayState before) {
        if (step.sensors() == before.sensors()) {
            return false;
        }
        for (int i = 0; i < step.sensors().size(); i++) {
            SensorState now = step.sensors().get(i);
            SensorState then = before.sensors().get(i);
            if (reports(now) != reports(then)
                    || now.trust().lasting() != then.trust().lasting()) {
                return true;
            }
        }
        return false;
    }

    private static int reports(SensorState sensor) {
        SensorState.Open open = sensor.open();
        return open == null ? 0 : open.told();
    }

    /** What is left of a running delay is stored every 5 s. */
    private boolean isRefreshDue() {
        Panel panel = step.panel();
        return panel != null
                && panel.isKnown()
                && panel.state().deadlineNanos() != null
                && step.nowNanos() - panel.storedNanos() >= Panel.REFRESH.toNanos();
    }

    private static @Nullable PanelState known(@Nullable Panel panel) {
        return panel == null || !panel.isKnown() ? null : panel.state();
    }

    /** Why the panel is lost; empty if it is not. */
    private static String lost(@Nullable Panel panel) {
        String lost = panel == null ? null : panel.lost();
        return lost == null ? "" : lost;
    }

    /** A loss stays one while the configuration has no panel, which may be put back; but then none is made of a store that can't be used. */
    private String panelLost() {
        return step.settings().panel() == null ? stored().panelLost() : lost(step.panel());
    }

    /**
     * A time from before the start, and the time since the start: nobody knows yet how long the gateway was down. So the lengths of
     * several outages add up until a clock tells it.
     */
    private Instant goneOn(Instant storedAt) {
        return storedAt.plusNanos(step.nowNanos() - step.before().startNanos());
    }

    private GatewaySnapshot snapshot() {
        return new GatewaySnapshot(
                panel(),
                panelLost(),
                escalation(),
                leftOpen(),
                troubles(),
                step.gate().tries().failures(),
                nonces());
    }

    /** As it was stored at the start if the configuration has no panel, which may be put back, or its state is not known. */
    private @Nullable PanelDocument panel() {
        PanelSettings settings = step.settings().panel();
        Panel panel = step.panel();
        PanelState state = known(panel);
        if (settings == null || panel == null || state == null) {
            return stored().panel();
        }
        PanelDocument resumed = panel.resumed();
        return new PanelDocument(
                state,
                PanelDocument.sensors(settings),
                step.nowNanos(),
                resumed == null ? step.now().wall() : goneOn(resumed.at()),
                resumed != null || step.clock().synced());
    }

    /** What was stored at the start. */
    private GatewaySnapshot stored() {
        return step.settings().start().before().snapshot();
    }

    /** Null while it is not known which were used before the start. */
    private @Nullable String nonces() {
        Nonces nonces = step.gate().nonces();
        return nonces.unknownUntilNanos() == null ? nonces.text() : null;
    }

    private @Nullable NoticeDocument escalation() {
        NoticePlan plan = step.notices().plan();
        if (plan == null) {
            return null;
        }
        NoticeDocument resumed = step.notices().resumed();
        return new NoticeDocument(
                plan,
                step.nowNanos(),
                resumed == null ? step.now().wall() : goneOn(resumed.at()),
                resumed != null || step.clock().synced());
    }

    private Map<String, LeftOpenReport> leftOpen() {
        Map<String, LeftOpenReport> reports = new LinkedHashMap<>();
        for (int i = 0; i < step.sensors().size(); i++) {
            SensorState.Open open = step.sensors().get(i).open();
            if (open != null && open.told() > 0) {
                String sensor = step.settings().sensors().get(i).id();
                reports.put(sensor, new LeftOpenReport(open.told(), since(sensor, open.sinceNanos())));
            }
        }
        return reports;
    }

    /** As it was stored if it was open before the start and the clock was not set since; null if that is not known. */
    private @Nullable Instant since(String sensor, long sinceNanos) {
        if (step.clock().synced()) {
            return step.reporter().wallAt(sinceNanos);
        }
        LeftOpenReport before = stored().leftOpen().get(sensor);
        return before != null && sinceNanos - step.before().startNanos() < 0 ? before.since() : null;
    }

    private Map<String, Trouble> troubles() {
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        for (int i = 0; i < step.sensors().size(); i++) {
            Trouble trouble = step.sensors().get(i).trust().lasting();
            if (trouble != null) {
                troubles.put(step.settings().sensors().get(i).id(), trouble);
            }
        }
        return troubles;
    }
}
