package io.github.reedgate.sim;

import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One reed switch at one door: the door's position, the contact's faults and the edges still to come. Owned by
 * {@link SimulatedLines} and guarded by its lock; only {@link #level} and {@link #throwing()} may be read without it.
 */
final class SimulatedSwitch {

    private static final long SHORTEST_QUIET_NANOS = 1_000_000_000L;
    private static final long LONGEST_QUIET_NANOS = 10_000_000_000L;

    private final SwitchSettings settings;
    private final ArrayDeque<TimedEdge> pending = new ArrayDeque<>();
    private SplittableRandom random;
    private DoorPosition position = DoorPosition.CLOSED;
    private Fault fault = Fault.NONE;
    private boolean deaf;
    private long edgesSent;
    private long twitchAtNanos;
    private long lastEdgeNanos = Long.MIN_VALUE;
    private volatile LineLevel level;
    private volatile Throwing throwing = Throwing.OFF;

    /** A closed door with a sound contact. */
    SimulatedSwitch(SwitchSettings settings, long seed) {
        this.settings = settings;
        this.level = settings.level(DoorPosition.CLOSED);
        this.random = random(seed);
    }

    private SplittableRandom random(long seed) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + settings.offset());
    }

    /** Its settings. */
    SwitchSettings settings() {
        return settings;
    }

    /** The line's level now; safe for any thread. */
    LineLevel level() {
        return level;
    }

    /** Starts chance anew. */
    void seed(long seed) {
        random = random(seed);
    }

    /** Moves the door; the contact follows unless it is stuck. Returns false if the door was there already. */
    boolean move(DoorPosition target, BounceModel model, long nowNanos) {
        if (position == target) {
            return false;
        }
        position = target;
        if (fault != Fault.STUCK) {
            follow(model, nowNanos);
        }
        return true;
    }

    /** Lets the contact twitch and come to rest where the door is, or where it is stuck. */
    void bounce(BounceModel model, long nowNanos) {
        LineLevel rest = rest();
        plan(model.train(level, rest, random), nowNanos);
    }

    /** Sets a fault: one that sticks in mid-bounce stays as it is, one that no longer sticks goes to where the door is. */
    void fault(Fault next, long nowNanos) {
        boolean wasStuck = fault == Fault.STUCK;
        if (next == Fault.STUCK) {
            pending.clear();
        }
        fault = next;
        if (next == Fault.INTERMITTENT) {
            twitchAtNanos = nowNanos + random.nextLong(SHORTEST_QUIET_NANOS, LONGEST_QUIET_NANOS);
        }
        if (wasStuck && next != Fault.STUCK) {
            BounceModel model = level == settings.level(position) ? BounceModel.CLEAN : BounceModel.REED;
            follow(model, nowNanos);
        }
    }

    /** Keeps level changes from the listener, or no longer. */
    void deaf(boolean on) {
        deaf = on;
    }

    /** Lets reading or edges throw, or no longer. */
    void throwing(Throwing what) {
        throwing = what;
    }

    /** What it throws; safe for any thread. */
    Throwing throwing() {
        return throwing;
    }

    /** When the next edge or twitch is due, {@link Long#MAX_VALUE} if nothing is. */
    long dueNanos() {
        TimedEdge next = pending.peek();
        if (next != null) {
            return next.offsetNanos();
        }
        return fault == Fault.INTERMITTENT ? Math.max(twitchAtNanos, lastEdgeNanos + 1) : Long.MAX_VALUE;
    }

    /** Plays what is due next: the next edge, or the beginning of a twitch, which has its first edge at the same time. */
    LineEdge play() {
        if (pending.isEmpty()) {
            long beginNanos = dueNanos();
            plan(BounceModel.LOOSE.train(level, rest(), random), beginNanos);
            twitchAtNanos =
                    beginNanos + BounceModel.MAX_NANOS + random.nextLong(SHORTEST_QUIET_NANOS, LONGEST_QUIET_NANOS);
        }
        TimedEdge edge = pending.remove();
        level = edge.level();
        lastEdgeNanos = edge.offsetNanos();
        if (!deaf) {
            edgesSent++;
        }
        return new LineEdge(edge.offsetNanos(), settings.name(), settings.offset(), edge.level(), !deaf);
    }

    /** What it looks like now. */
    SwitchStatus status() {
        return new SwitchStatus(settings.name(), settings.offset(), position, level, fault, deaf, throwing, edgesSent);
    }

    private LineLevel rest() {
        return fault == Fault.STUCK ? level : settings.level(position);
    }

    private void follow(BounceModel model, long nowNanos) {
        plan(model.train(level, settings.level(position), random), nowNanos);
    }

    private void plan(List<TimedEdge> train, long nowNanos) {
        pending.clear();
        for (TimedEdge edge : train) {
            pending.add(new TimedEdge(nowNanos + edge.offsetNanos(), edge.level()));
        }
    }
}
