package io.github.reedgate.monitor.record;

import org.jspecify.annotations.Nullable;

/** The history can't be read or written; the message says what failed, why, and what to do about it. */
public final class HistoryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A failure with its reason and fix in words. */
    public HistoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
