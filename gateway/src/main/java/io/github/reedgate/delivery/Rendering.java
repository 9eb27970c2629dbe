package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.message.LogMessages;
import io.github.reedgate.message.Message;
import java.time.Instant;

/**
 * Makes messages from rows of the log, with the right time if the clock was set after the event. Owned by the loop thread.
 */
final class Rendering {

    private final LogMessages messages;
    private long boot;
    private long wallMillisAtUptimeZero;
    private boolean isCorrected;

    Rendering(LogMessages messages) {
        this.messages = messages;
    }

    /** The clock was set: events of a start that had no trusted time get one. */
    void correctClock(long ofBoot, long wallMillis) {
        boot = ofBoot;
        wallMillisAtUptimeZero = wallMillis;
        isCorrected = true;
    }

    Message event(LogRow row, boolean replayed) {
        return messages.event(timed(row), replayed);
    }

    Message line(LogRow row, boolean replayed) {
        return messages.alarmLine(timed(row), replayed);
    }

    private LogRow timed(LogRow row) {
        return isCorrected && !row.clockSynced() && row.boot() == boot
                ? row.at(Instant.ofEpochMilli(wallMillisAtUptimeZero + row.uptimeMillis()))
                : row;
    }
}
