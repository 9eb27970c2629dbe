package io.github.reedgate.link;

import io.github.reedgate.secrets.SecretException;

/** A connection cannot be prepared or made; the message says what is wrong and what to do about it, and holds no secret. */
public final class LinkException extends Exception {

    private static final long serialVersionUID = 1L;

    private final LinkTrouble trouble;

    /** A failure with its reason and fix in words. */
    public LinkException(LinkTrouble trouble, String message) {
        super(message);
        this.trouble = trouble;
    }

    /** A failure wrapped around the exception that caused it. */
    public LinkException(LinkTrouble trouble, String message, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    /** The same failure as one of {@link LinkTrouble#LOCAL_FILES}, with the same message. */
    static LinkException of(SecretException failure) {
        return new LinkException(LinkTrouble.LOCAL_FILES, String.valueOf(failure.getMessage()), failure);
    }

    /** What kind of trouble it is; decides how soon another attempt makes sense. */
    public LinkTrouble trouble() {
        return trouble;
    }
}
