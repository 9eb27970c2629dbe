package io.github.reedgate.message;

import io.github.reedgate.event.LogRow;

/** Makes the MQTT messages of events of the log. Safe for use by any thread. */
public interface LogMessages {

    /** The topic of {@link #event}. */
    String eventTopic();

    /** The topic of {@link #alarmLine}. */
    String alarmTopic();

    /**
     * The event of a row in JSON.
     *
     * @param replayed whether it leaves later than it could have
     */
    Message event(LogRow row, boolean replayed);

    /**
     * The line of text for a phone of a row that has one.
     *
     * @param replayed whether it leaves later than it could have
     */
    Message alarmLine(LogRow row, boolean replayed);
}
