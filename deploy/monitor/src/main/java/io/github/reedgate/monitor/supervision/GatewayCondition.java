package io.github.reedgate.monitor.supervision;

import java.util.Locale;

/** What the monitor publishes on {@code <root>/<gateway>/state}. */
public enum GatewayCondition {
    /** The gateway is heard. */
    OK,
    /** It is not heard, and did not say that it would stop. */
    SILENT,
    /** It said that it stops, and is not heard. */
    STOPPED,
    /** It is heard, but events of it are missing in the history. */
    INCOMPLETE,
    /** It is heard, but two different events have the same number. */
    CONFLICT,
    /** The monitor does not know yet. */
    UNKNOWN;

    /** The word on the topic. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
