package io.github.reedgate.line;

/** A GPIO line could not be requested or read; the message says which, why and what to do about it. */
public final class LineException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A failure with its reason and fix in words. */
    public LineException(String message) {
        super(message);
    }

    /** A failure wrapped around the library's own exception. */
    public LineException(String message, Throwable cause) {
        super(message, cause);
    }
}
