package io.github.reedgate.core;

import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.contact.Health;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.RateWindow;
import io.github.reedgate.contact.Trouble;
import io.github.reedgate.message.Messages;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one sensor. Immutable.
 *
 * @param debouncer its contact
 * @param told what subscribers were told last
 * @param trust whether it can be trusted
 * @param chatter how busy it is and what is held back because of that
 * @param glitches pulses too short to be a move
 * @param bounces edges beyond the one that each move needs
 * @param inputNanos the latest edge; those of a line never go back behind it
 * @param nextReadNanos when its level is to be read next, whatever the edges said
 * @param open how long the contact has been open, or null if it isn't or nobody wants to know
 * @param loop its second line, or null if it has none
 */
public record SensorState(
        Debouncer debouncer,
        Told told,
        Trust trust,
        Chatter chatter,
        Glitches glitches,
        long bounces,
        long inputNanos,
        long nextReadNanos,
        @Nullable Open open,
        @Nullable TamperLoopState loop) {

    /**
     * What subscribers were told last.
     *
     * @param position the position, or null if none was ever known; stays while the line cannot be read
     * @param since when it began, or null if never known
     * @param eventId id of the event that told it, or null if no event did
     * @param seq number of that event, or 0
     */
    public record Told(
            @Nullable Position position,
            @Nullable Instant since,
            @Nullable String eventId,
            long seq) {

        static final Told NOTHING = new Told(null, null, null, 0);
    }

    /**
     * Whether the sensor can be trusted.
     *
     * @param told the trouble that was told last and is not over, or null
     * @param badNanos when something was wrong last
     * @param unreadable why the line cannot be read, or null if it can
     * @param suspectNanos when a reading differed from what the edges said, or null; an edge that follows clears it
     * @param deaf true from a missed edge until an edge arrives
     * @param missed how many moves were found by reading instead of by an edge
     * @param before the trouble that was told before the start and has not been over since, or null
     */
    public record Trust(
            @Nullable Trouble told,
            long badNanos,
            @Nullable String unreadable,
            @Nullable Long suspectNanos,
            boolean deaf,
            long missed,
            @Nullable Trouble before) {

        static final Trust NEW = new Trust(null, 0, null, null, false, 0, null);

        /** As last told. */
        Health health() {
            return Trouble.healthOf(told);
        }

        /** The worst trouble of which nobody was told that it is over, or null. */
        @Nullable
        Trouble lasting() {
            return told == null || (before != null && before.compareTo(told) > 0) ? before : told;
        }

        /** True if nothing is wrong and nothing is suspected. */
        boolean isUnblemished() {
            return told == null && unreadable == null && suspectNanos == null && !deaf;
        }
    }

    /**
     * How busy the sensor is.
     *
     * @param edges edges in the last minute
     * @param changes settled changes in the last minute
     * @param toldNanos when a change was told last
     * @param heldBack changes not told one by one since the sensor began to chatter
     * @param openedNanos when the first opening that was held back happened, or null if none is
     * @param pending true if something that was held back has still to be told
     */
    public record Chatter(
            RateWindow edges,
            RateWindow changes,
            long toldNanos,
            long heldBack,
            @Nullable Long openedNanos,
            boolean pending) {

        Chatter plusEdge(long nowNanos) {
            return new Chatter(edges.plus(1, nowNanos), changes, toldNanos, heldBack, openedNanos, pending);
        }

        Chatter plusChange(long nowNanos) {
            return new Chatter(edges, changes.plus(1, nowNanos), toldNanos, heldBack, openedNanos, pending);
        }

        Chatter holdingBack(Position position, long atNanos) {
            boolean firstOpening = openedNanos == null && position == Position.OPEN;
            return new Chatter(
                    edges, changes, toldNanos, heldBack + 1, firstOpening ? Long.valueOf(atNanos) : openedNanos, true);
        }

        Chatter told(long nowNanos) {
            return new Chatter(edges, changes, nowNanos, heldBack, null, false);
        }

        Chatter calm() {
            return new Chatter(edges, changes, toldNanos, 0, openedNanos, pending);
        }
    }

    /**
     * Pulses too short to be a move.
     *
     * @param total all of them
     * @param untold those that no event has told yet
     * @param toldNanos when an event told some, or null if none did yet
     */
    public record Glitches(
            long total, long untold, @Nullable Long toldNanos) {}

    /**
     * How long the contact has been open.
     *
     * @param opening number of the event that told the opening, 0 if none did, or {@link #BEFORE}
     * @param sinceNanos when it was seen open first
     * @param told how many events told that it is left open
     * @param nextNanos when the next one is due, or null if none is
     */
    public record Open(
            long opening,
            long sinceNanos,
            int told,
            @Nullable Long nextNanos) {

        /** The {@code opening} of a contact that was left open before the start, until its first position is known. */
        static final long BEFORE = -1;
    }

    static SensorState starting(Debouncer debouncer, long nowNanos) {
        RateWindow quiet = RateWindow.starting(nowNanos);
        return new SensorState(
                debouncer,
                Told.NOTHING,
                Trust.NEW,
                new Chatter(quiet, quiet, nowNanos, 0, null, false),
                new Glitches(0, 0, null),
                0,
                nowNanos,
                nowNanos,
                null,
                null);
    }

    /** When the sensor has to be looked at next. */
    long deadlineNanos() {
        OptionalLong contact = debouncer.deadlineNanos();
        long deadline = contact.isEmpty() ? nextReadNanos : earlier(contact.getAsLong(), nextReadNanos);
        Long openNanos = open == null ? null : open.nextNanos();
        long next = openNanos == null ? deadline : earlier(openNanos, deadline);
        return loop == null ? next : loop.deadlineNanos(next);
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    /** The same with a trouble that was told before the start, or null. */
    SensorState withTroubleBefore(@Nullable Trouble trouble, long nowNanos) {
        Trust told = new Trust(
                trust.told(),
                trouble == null ? trust.badNanos() : nowNanos,
                trust.unreadable(),
                trust.suspectNanos(),
                trust.deaf(),
                trust.missed(),
                trouble);
        return new SensorState(
                debouncer, this.told, told, chatter, glitches, bounces, inputNanos, nextReadNanos, open, loop);
    }

    /** The same with what is known of how long the contact has been open. */
    SensorState withOpen(@Nullable Open next) {
        return new SensorState(
                debouncer, told, trust, chatter, glitches, bounces, inputNanos, nextReadNanos, next, loop);
    }

    /** The same with what is known of its second line. */
    SensorState withLoop(@Nullable TamperLoopState next) {
        return new SensorState(
                debouncer, told, trust, chatter, glitches, bounces, inputNanos, nextReadNanos, open, next);
    }

    /** The same with another beginning of the present state, as a corrected wall clock tells it. */
    SensorState withSince(Instant since) {
        Told corrected = new Told(told.position(), since, told.eventId(), told.seq());
        return new SensorState(
                debouncer, corrected, trust, chatter, glitches, bounces, inputNanos, nextReadNanos, open, loop);
    }

    /** The same with another number of the event that recorded its position. */
    SensorState renumbered(long by) {
        Told renumbered = new Told(told.position(), told.since(), told.eventId(), told.seq() + by);
        Open moved = open != null && open.opening() == told.seq()
                ? new Open(renumbered.seq(), open.sinceNanos(), open.told(), open.nextNanos())
                : open;
        return new SensorState(
                debouncer, renumbered, trust, chatter, glitches, bounces, inputNanos, nextReadNanos, moved, loop);
    }

    /** What the detail topic says. */
    Messages.Detail detail() {
        return new Messages.Detail(
                told.eventId(),
                told.seq(),
                debouncer.settled() == null ? null : told.since(),
                trust.health().word(),
                glitches.total(),
                bounces,
                loop == null ? null : loop.word());
    }

    /** True once its first position is known or it is known not to be readable. */
    boolean isLookedAt() {
        return told.position() != null || trust.unreadable() != null;
    }
}
