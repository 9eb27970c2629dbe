package io.github.reedgate.command;

import org.jspecify.annotations.Nullable;

/** What comes of a command. Immutable. */
public sealed interface Verdict {

    /**
     * It is refused and does nothing.
     *
     * @param action what was ordered, or null if that can't be read
     * @param why the reason
     * @param notice whether and how it is told
     */
    record Refused(@Nullable Action action, Refusal why, Notice notice) implements Verdict {}

    /**
     * Its code or signature is to be checked before it is judged.
     *
     * @param command the command
     * @param proof its code or signature
     */
    record Check(Command command, Proof proof) implements Verdict {}

    /**
     * It is to be carried out.
     *
     * @param command the command
     * @param by the user, or empty text if no code was needed and none given
     * @param mayDisarm whether the user may disarm; false if no code was needed and none given
     * @param duress true if the user was forced
     */
    record Granted(Command command, String by, boolean mayDisarm, boolean duress) implements Verdict {}

    /**
     * How a refusal is told. Not each is: a flood of them must not push other events out of the store.
     *
     * @param told false if it is counted only
     * @param replied whether it is answered: each reported one is, and each of a user who proved to be one
     * @param untold how many refusals were counted only since one was told last
     * @param tries how many wrong codes there were since the last right one
     * @param lockedSeconds for how long codes are refused from now on; 0 if they are not
     */
    record Notice(boolean told, boolean replied, long untold, int tries, long lockedSeconds) {}
}
