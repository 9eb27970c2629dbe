package io.github.reedgate.monitor.supervision;

import io.github.reedgate.monitor.supervision.GatewayWatch.Life;
import io.github.reedgate.monitor.supervision.GatewayWatch.Stop;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a change of the monitor's own connection means for the gateways. Stateless. */
final class LinkChanges {

    private LinkChanges() {}

    /** The connection stands. Nothing that comes is a sign of life until the echo of a probe is back. */
    static void up(SupervisionStep step, boolean sessionKept) {
        long now = step.nanos();
        step.link(new LinkPhase(LinkPhase.Stage.CATCHING_UP, now, sessionKept, now, now, null, null, null));
        forget(step);
        step.probe();
    }

    /** No time counts until the line is live. */
    private static void forget(SupervisionStep step) {
        for (String id : step.ids()) {
            step.change(id, watch -> {
                Life life = watch.life();
                return watch.with(
                        new Life(life.everHeard(), life.online(), null, null, null, life.offsetMillis(), life.heard()));
            });
        }
    }

    /** Reports, and leaves off judging, once no probe has come back for too long. */
    static void unanswered(SupervisionStep step) {
        LinkPhase link = step.link();
        Long since = link.unansweredNanos();
        Duration limit = link.isLive() ? SupervisionSettings.NO_ECHO : SupervisionSettings.NO_FIRST_ECHO;
        boolean isAwaited = link.isLive() || link.stage() == LinkPhase.Stage.CATCHING_UP;
        if (!isAwaited || since == null || step.nanos() - since < limit.toNanos()) {
            return;
        }
        step.link(step.link().unproved());
        forget(step);
        step.report(
                MonitorEventType.LINK_LOST,
                null,
                "The broker has not sent the monitor's own probe back for " + limit.toSeconds()
                        + " s: no gateway is judged until it does; let the monitor's account publish and subscribe to"
                        + " its probe topic, and look at the broker",
                Map.of("reason", "no_echo"));
    }

    /** The connection is lost: nothing is judged until it is back. */
    static void lost(SupervisionStep step) {
        if (step.link().isUp()) {
            step.link(step.link().down());
        }
    }

    /** The echo of a probe is back. */
    static void proved(SupervisionStep step, long askedNanos) {
        LinkPhase link = step.link();
        Long awaited = link.probeNanos();
        if (!link.isUp() || awaited == null || awaited != askedNanos) {
            return;
        }
        boolean wasLive = link.isLive();
        step.link(link.proved(askedNanos));
        if (!wasLive) {
            live(step);
        }
        if (link.stage() == LinkPhase.Stage.UNPROVED) {
            step.report(
                    MonitorEventType.LINK_RESTORED,
                    null,
                    "The broker sends the monitor's own probe back again",
                    Map.of("reason", "no_echo"));
        }
    }

    /** Everything old has come: from now on what comes is new. */
    private static void live(SupervisionStep step) {
        LinkPhase link = step.link();
        long judgeFrom = step.nanos() + step.settings().returning().toNanos();
        step.link(new LinkPhase(
                LinkPhase.Stage.LIVE,
                link.sinceNanos(),
                link.sessionKept(),
                judgeFrom,
                link.provedNanos(),
                null,
                null,
                null));
        for (String id : step.ids()) {
            step.change(id, watch -> begin(step, watch));
        }
    }

    /** Counting begins anew for a gateway. */
    private static GatewayWatch begin(SupervisionStep step, GatewayWatch watch) {
        GatewayWatch next = counted(step, watch);
        if (!Boolean.TRUE.equals(watch.life().online())) {
            return doubted(step, next, true);
        }
        return watch.condition() == GatewayCondition.UNKNOWN ? next.with(GatewayCondition.OK) : next;
    }

    /**
     * A gateway that was not found online after the broker had dropped the session may have said that it stops.
     *
     * @param found whether it was found so, or went offline while the monitor listened
     */
    static GatewayWatch doubted(SupervisionStep step, GatewayWatch watch, boolean found) {
        Stop stop = watch.stop();
        boolean isDoubtful = found
                && watch.life().everHeard()
                && !step.link().sessionKept()
                && watch.life().onlineNanos() == null
                && stop.stage() == Stop.Stage.RUNNING;
        return isDoubtful
                ? watch.with(new Stop(
                        stop.boot(),
                        stop.lastSeq(),
                        Stop.Stage.POSSIBLE,
                        step.nanos(),
                        step.now().wall(),
                        false))
                : watch;
    }

    /** The same gateway with silence counted from now. */
    static GatewayWatch counted(SupervisionStep step, GatewayWatch watch) {
        Life life = watch.life();
        @Nullable Long offline = life.isOffline() ? Long.valueOf(step.nanos()) : null;
        // after its going offline, which nobody saw: so it counts as found offline
        long heard = offline == null ? step.nanos() : offline + 1;
        return watch.with(
                new Life(life.everHeard(), life.online(), offline, heard, null, life.offsetMillis(), life.heard()));
    }
}
