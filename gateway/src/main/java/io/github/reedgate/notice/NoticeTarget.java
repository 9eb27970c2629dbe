package io.github.reedgate.notice;

import java.time.Duration;
import java.util.Set;

/**
 * A notification target, as far as it has to be known to decide which notifications it gets and when. Immutable.
 *
 * @param id its id: {@code [a-z0-9_-]{1,32}}
 * @param groups what it is notified of
 * @param repeat how often the notification of an alarm is repeated until it is acknowledged; zero for never
 * @param after how long an alarm has to be unacknowledged before this target is notified at all; zero for at once. A target with
 *     such a delay is not notified of alarms that nobody can acknowledge.
 */
public record NoticeTarget(String id, Set<NoticeGroup> groups, Duration repeat, Duration after) {

    /** Copies the set. */
    public NoticeTarget {
        groups = Set.copyOf(groups);
    }

    /** Whether it is told only what nobody has acknowledged for a while. */
    boolean isEscalation() {
        return !after.isZero();
    }
}
