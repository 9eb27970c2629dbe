package io.github.reedgate.setup;

/** What was asked for can't be set up; the message says what, why and what to do. */
public final class SetupException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A refusal in words. */
    public SetupException(String message) {
        super(message);
    }

    /** A refusal with what caused it. */
    public SetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
