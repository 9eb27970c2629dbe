package io.github.reedgate.core;

import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.line.Level;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a sensor's second line. Immutable.
 *
 * @param debouncer closed while nothing is wrong
 * @param own the latest level of the sensor's own line, or null if it is not known
 * @param other the latest level of the second line, or null if it is not known
 * @param inputNanos the latest edge of either line
 * @param told what was told last; null if nothing is known since the start
 * @param clearNanos when it is to be told that nothing is wrong any more, or null if it isn't
 * @param unreadable why the second line can't be read, or null if it can
 */
record TamperLoopState(
        Debouncer debouncer,
        @Nullable Level own,
        @Nullable Level other,
        long inputNanos,
        TamperLoop.@Nullable Tamper told,
        @Nullable Long clearNanos,
        @Nullable String unreadable) {

    static TamperLoopState starting(Debouncer debouncer, long nowNanos) {
        return new TamperLoopState(debouncer, null, null, nowNanos, null, null, null);
    }

    /** True if somebody tampers with it, as far as was told. */
    boolean isTampered() {
        return told != null && told != TamperLoop.Tamper.OK;
    }

    /** True if a reading of the second line that shows this level changes nothing. */
    boolean expects(Level level) {
        return level == other
                && told != null
                && clearNanos == null
                && unreadable == null
                && debouncer.train() == null
                && debouncer.settled() == (isTampered() ? Position.OPEN : Position.CLOSED);
    }

    /** When it has to be looked at next, if that is before {@code deadline}; else that. */
    long deadlineNanos(long deadline) {
        OptionalLong settling = debouncer.deadlineNanos();
        long next = settling.isPresent() && settling.getAsLong() - deadline < 0 ? settling.getAsLong() : deadline;
        return clearNanos != null && clearNanos - next < 0 ? clearNanos : next;
    }

    /** The word in the detail. */
    String word() {
        return told == null || unreadable != null ? "unknown" : told.name().toLowerCase(Locale.ROOT);
    }
}
