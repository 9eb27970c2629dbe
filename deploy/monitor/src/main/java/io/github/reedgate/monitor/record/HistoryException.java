package io.github.reedgate.monitor.record;

import org.jspecify.annotations.Nullable;

/** The history can't be read or written; the message says what failed, why, and what to do about it. */
public final class HistoryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean isOfData;

    /** A failure with its reason and fix in words. Trying again may help, so it says nothing against the data. */
    public HistoryException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /**
     * A failure with its reason and fix in words.
     *
     * @param isOfData true if the database refused the data itself: trying again with the same data fails again
     */
    public HistoryException(String message, @Nullable Throwable cause, boolean isOfData) {
        super(message, cause);
        this.isOfData = isOfData;
    }

    /** True if the database refused the data itself; false for a database that is full, damaged or can't be reached. */
    public boolean isOfData() {
        return isOfData;
    }
}
