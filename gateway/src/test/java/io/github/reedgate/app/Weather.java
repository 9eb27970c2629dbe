package io.github.reedgate.app;

/** What a {@link VirtualLine} is like. */
enum Weather {
    /** Everything passes. */
    FINE,
    /** Connections are reset, attempts refused. */
    CUT,
    /** Nothing passes, and nobody is told. */
    FROZEN,
    /** The broker does not let this user in. */
    UNWELCOME
}
