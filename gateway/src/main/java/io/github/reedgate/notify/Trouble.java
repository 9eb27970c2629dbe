package io.github.reedgate.notify;

/** Why an attempt failed, as far as it decides what is done about it. */
public enum Trouble {
    /** The server can't be reached, or the connection broke. */
    NETWORK,
    /** Nothing came in time. */
    NO_ANSWER,
    /** The server is overloaded, or its limit is reached. */
    BUSY,
    /** The server has a fault of its own. */
    SERVER,
    /** It said yes, but not as the server does that it was meant for. */
    NOT_PROVEN,
    /** TLS failed: somebody has to mend it. */
    TLS,
    /** The server refuses: somebody has to mend it. */
    DENIED,
    /** A file here can't be used: somebody has to mend it. */
    LOCAL,
    /** The server refuses this very message. */
    UNFIT;

    /** Whether no waiting heals it. */
    boolean hasToBeMended() {
        return this == TLS || this == DENIED || this == LOCAL;
    }
}
