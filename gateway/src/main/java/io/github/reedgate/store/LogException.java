package io.github.reedgate.store;

import org.jspecify.annotations.Nullable;

/** The store can't be read by {@link EventLog}; the message says why and what to do about it. */
public final class LogException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A failure with its reason and fix in words. */
    LogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
