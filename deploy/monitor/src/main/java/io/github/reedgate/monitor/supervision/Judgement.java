package io.github.reedgate.monitor.supervision;

import io.github.reedgate.monitor.supervision.GatewayWatch.Life;
import io.github.reedgate.monitor.supervision.GatewayWatch.Panel;
import io.github.reedgate.monitor.supervision.GatewayWatch.Stop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges which gateways are silent, and which of them for an alarm. Stateless. */
final class Judgement {

    /** After this time without an echo another probe is sent. */
    private static final Duration ECHO = Duration.ofSeconds(5);

    private Judgement() {}

    static void run(SupervisionStep step) {
        CommonFailure.expire(step);
        LinkChanges.unanswered(step);
        LinkPhase link = step.link();
        boolean isDue = step.nanos() - link.provedNanos() >= SupervisionSettings.PROBE_EVERY.toNanos();
        boolean wantsProof = link.isUp() && (!link.isLive() || isDue);
        if (link.isLive() && !link.isExplained() && step.nanos() - link.judgeFromNanos() >= 0) {
            for (String id : step.ids()) {
                wantsProof |= judge(step, id);
            }
        }
        Long asked = step.link().probeNanos();
        if (wantsProof && (asked == null || step.nanos() - asked >= ECHO.toNanos())) {
            step.probe();
        }
    }

    /** Judges one gateway; returns true if that has to wait for the proof that the line is whole. */
    private static boolean judge(SupervisionStep step, String id) {
        GatewayWatch watch = step.watch(id);
        if (!watch.life().everHeard() || step.link().isExplained()) {
            return false;
        }
        boolean wantsProof = false;
        Long silent = watch.isAway() && !turnsSilent(watch) ? null : Long.valueOf(silentAt(step, watch));
        if (silent != null && step.nanos() - silent >= 0) {
            wantsProof = !isProved(step, silent);
            if (!wantsProof && !silent(step, id, watch)) {
                return false;
            }
        }
        Long alarm = alarmAt(step, step.watch(id));
        if (alarm != null && step.nanos() - alarm >= 0) {
            if (isProved(step, alarm)) {
                Alarms.raise(step, id);
            } else {
                wantsProof = true;
            }
        }
        overdue(step, id);
        return wantsProof;
    }

    /** A gateway that came back and fell silent without a word is not stopped any more. */
    private static boolean turnsSilent(GatewayWatch watch) {
        return watch.condition() == GatewayCondition.STOPPED && watch.stop().stage() != Stop.Stage.SAID;
    }

    /** A probe from before the judging began proves nothing of the moment in which it decides. */
    private static boolean isProved(SupervisionStep step, long dueNanos) {
        return step.link().provedNanos() - later(dueNanos, step.link().judgeFromNanos()) >= 0;
    }

    /** When a gateway that is not heard is silent. */
    private static long silentAt(SupervisionStep step, GatewayWatch watch) {
        Life life = watch.life();
        PanelMood mood = watch.panel().mood();
        Long since = watch.stop().sinceNanos();
        if (watch.stop().stage() == Stop.Stage.SAID && since != null) {
            return since;
        }
        Long offline = life.offlineNanos();
        if (life.isOffline() && offline != null) {
            return offline + step.settings().thresholds().of(mood).toNanos();
        }
        Long heard = life.heardNanos();
        long from = heard == null ? step.link().judgeFromNanos() : heard;
        return from + step.settings().withoutWill(mood).toNanos();
    }

    /** When its silence raises an alarm; null if it does not, or has. */
    private static @Nullable Long alarmAt(SupervisionStep step, GatewayWatch watch) {
        Panel panel = watch.panel();
        if (!panel.mood().isWatched() || isRaised(watch)) {
            return null;
        }
        Stop stop = watch.stop();
        if (stop.stage() == Stop.Stage.SAID
                && panel.mood() == PanelMood.ARMED
                && !step.settings().stoppedRaises()) {
            return null;
        }
        long due = panel.mood() == PanelMood.PENDING ? entryAt(step, watch) : silentAt(step, watch);
        Long since = stop.sinceNanos();
        return since == null
                ? due
                : later(due, since + step.settings().stopped().toNanos());
    }

    /** An alarm stands for its incident only: a later one raises another, and outside an incident each silence its own. */
    private static boolean isRaised(GatewayWatch watch) {
        String incident = watch.panel().incident();
        SilenceAlarm alarm = watch.alarm();
        boolean isSame = alarm != null && (incident == null ? !alarm.heardSince() : incident.equals(alarm.incident()));
        return isSame || (incident != null && incident.equals(watch.rung()));
    }

    /** A panel whose entry delay is over is disarmed or has raised the alarm; if it shows neither, something is wrong. */
    private static long entryAt(SupervisionStep step, GatewayWatch watch) {
        Long deadline = watch.panel().deadlineNanos();
        if (deadline == null) {
            return silentAt(step, watch);
        }
        Life life = watch.life();
        long due = deadline + SupervisionSettings.ENTRY_MARGIN.toNanos();
        Long offline = life.offlineNanos();
        if (offline != null) {
            due = later(due, offline + SupervisionSettings.COMMON_WINDOW.toNanos() + 1);
        }
        Long online = life.onlineNanos();
        return online == null ? due : later(due, online + SupervisionSettings.ENTRY_MARGIN.toNanos());
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** Reports a gateway that is silent or stopped; returns false if the failure of the broker explains it. */
    private static boolean silent(SupervisionStep step, String id, GatewayWatch watch) {
        boolean stopped = watch.stop().stage() == Stop.Stage.SAID;
        if (!stopped && CommonFailure.explainsSilence(step, watch)) {
            return false;
        }
        step.change(id, each -> each.with(stopped ? GatewayCondition.STOPPED : GatewayCondition.SILENT));
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("panel", watch.panel().mood().name().toLowerCase(Locale.ROOT));
        if (stopped) {
            step.report(MonitorEventType.GATEWAY_STOPPED, id, "Gateway " + id + " stopped as it was told", more);
        } else {
            more.put("will", watch.life().isOffline());
            step.report(MonitorEventType.GATEWAY_SILENT, id, "Gateway " + id + " is silent", more);
        }
        return true;
    }

    /** Reports, once, that a gateway which stopped while armed stays away. */
    private static void overdue(SupervisionStep step, String id) {
        GatewayWatch watch = step.watch(id);
        Stop stop = watch.stop();
        Long since = stop.sinceNanos();
        if (stop.stage() == Stop.Stage.SAID
                && since != null
                && !stop.overdue()
                && watch.panel().mood().isWatched()
                && step.nanos() - since >= step.settings().stopped().toNanos()) {
            step.change(
                    id,
                    each -> each.with(new Stop(stop.boot(), stop.lastSeq(), stop.stage(), since, stop.since(), true)));
            step.report(
                    MonitorEventType.GATEWAY_STOPPED,
                    id,
                    "Gateway " + id + " stays away after it stopped while armed",
                    Map.of("overdue", true));
        }
    }
}
