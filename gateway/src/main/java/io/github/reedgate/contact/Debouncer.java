package io.github.reedgate.contact;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns the edges of a bouncing contact into settled positions. Immutable and pure: every method returns the next debouncer
 * and what was found, and time is an argument (monotonic nanoseconds that never go back).
 *
 * <pre>
 *               edge, differing read                   quiet time over
 *   at rest ──────────────────────────► train running ─────────────────► awaiting read
 *      ▲                                  ▲   │  ▲                          │      │
 *      │                                  │   │  └── read differs, edge ────┘      │
 *      │                        maximum   └───┘                                   │
 *      │                        wait: decided, train goes on                      │
 *      └──────────────────── read agrees: changed, first or glitch ───────────────┘
 * </pre>
 *
 * A train begins with the first edge and lasts until the contact has rested for the quiet time of the position it rests in.
 * Then the level is read again, since an edge may have been lost. A contact that does not rest is decided upon after
 * {@link Debounce#maxWait()}, by the position it was in for most of that time (open if equal), and again after each further
 * maximum wait. An edge that arrives late, after a deadline that nobody has acted on yet, is judged by its own time: the
 * deadline counts first.
 *
 * @param times the quiet times and the maximum wait
 * @param settled the settled position, or null while none is known
 * @param train the train that is running, or null at rest
 */
public record Debouncer(
        Debounce times,
        @Nullable Position settled,
        @Nullable Train train) {

    /** A debouncer that knows nothing yet: the first reading starts it. */
    public static Debouncer unknown(Debounce times) {
        return new Debouncer(times, null, null);
    }

    /** What an input led to. */
    public enum Kind {
        /** The first settled position ever, or since {@link #forgotten()}. */
        FIRST,
        /** The settled position changed. */
        CHANGED,
        /** A train ended where it began: a pulse too short to be a move. */
        GLITCH
    }

    /**
     * Something found.
     *
     * @param kind what
     * @param position the settled position, which for a glitch is the one it had before
     * @param atNanos when it happened: the first edge of the train
     * @param edges how many edges the train had so far
     */
    public record Finding(Kind kind, Position position, long atNanos, int edges) {}

    /**
     * A result.
     *
     * @param next the debouncer from now on
     * @param findings what was found, in order of time; mostly empty
     * @param readWanted true if the level has to be read now and given to {@link #read}
     */
    public record Result(Debouncer next, List<Finding> findings, boolean readWanted) {}

    /**
     * Edges that belong together.
     *
     * @param raw the position after the latest edge
     * @param unrestNanos when the contact left rest; stays while decisions are forced
     * @param windowNanos when the present maximum wait began
     * @param lastNanos the latest edge
     * @param openNanos how long the contact was open between {@code windowNanos} and {@code lastNanos}
     * @param edges edges in the present window
     * @param decided true if a forced decision has been made in this train
     * @param awaitingRead true if the quiet time is over and the level was asked for
     * @param byRead true if a reading began it and no edge came since: the edge that belongs to it may still be on its way,
     *     with the time at which the contact really moved
     */
    public record Train(
            Position raw,
            long unrestNanos,
            long windowNanos,
            long lastNanos,
            long openNanos,
            int edges,
            boolean decided,
            boolean awaitingRead,
            boolean byRead) {

        static Train starting(Position raw, long atNanos, int edges) {
            return new Train(raw, atNanos, atNanos, atNanos, 0, edges, false, false, false);
        }

        Train begunByRead() {
            return new Train(raw, unrestNanos, windowNanos, lastNanos, openNanos, edges, decided, awaitingRead, true);
        }

        Train edge(Position position, long atNanos) {
            return new Train(
                    position, unrestNanos, windowNanos, atNanos, openUntil(atNanos), edges + 1, decided, false, false);
        }

        Train reading() {
            return new Train(raw, unrestNanos, windowNanos, lastNanos, openNanos, edges, decided, true, byRead);
        }

        Train nextWindow(long atNanos) {
            return new Train(raw, unrestNanos, atNanos, lastNanos, 0, 0, true, false, byRead);
        }

        /** How long the contact was open in this window until {@code atNanos}. */
        long openUntil(long atNanos) {
            long from = Math.max(lastNanos, windowNanos);
            return raw == Position.OPEN ? openNanos + Math.max(0, atNanos - from) : openNanos;
        }
    }

    /** The position the line was last seen in, settled or not; null if never seen. */
    public @Nullable Position raw() {
        Train running = train;
        return running == null ? settled : running.raw();
    }

    /** When {@link #tick} has to be called next; empty at rest and while a read is awaited. */
    public OptionalLong deadlineNanos() {
        Train running = train;
        if (running == null || running.awaitingRead()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(isForcedFirst(running) ? forcedNanos(running) : quietNanos(running));
    }

    /**
     * An edge. One that is older than the reading which began the train tells when the contact really moved, and begins the
     * train anew; one that is older than the latest edge counts as of the same time.
     */
    public Result edge(Position position, long atNanos) {
        List<Finding> findings = new ArrayList<>(2);
        Train running = train;
        if (running != null && running.byRead() && atNanos - running.lastNanos() < 0) {
            return new Result(new Debouncer(times, settled, Train.starting(position, atNanos, 1)), findings, false);
        }
        long at = running != null && atNanos - running.lastNanos() < 0 ? running.lastNanos() : atNanos;
        Debouncer current = catchUp(at, findings);
        running = current.train;
        Train next = running == null ? Train.starting(position, at, 1) : running.edge(position, at);
        return new Result(new Debouncer(times, current.settled, next), findings, false);
    }

    /** A reading of the level: settles a train whose quiet time is over, starts one if it differs, else changes nothing. */
    public Result read(Position position, long atNanos) {
        Train running = train;
        if (running == null) {
            if (position == settled) {
                return new Result(this, List.of(), false);
            }
            Train next =
                    Train.starting(position, atNanos, settled == null ? 0 : 1).begunByRead();
            return new Result(new Debouncer(times, settled, next), List.of(), false);
        }
        if (position != running.raw()) {
            Result moved = edge(position, atNanos);
            Train next = moved.next().train;
            if (next == null || next.unrestNanos() == running.unrestNanos()) {
                return moved;
            }
            Debouncer begun = new Debouncer(times, moved.next().settled, next.begunByRead());
            return new Result(begun, moved.findings(), false);
        }
        if (!running.awaitingRead()) {
            return new Result(this, List.of(), false);
        }
        List<Finding> findings = new ArrayList<>(1);
        return new Result(rest(running, findings), findings, false);
    }

    /** Time passes: asks for a reading once the contact has rested, decides once it has not for too long. */
    public Result tick(long nowNanos) {
        List<Finding> findings = new ArrayList<>(1);
        Debouncer current = this;
        Train running = current.train;
        while (running != null && !running.awaitingRead() && isForcedFirst(running)) {
            if (nowNanos - forcedNanos(running) < 0) {
                return new Result(current, findings, false);
            }
            current = current.forced(running, findings);
            running = current.train;
        }
        if (running == null || running.awaitingRead() || nowNanos - quietNanos(running) < 0) {
            return new Result(current, findings, false);
        }
        return new Result(new Debouncer(times, current.settled, running.reading()), findings, true);
    }

    /** The same without any knowledge of the contact, as after the line could not be read. */
    public Debouncer forgotten() {
        return unknown(times);
    }

    /** Acts on deadlines that passed before an edge at {@code atNanos}; the edge itself proves the level until then. */
    private Debouncer catchUp(long atNanos, List<Finding> findings) {
        Debouncer current = this;
        Train running = current.train;
        while (running != null) {
            if (isForcedFirst(running) && atNanos - forcedNanos(running) >= 0) {
                current = current.forced(running, findings);
            } else if (atNanos - quietNanos(running) >= 0) {
                current = current.rest(running, findings);
            } else {
                return current;
            }
            running = current.train;
        }
        return current;
    }

    /** The train ends: the contact rests in its raw position. */
    private Debouncer rest(Train running, List<Finding> findings) {
        Position position = running.raw();
        if (settled == null) {
            findings.add(new Finding(Kind.FIRST, position, running.windowNanos(), running.edges()));
        } else if (position != settled) {
            findings.add(new Finding(Kind.CHANGED, position, running.windowNanos(), running.edges()));
        } else if (!running.decided() && running.edges() > 0) {
            findings.add(new Finding(Kind.GLITCH, position, running.unrestNanos(), running.edges()));
        }
        return new Debouncer(times, position, null);
    }

    /** The maximum wait is over: the position held for most of it is the truth, and the train goes on. */
    private Debouncer forced(Train running, List<Finding> findings) {
        long end = forcedNanos(running);
        boolean mostlyOpen = 2 * running.openUntil(end) >= times.maxWait().toNanos();
        Position position = mostlyOpen ? Position.OPEN : Position.CLOSED;
        if (position != settled) {
            Kind kind = settled == null ? Kind.FIRST : Kind.CHANGED;
            findings.add(new Finding(kind, position, running.windowNanos(), running.edges()));
        }
        return new Debouncer(times, position, running.nextWindow(end));
    }

    private boolean isForcedFirst(Train running) {
        return forcedNanos(running) - quietNanos(running) < 0;
    }

    private long forcedNanos(Train running) {
        return running.windowNanos() + times.maxWait().toNanos();
    }

    private long quietNanos(Train running) {
        return running.lastNanos() + (running.raw() == Position.OPEN ? times.open() : times.close()).toNanos();
    }
}
