package io.github.reedgate.monitor.supervision;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows the truth of a {@link VirtualWorld}, and judges each alarm and each missing one by it. */
final class SilenceOracle {

    private static final long MINUTE = 60_000;
    private static final long GRACE = 30_000;

    private final VirtualWorld world;
    private final Set<String> incidents = new HashSet<>();
    private final Set<String> active = new HashSet<>();
    private final Map<String, Long> raisedAt = new HashMap<>();
    private final Map<String, Boolean> wasConnected = new HashMap<>();
    private final Map<String, Long> doubtedSince = new HashMap<>();
    private final Map<String, Long> awayBefore = new HashMap<>();
    private long lastReturn;
    private int alarms;
    private long latest;

    SilenceOracle(VirtualWorld world) {
        this.world = world;
    }

    int alarms() {
        return alarms;
    }

    long latestAfterDeadline() {
        return latest;
    }

    /** An event of the monitor. */
    void take(MonitorEvent event) {
        if (event.type() == MonitorEventType.ACKNOWLEDGED && event.gateway() != null) {
            active.remove(event.gateway());
            GatewayWatch watch = world.state().watches().get(event.gateway());
            if (watch != null && watch.isAway()) {
                raisedAt.put(event.gateway(), world.now()); // somebody knows of this silence
            }
        }
        if (event.type() != MonitorEventType.SILENCE_ALARM) {
            return;
        }
        alarms++;
        VirtualGateway gateway = world.gateways.stream()
                .filter(each -> each.id.equals(event.gateway()))
                .findFirst()
                .orElseThrow();
        active.add(gateway.id);
        raisedAt.put(gateway.id, world.now());
        check(incidents.add(String.valueOf(event.more().get("incident_id"))), "rings twice for one incident", event);
        check(world.isProved(), "the monitor hears nothing, or can't prove that it does", event);
        check(world.now() - world.visibleSince >= GRACE, "the monitor was back for less than 30 s", event);
        check(!gateway.connected, "the gateway is connected", event);
        if (gateway.forgotten) {
            return; // the broker lost what the monitor would have to know; it goes by what it heard last
        }
        check(gateway.publishedMood.isWatched(), "the panel is disarmed", event);
        long away = world.now() - gateway.awaySince;
        if (gateway.saidStop) {
            check(
                    gateway.publishedMood != PanelMood.ARMED || doubtedSince.containsKey(gateway.id),
                    "it said that it stops",
                    event);
            // of a return and a second stop that the broker dropped with the session the monitor knows nothing
            check(
                    away >= 10 * MINUTE || doubtedSince.containsKey(gateway.id),
                    "it stopped less than 10 min ago",
                    event);
            return;
        }
        switch (gateway.publishedMood) {
            case PENDING -> check(world.now() >= gateway.publishedDeadline, "its deadline is not over", event);
            case TRIGGERED -> check(away >= 15_000, "it is away for less than 15 s", event);
            default -> check(away >= 60_000, "it is away for less than 60 s", event);
        }
        long common = world.commonSince;
        if (common >= 0 && lastReturn < common) {
            check(world.now() - common >= 5 * MINUTE, "all gateways vanished at once", event);
        }
        if (gateway.publishedMood == PanelMood.PENDING) {
            long due = Math.max(gateway.publishedDeadline, Math.max(world.visibleSince + GRACE, world.echoedSince));
            if (world.gateways.size() < 3 && !doubtedSince.containsKey(gateway.id)) {
                latest = Math.max(latest, world.now() - due);
            }
        }
    }

    private void check(boolean isRight, String what, MonitorEvent event) {
        if (!isRight) {
            throw new AssertionError(
                    "false alarm, " + what + ": " + event + " after " + world.now() + " ms, " + of(event.gateway()));
        }
    }

    private String of(@Nullable String id) {
        return world.gateways.stream()
                .filter(each -> each.id.equals(id))
                .map(each -> "away since " + each.awaySince + ", said stop " + each.saidStop + ", panel "
                        + each.publishedMood + " until " + each.publishedDeadline + ", connected " + each.connected
                        + ", visible since " + world.visibleSince + ", known "
                        + world.state().watches().get(each.id)
                        + ", " + world.state().link() + ", of " + world.gateways.size())
                .findFirst()
                .orElse("");
    }

    /** Looks for alarms that are missing. */
    void look() {
        // a probe goes out each 15 s, and silence counts for 30 s
        if (world.isVisible() && world.muteFor() > 48_000 && world.state().isLive()) {
            throw new AssertionError("the monitor trusts a line without an echo for " + world.muteFor() + " ms");
        }
        // a probe without an echo is followed by another after 5 s
        if (world.isProved() && !world.state().isLive() && world.now() - world.provableSince > 6_500) {
            throw new AssertionError(
                    "the monitor does not judge though its line could be proved since " + world.provableSince
                            + " ms, now " + world.now() + ": " + world.state().link());
        }
        boolean anyConnected = false;
        for (VirtualGateway gateway : world.gateways) {
            boolean before = wasConnected.getOrDefault(gateway.id, false);
            Long left = awayBefore.put(gateway.id, gateway.awaySince);
            if (!gateway.connected && !before && left != null && left != gateway.awaySince) {
                lastReturn = world.now(); // it came and went since the last look
            }
            if (gateway.connected && !before) {
                lastReturn = world.now();
                if (world.isVisible() && world.now() - world.visibleSince > 1_000) {
                    active.remove(gateway.id); // its next silence is another one
                }
            }
            if (gateway.connected) {
                doubtedSince.remove(gateway.id);
            } else if (!world.sessionWasKept && gateway.awaySince <= world.visibleSince + 25_000) {
                LinkPhase link = world.state().link();
                if (link.isUp() && !link.isLive() && !link.sessionKept()) {
                    doubtedSince.put(gateway.id, world.now()); // the doubt counts from the end of that
                } else {
                    doubtedSince.merge(gateway.id, world.visibleSince, Math::max);
                }
            }
            anyConnected |= gateway.connected;
            wasConnected.put(gateway.id, gateway.connected);
        }
        for (VirtualGateway gateway : world.gateways) {
            GatewayWatch watch = world.state().watches().get(gateway.id);
            boolean isExpected = world.isProved()
                    && watch != null
                    && watch.life().everHeard()
                    && !gateway.connected
                    && !gateway.saidStop
                    && !gateway.forgotten
                    && gateway.publishedMood.isWatched()
                    && !active.contains(gateway.id)
                    && !incidents.contains(gateway.publishedIncident);
            boolean isRaised = raisedAt.getOrDefault(gateway.id, -1L) >= gateway.awaySince;
            if (isExpected && !isRaised && world.now() > limit(gateway, anyConnected)) {
                throw new AssertionError("no alarm after " + world.now() + " ms: " + of(gateway.id));
            }
        }
    }

    private long limit(VirtualGateway gateway, boolean anyConnected) {
        long from = Math.max(gateway.awaySince, world.visibleSince);
        long limit = gateway.publishedMood == PanelMood.PENDING
                ? Math.max(
                        Math.max(gateway.publishedDeadline, gateway.awaySince) + 6_500,
                        world.visibleSince + GRACE + 4_000)
                : from + 130_000;
        limit = Math.max(limit, world.echoedSince + 6_500);
        Long doubted = doubtedSince.get(gateway.id);
        if (doubted != null) {
            limit = Math.max(limit, doubted + 11 * MINUTE);
        }
        if (world.gateways.size() >= 3) {
            limit = Math.max(limit, Math.max(from, lastReturn) + 160_000 + (anyConnected ? 0 : 6 * MINUTE));
        }
        return limit;
    }
}
