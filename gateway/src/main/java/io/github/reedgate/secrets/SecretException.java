package io.github.reedgate.secrets;

/**
 * A file with a password, token, certificate or key can't be used. The message says what is wrong and how to mend it; it holds
 * no secret.
 */
public final class SecretException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A failure with its reason and fix in words. */
    public SecretException(String message) {
        super(message);
    }

    /** A failure that another exception caused. */
    public SecretException(String message, Throwable cause) {
        super(message, cause);
    }
}
