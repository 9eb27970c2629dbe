package io.github.reedgate.notice;

import java.time.Duration;
import java.util.Set;

/**
 * Somebody who is told, as far as it has to be known to decide what and when. Immutable.
 *
 * @param id its id: {@code [a-z0-9_-]{1,32}}
 * @param groups what it is told
 * @param repeat how often an alarm is told again until it is acknowledged; zero for once
 * @param after how long an alarm has to be unacknowledged before it is told at all; zero for at once. Alarms that nobody can
 *     acknowledge are told only those who are told at once.
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
