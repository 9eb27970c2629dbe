package io.github.reedgate.core;

import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.contact.Health;
import io.github.reedgate.contact.Trouble;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a sensor can be trusted. Trouble is recorded when it begins and when it gets worse. The sensor counts as well
 * again after a minute without trouble, so an unstable sensor is recorded a few times a minute at most. Lives for one step.
 */
final class SensorHealth {

    /** A contact that has not rested for this long is stuck (EN 50131-1 asks that a fault of 10 s be processed). */
    static final Duration STUCK = Duration.ofSeconds(10);

    /** How long nothing must have been wrong before a sensor is trusted again. */
    static final Duration RECOVERY = Duration.ofMinutes(1);

    /** A level read that no edge follows within this time was a missed edge. */
    static final Duration EDGE_GRACE = Duration.ofMillis(50);

    /** How often a line that missed an edge is read until edges come again. */
    static final Duration FAST_READ = Duration.ofMillis(10);

    private final GatewaySettings.Watch watch;
    private @Nullable Trouble told;
    private @Nullable Trouble before;
    private long badNanos;
    private @Nullable String unreadable;
    private @Nullable Long suspectNanos;
    private boolean deaf;
    private long missed;
    private final @Nullable String loop;

    /**
     * The judgement of a sensor in one step.
     *
     * @param loop why its second line can't be read; null if it can, or there is none
     */
    SensorHealth(SensorState.Trust state, @Nullable String loop, GatewaySettings.Watch watch) {
        this.loop = loop;
        this.watch = watch;
        this.told = state.told();
        this.before = state.before();
        this.badNanos = state.badNanos();
        this.unreadable = state.unreadable();
        this.suspectNanos = state.suspectNanos();
        this.deaf = state.deaf();
        this.missed = state.missed();
    }

    /**
     * A health to be told.
     *
     * @param trouble what is wrong, or null if nothing is any more
     * @param reason the same, to follow the sensor's name
     * @param found whether it was told before the gateway's start
     */
    record Verdict(@Nullable Trouble trouble, String reason, boolean found) {

        Health health() {
            return Trouble.healthOf(trouble);
        }
    }

    SensorState.Trust state() {
        return new SensorState.Trust(told, badNanos, unreadable, suspectNanos, deaf, missed, before);
    }

    boolean isDeaf() {
        return deaf;
    }

    void edgeSeen() {
        suspectNanos = null;
        deaf = false;
    }

    void readable() {
        unreadable = null;
    }

    /** Returns true if the reason is new. */
    boolean unreadable(String reason) {
        boolean isNew = !reason.equals(unreadable);
        unreadable = reason;
        return isNew;
    }

    void suspect(long nowNanos) {
        if (deaf) {
            missed++;
        } else if (suspectNanos == null) {
            suspectNanos = nowNanos;
        }
    }

    void missedEdges(long nowNanos) {
        Long suspect = suspectNanos;
        if (suspect != null && nowNanos - suspect >= EDGE_GRACE.toNanos()) {
            suspectNanos = null;
            deaf = true;
            missed++;
        }
    }

    /** True if changes are to be told less often: too many of them, or a contact that does not rest. */
    boolean isBusy(Debouncer debouncer, SensorState.Chatter chatter, long nowNanos) {
        return told == Trouble.CHATTERING
                || told == Trouble.STUCK
                || chatters(chatter, nowNanos, 1.0)
                || isStuck(debouncer, nowNanos);
    }

    /** What has to be told now, or null if nothing has. */
    @Nullable
    Verdict judge(Debouncer debouncer, SensorState.Chatter chatter, long nowNanos) {
        Verdict verdict = present(debouncer, chatter, nowNanos);
        Trouble trouble = verdict.trouble();
        if (trouble != null) {
            badNanos = nowNanos;
            if (told != null && trouble.compareTo(told) <= 0) {
                return null;
            }
            told = trouble;
            return verdict;
        }
        boolean calm = nowNanos - badNanos >= RECOVERY.toNanos() && !chatters(chatter, nowNanos, 0.5);
        if ((told == null && before == null) || !calm) {
            return null;
        }
        told = null;
        before = null;
        return verdict;
    }

    /** A trouble that is told for the first time; not if it was told before the start and not over since. */
    private Verdict trouble(Trouble trouble, String reason) {
        return new Verdict(trouble, reason, before != null && trouble.compareTo(before) <= 0);
    }

    private Verdict present(Debouncer debouncer, SensorState.Chatter chatter, long nowNanos) {
        if (unreadable != null) {
            return trouble(Trouble.UNREADABLE, "can't be read: " + unreadable);
        }
        if (loop != null) {
            return trouble(Trouble.UNREADABLE, "can't be guarded, as its second line can't be read: " + loop);
        }
        if (deaf) {
            return trouble(
                    Trouble.DEAF,
                    "moved without an edge (" + missed + " so far); its level is read every " + FAST_READ.toMillis()
                            + " ms until edges come again");
        }
        if (isStuck(debouncer, nowNanos)) {
            return trouble(Trouble.STUCK, "has not come to rest for " + STUCK.toSeconds() + " s; look at its wiring");
        }
        if (chatters(chatter, nowNanos, 1.0)) {
            return trouble(
                    Trouble.CHATTERING,
                    "chatters: " + Math.round(chatter.edges().perMinute(nowNanos)) + " edges and "
                            + Math.round(chatter.changes().perMinute(nowNanos))
                            + " changes in the last minute; changes are told every "
                            + watch.chatterReport().toSeconds() + " s at most");
        }
        return new Verdict(null, "can be trusted again", false);
    }

    private boolean chatters(SensorState.Chatter chatter, long nowNanos, double share) {
        return chatter.edges().perMinute(nowNanos) > watch.edgesPerMinute() * share
                || chatter.changes().perMinute(nowNanos) > watch.changesPerMinute() * share;
    }

    private static boolean isStuck(Debouncer debouncer, long nowNanos) {
        Debouncer.Train train = debouncer.train();
        return train != null && nowNanos - train.unrestNanos() >= STUCK.toNanos();
    }
}
