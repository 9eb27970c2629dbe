package io.github.reedgate.app;

/** The gateway can't start; the message says why and what to do about it. */
public final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }

    StartException(String message) {
        super(message);
    }
}
