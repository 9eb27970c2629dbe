package io.github.reedgate.monitor.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Recognises that all gateways vanished at once, which is a failure of the broker or its network. Stateless. */
final class CommonFailure {

    private CommonFailure() {}

    /**
     * The gateways that were heard, did not say that they stop, and are not known to be silent. A Last Will that comes now shows that a
     * gateway was there, even if nothing of it was heard since it was silent.
     */
    private static List<GatewayWatch> heard(SupervisionStep step) {
        List<GatewayWatch> all = new ArrayList<>();
        for (GatewayWatch watch : step.watches().values()) {
            if (watch.life().everHeard()
                    && (!watch.isAway() || isOfflineFor(step, watch) <= SupervisionSettings.COMMON_WINDOW.toNanos())
                    && !wasFoundOffline(watch)
                    && watch.stop().stage() == GatewayWatch.Stop.Stage.RUNNING) {
                all.add(watch);
            }
        }
        return all;
    }

    /** True if it was offline already when the monitor began to count. */
    private static boolean wasFoundOffline(GatewayWatch watch) {
        Long heard = watch.life().heardNanos();
        Long offline = watch.life().offlineNanos();
        return heard != null && offline != null && heard - offline > 0;
    }

    /** Looks whether the Last Wills of all came within a few seconds. */
    static void look(SupervisionStep step) {
        long window = SupervisionSettings.COMMON_WINDOW.toNanos();
        if (mayBegin(step) && all(step, watch -> isOfflineFor(step, watch) <= window)) {
            begin(step);
        }
    }

    /** Looks whether the heartbeats of all are missing without a Last Will; returns true if that explains the silence of one. */
    static boolean explainsSilence(SupervisionStep step, GatewayWatch silent) {
        long overdue = step.settings().overdue().toNanos();
        boolean explains = !silent.life().isOffline()
                && mayBegin(step)
                && step.nanos() - step.link().judgeFromNanos() >= 0
                && heard(step).stream()
                                .filter(watch -> !watch.life().isOffline())
                                .count()
                        >= SupervisionSettings.COMMON_LEAST
                && all(step, watch -> watch.life().isOffline() || unheardFor(step, watch) > overdue);
        if (explains) {
            begin(step);
        }
        return explains;
    }

    private static boolean mayBegin(SupervisionStep step) {
        LinkPhase link = step.link();
        return link.isLive() && link.common() == null;
    }

    private static boolean all(SupervisionStep step, Predicate<GatewayWatch> isGone) {
        List<GatewayWatch> heard = heard(step);
        return heard.size() >= SupervisionSettings.COMMON_LEAST
                && heard.stream().allMatch(isGone);
    }

    private static long isOfflineFor(SupervisionStep step, GatewayWatch watch) {
        Long since = watch.life().isOffline() ? watch.life().offlineNanos() : null;
        return since == null ? Long.MAX_VALUE : step.nanos() - since;
    }

    private static long unheardFor(SupervisionStep step, GatewayWatch watch) {
        Long heard = watch.life().heardNanos();
        return heard == null ? Long.MAX_VALUE : step.nanos() - heard;
    }

    private static void begin(SupervisionStep step) {
        int count = heard(step).size();
        step.link(step.link()
                .with(new LinkPhase.Common(step.nanos(), false), step.link().judgeFromNanos()));
        step.report(
                MonitorEventType.LINK_LOST,
                null,
                "All " + count + " gateways vanished at once: the broker or its network failed",
                Map.of("gateways", count));
    }

    /** A gateway is heard: the others have a while to come back, too. */
    static void over(SupervisionStep step) {
        LinkPhase.Common common = step.link().common();
        if (common == null) {
            return;
        }
        if (!common.spent()) {
            step.report(
                    MonitorEventType.LINK_RESTORED,
                    null,
                    "Gateways are heard again after all had vanished",
                    Map.of("gateways", heard(step).size()));
        }
        step.link(step.link()
                .with(null, step.nanos() + step.settings().returning().toNanos()));
        for (String id : step.ids()) {
            step.change(id, watch -> LinkChanges.counted(step, watch));
        }
    }

    /** Ends the explanation after {@link SupervisionSettings#COMMON_LIMIT}. */
    static void expire(SupervisionStep step) {
        LinkPhase.Common common = step.link().common();
        if (common != null
                && !common.spent()
                && step.nanos() - common.sinceNanos() >= SupervisionSettings.COMMON_LIMIT.toNanos()) {
            step.link(step.link().with(new LinkPhase.Common(common.sinceNanos(), true), step.nanos()));
        }
    }
}
