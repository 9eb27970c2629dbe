package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Payloads;
import java.time.Instant;

/**
 * Makes messages from rows of the log, with the right time if the clock was set after the event. Owned by the loop thread.
 */
final class Rendering {

    private final Payloads payloads;
    private long boot;
    private long wallMillisAtUptimeZero;
    private boolean isCorrected;

    Rendering(Payloads payloads) {
        this.payloads = payloads;
    }

    /** The clock was set: events of a start that had no trusted time get one. */
    void correctClock(long ofBoot, long wallMillis) {
        boot = ofBoot;
        wallMillisAtUptimeZero = wallMillis;
        isCorrected = true;
    }

    Message event(LogRow row, boolean replayed) {
        return payloads.event(timed(row), replayed);
    }

    Message line(LogRow row, boolean replayed) {
        return payloads.alarmLine(timed(row), replayed);
    }

    private LogRow timed(LogRow row) {
        return isCorrected && !row.clockSynced() && row.boot() == boot
                ? row.at(Instant.ofEpochMilli(wallMillisAtUptimeZero + row.uptimeMillis()))
                : row;
    }
}
