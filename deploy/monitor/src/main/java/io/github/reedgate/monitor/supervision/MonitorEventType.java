package io.github.reedgate.monitor.supervision;

import java.util.Locale;

/** What the supervision reports; the word sent is the name in lower case. */
public enum MonitorEventType {
    /** A gateway is not heard for longer than its threshold. */
    GATEWAY_SILENT,
    /** A gateway that was silent or stopped is heard again. */
    GATEWAY_BACK,
    /** A gateway said that it stops; or stays away for too long after it did. */
    GATEWAY_STOPPED,
    /** A gateway fell silent at the wrong moment: the alarm is raised. */
    SILENCE_ALARM,
    /** An alarm that nobody has acknowledged is repeated. */
    SILENCE_REPEATED,
    /** An alarm is over, because somebody acknowledged it or the gateway is back and disarmed. */
    ACKNOWLEDGED,
    /** All gateways vanished at once. */
    LINK_LOST,
    /** The first of them is heard again. */
    LINK_RESTORED,
    /** Something was dropped because a bound was reached. */
    OVERFLOW;

    /** The word in the event. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if the event also goes to the alarm topic. */
    public boolean rings() {
        return this == SILENCE_ALARM || this == SILENCE_REPEATED;
    }
}
