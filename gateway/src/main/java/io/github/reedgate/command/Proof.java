package io.github.reedgate.command;

/** What shows who gave a command; checked elsewhere, as that needs the users. Immutable, and never shown. */
public sealed interface Proof permits Code, Signature {}
