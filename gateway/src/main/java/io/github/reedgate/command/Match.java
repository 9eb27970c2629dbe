package io.github.reedgate.command;

/** Whose code it is: what comes of checking one. Immutable. */
public sealed interface Match {

    /**
     * A user's.
     *
     * @param user whose
     * @param duress true if it is the code they enter when they are forced to
     */
    record Known(User user, boolean duress) implements Match {}

    /** Nobody's. */
    record Nobody() implements Match {}

    /** There are no users at all. */
    record NoUsers() implements Match {}

    /** The users can't be read. */
    record Unreadable() implements Match {}

    /** It was not checked, because too many others wait to be. */
    record Busy() implements Match {}
}
