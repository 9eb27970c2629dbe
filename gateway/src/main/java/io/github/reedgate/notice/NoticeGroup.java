package io.github.reedgate.notice;

import io.github.reedgate.event.EventType;
import java.util.Locale;
import java.util.Optional;

/** Kinds of events that a target can want to be told; a word of the configuration is the name in lower case. */
public enum NoticeGroup {
    /** Whatever also goes to the alarm topic: it rings. */
    ALARMS,
    /** Something does not work, or works again. */
    FAULTS,
    /** What became of the alarm panel, and who did it. */
    PANEL,
    /** Contacts that opened and closed. */
    MOVES,
    /** A command was given under force. Never part of another group: whoever forces may look at the phone. */
    DURESS;

    /** The word in the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The group of an event; empty if it is told nobody.
     *
     * @param type what happened
     * @param rings whether it also goes to the alarm topic
     */
    static Optional<NoticeGroup> of(EventType type, boolean rings) {
        return rings ? Optional.of(ALARMS) : ofQuiet(type);
    }

    private static Optional<NoticeGroup> ofQuiet(EventType type) {
        return switch (type) {
            case DURESS -> Optional.of(DURESS);
            case OPENED, CLOSED, TAMPERED, TAMPER_CLEARED, LEFT_OPEN, LEFT_OPEN_CLEARED, FOUND_OPEN ->
                Optional.of(MOVES);
            case ARMING,
                    ARMED,
                    DISARMED,
                    PENDING,
                    TRIGGERED,
                    ACKNOWLEDGED,
                    ARM_REFUSED,
                    COMMAND_REFUSED,
                    PANEL_LOST,
                    WALK_TEST_STARTED,
                    WALK_TEST_ENDED -> Optional.of(PANEL);
            case SENSOR_FAULT,
                    SENSOR_OK,
                    STARTED,
                    STOPPING,
                    LINK_LOST,
                    LINK_RESTORED,
                    STORE_FAULT,
                    STORE_OK,
                    GATEWAY_FAULT,
                    OVERFLOW,
                    NUMBERS_SKIPPED,
                    SET_ASIDE,
                    SUBSCRIPTION_LOST,
                    SUBSCRIPTION_RESTORED,
                    OUTPUT_FAULT,
                    OUTPUT_OK,
                    PING_FAILED,
                    PING_RESTORED,
                    NOTIFY_FAILED,
                    NOTIFY_RESTORED -> Optional.of(FAULTS);
            case GLITCH, BROKER_FORGOT, CLOCK_CORRECTED, ALARM_REPEATED, NOTIFIED, TEST -> Optional.empty();
        };
    }
}
