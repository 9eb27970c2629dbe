package io.github.reedgate.notice;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is told next of the incident that nobody has acknowledged yet, and when. Immutable.
 *
 * @param incident the incident's id
 * @param first the event that raised it, with its line
 * @param raisedNanos when that was, on the monotonic clock
 * @param dues one for each target that is told of it
 */
public record NoticePlan(String incident, Told first, long raisedNanos, List<Due> dues) {

    /** Copies the list. */
    public NoticePlan {
        dues = List.copyOf(dues);
    }

    /**
     * When a target is told next.
     *
     * @param target its id
     * @param nextNanos when, on the monotonic clock; null if never
     * @param times how often it was told
     */
    public record Due(String target, @Nullable Long nextNanos, int times) {

        Due earlierBy(long nanos) {
            return new Due(target, nextNanos == null ? null : Long.valueOf(nextNanos - nanos), times);
        }
    }

    /** When somebody is due next, on the monotonic clock; null if nobody is. */
    public @Nullable Long nextNanos() {
        Long next = null;
        for (Due due : dues) {
            Long other = due.nextNanos();
            if (other != null && (next == null || other - next < 0)) {
                next = other;
            }
        }
        return next;
    }

    /** The same with all of it earlier: time has passed that no clock here has counted. */
    public NoticePlan earlierBy(long nanos) {
        return new NoticePlan(
                incident,
                first,
                raisedNanos - nanos,
                dues.stream().map(due -> due.earlierBy(nanos)).toList());
    }

    /** Whether a target was told of it. */
    public boolean wasTold(String target) {
        return of(target).map(due -> due.times() > 0).orElse(false);
    }

    Optional<Due> of(String target) {
        return dues.stream().filter(due -> due.target().equals(target)).findFirst();
    }
}
