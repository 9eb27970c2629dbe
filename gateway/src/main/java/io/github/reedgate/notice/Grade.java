package io.github.reedgate.notice;

import io.github.reedgate.event.EventType;
import java.util.Locale;

/** How much a notice matters; the order is that of importance. */
public enum Grade {
    /** It can wait until somebody looks. */
    ROUTINE,
    /** Something has to be mended. */
    FAULT,
    /** It has to wake people. */
    ALARM;

    /** The word in documents and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How much an event of a group matters. */
    static Grade of(NoticeGroup group, EventType type) {
        return switch (group) {
            case ALARMS, DURESS -> ALARM;
            case FAULTS ->
                switch (type) {
                    case SENSOR_OK,
                            STORE_OK,
                            LINK_RESTORED,
                            SUBSCRIPTION_RESTORED,
                            OUTPUT_OK,
                            NOTIFY_RESTORED,
                            PING_RESTORED,
                            STARTED,
                            STOPPING -> ROUTINE;
                    default -> FAULT;
                };
            case PANEL, MOVES -> ROUTINE;
        };
    }
}
