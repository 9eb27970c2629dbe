package io.github.reedgate.monitor.supervision;

import java.time.Duration;
import java.util.Locale;

/**
 * Sets of {@link Thresholds} that are named after the single-path categories of EN 50136-1:2012. The category's reporting time
 * is used while the panel is armed or disarmed. A name says where the number comes from; it certifies nothing.
 */
public enum ReportingPreset {
    /** After SP3: 30 minutes. */
    SP3(Duration.ofMinutes(30)),
    /** After SP4: 3 minutes. */
    SP4(Duration.ofMinutes(3)),
    /** After SP5: 90 seconds. */
    SP5(Duration.ofSeconds(90)),
    /** After SP6: 20 seconds. Only a Last Will shows silence so early, unless the gateway's heartbeat is 7 s or less. */
    SP6(Duration.ofSeconds(20));

    private final Duration reporting;

    ReportingPreset(Duration reporting) {
        this.reporting = reporting;
    }

    /** The thresholds: 15 s while an entry delay or an alarm runs, the reporting time otherwise. */
    public Thresholds thresholds() {
        return new Thresholds(Thresholds.DEFAULT.pending(), reporting, reporting);
    }

    /** The word in the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
