package io.github.reedgate.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an event on the event topic can be; the word sent is the name in lower case. */
public enum EventType {
    /** A contact opened. */
    OPENED,
    /** A contact closed. */
    CLOSED,
    /** A tamper contact opened. */
    TAMPERED,
    /** A tamper contact closed. */
    TAMPER_CLEARED,
    /** A contact has been open for longer than its owner wants. */
    LEFT_OPEN,
    /** It is no longer. */
    LEFT_OPEN_CLEARED,
    /** One or more pulses too short to be a move. */
    GLITCH,
    /** A sensor can't be trusted. */
    SENSOR_FAULT,
    /** A sensor can be trusted again. */
    SENSOR_OK,
    /** An output, such as a siren, can't be switched. */
    OUTPUT_FAULT,
    /** It can again. */
    OUTPUT_OK,
    /** A command was refused and did nothing. */
    COMMAND_REFUSED,
    /** A command was given with the code for those who are forced; it was carried out. */
    DURESS,
    /** The panel's exit delay begins. */
    ARMING,
    /** The panel is armed. */
    ARMED,
    /** The panel is disarmed. */
    DISARMED,
    /** A delayed sensor opened while armed: the entry delay begins. */
    PENDING,
    /** The alarm is raised, or one more sensor opened while it lasts. */
    TRIGGERED,
    /** Somebody knows of the alarm. */
    ACKNOWLEDGED,
    /** The panel could not be armed. */
    ARM_REFUSED,
    /** An alarm that nobody has acknowledged is told again. */
    ALARM_REPEATED,
    /** What the alarm panel had to remember is lost: it can't be read, or was never kept. */
    PANEL_LOST,
    /** A sensor was found open at the start while it was watched, and raised no alarm. */
    FOUND_OPEN,
    /** The gateway started. */
    STARTED,
    /** The gateway stops because it was told to. */
    STOPPING,
    /** The connection to the broker was lost. */
    LINK_LOST,
    /** The connection to the broker is back. */
    LINK_RESTORED,
    /** The wall clock was set, or is known to be right from now on. */
    CLOCK_CORRECTED,
    /** Events can't be kept on disk: they are held in memory and would not outlive a power cut. */
    STORE_FAULT,
    /** Events are kept on disk again. */
    STORE_OK,
    /** Something in the program failed that never should; it goes on, without what the failure cost. */
    GATEWAY_FAULT,
    /** Something was dropped because a bound was reached. */
    OVERFLOW,
    /** The broker has forgotten more of what it acknowledged than is sent again. */
    BROKER_FORGOT,
    /** Numbers of events are left out, as they were used before: an older state folder was put back, or another gateway runs. */
    NUMBERS_SKIPPED,
    /** A message that can't be delivered does not hold up the others any more; it is not tried again. */
    SET_ASIDE,
    /** A topic that commands come on is left out for a while, because its subscription ended the connections. */
    SUBSCRIPTION_LOST,
    /** It is subscribed to again. */
    SUBSCRIPTION_RESTORED,
    /** A notice was accepted by the server of its target. */
    NOTIFIED,
    /** A target can't be told anything, or not this. */
    NOTIFY_FAILED,
    /** A target can be told again. */
    NOTIFY_RESTORED,
    /** The URL that watches the gateway can't be called. */
    PING_FAILED,
    /** It can be called again. */
    PING_RESTORED,
    /** Somebody begins to move every sensor on purpose; the panel raises no alarm for what opens. */
    WALK_TEST_STARTED,
    /** That is over. */
    WALK_TEST_ENDED,
    /** A test that somebody asked for. */
    TEST;

    private static final Map<String, EventType> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::word, type -> type));

    /** The word sent. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with this word; empty if this version has none. */
    public static Optional<EventType> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
