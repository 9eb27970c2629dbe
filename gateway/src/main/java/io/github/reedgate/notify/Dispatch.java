package io.github.reedgate.notify;

import io.github.reedgate.notice.Notice;
import java.util.Optional;

/**
 * One attempt to tell a notice. Immutable.
 *
 * @param target whom
 * @param attempt the attempt's number, returned with the answer
 * @param notice what
 * @param delay how late it is
 * @param word what its button sends to acknowledge; empty if it has none
 */
public record Dispatch(NotifyTarget target, long attempt, Notice notice, Delay delay, Optional<String> word) {

    /** One without a button. */
    public Dispatch(NotifyTarget target, long attempt, Notice notice, Delay delay) {
        this(target, attempt, notice, delay, Optional.empty());
    }
}
