package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;

/** A topic whose messages are made from the event log. Each one has a reader of its own. */
public enum LogTopic {
    /** All events, in JSON. */
    EVENT(1_024, 256),
    /** A line of text for each event of the highest priority. */
    ALARM(128, 64);

    private final int window;
    private final int page;

    LogTopic(int window, int page) {
        this.window = window;
        this.page = page;
    }

    /** Whether an event has a message on this topic. */
    public boolean has(LogRow row) {
        return this == EVENT || row.hasLine();
    }

    /** How many rows a reader has at hand at most, but for what arrives in one page. */
    int window() {
        return window;
    }

    /** How many rows are read at a time. */
    int page() {
        return page;
    }
}
