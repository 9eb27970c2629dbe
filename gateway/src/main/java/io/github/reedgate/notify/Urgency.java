package io.github.reedgate.notify;

import io.github.reedgate.event.EventType;
import io.github.reedgate.notice.Notice;

/** How much a notification matters in its queue; the order is that in which notifications are dropped if too many wait. */
enum Urgency {
    /** A test alarm: loud on the phone, but nothing has happened. */
    TEST,
    /** It can wait until somebody looks. */
    ROUTINE,
    /** Something has to be mended. */
    FAULT,
    /** An alarm that was sent before and that nobody has acknowledged. */
    REPEAT,
    /** An alarm that the target does not know of yet. */
    ALARM;

    /** How much a notification matters. */
    static Urgency of(Notice notice) {
        if (notice.event().type() == EventType.TEST) {
            return TEST;
        }
        return switch (notice.grade()) {
            case ROUTINE -> ROUTINE;
            case FAULT -> FAULT;
            case ALARM -> notice.repeat() > 0 ? REPEAT : ALARM;
        };
    }

    /** Whether people have to be woken. */
    boolean isAlarm() {
        return this == REPEAT || this == ALARM;
    }
}
