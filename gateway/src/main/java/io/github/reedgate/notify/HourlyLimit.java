package io.github.reedgate.notify;

import io.github.reedgate.notice.Notice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Limits the notifications of one target in an hour. Alarms and news of an incident have no limit; test alarms have one of their own, and
 * routine must leave something for faults. Owned by the loop thread; forgotten over a restart.
 */
final class HourlyLimit {

    /** So many notifications an hour are taken that belong to no alarm: a broken thing must not use up what the server takes. */
    static final int MOST = 30;

    /** So many of these may be routine: the rest is for faults. */
    static final int MOST_ROUTINE = 20;

    /** So many test alarms an hour are taken: whoever may ask for them is not the one who is woken. */
    static final int MOST_TESTS = 10;

    private static final Duration HOUR = Duration.ofHours(1);

    private final Deque<Long> tests = new ArrayDeque<>();
    private final Deque<Long> routine = new ArrayDeque<>();
    private final Deque<Long> faults = new ArrayDeque<>();

    /** Whether a notification is taken; counts it if it is. */
    boolean admits(Notice notice, long nowNanos) {
        Urgency urgency = Urgency.of(notice);
        if (urgency.isAlarm() || notice.incident() != null) {
            return true;
        }
        for (Deque<Long> one : List.of(tests, routine, faults)) {
            one.removeIf(at -> nowNanos - at >= HOUR.toNanos());
        }
        boolean hasRoom = switch (urgency) {
            case TEST -> tests.size() < MOST_TESTS;
            case ROUTINE -> routine.size() < MOST_ROUTINE && routine.size() + faults.size() < MOST;
            default -> routine.size() + faults.size() < MOST;
        };
        return hasRoom && of(urgency).add(nowNanos);
    }

    private Deque<Long> of(Urgency urgency) {
        return switch (urgency) {
            case TEST -> tests;
            case ROUTINE -> routine;
            default -> faults;
        };
    }
}
