package io.github.reedgate.notify;

import io.github.reedgate.notice.Button;
import io.github.reedgate.notice.Notice;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One attempt to tell a notice. Immutable.
 *
 * @param target whom
 * @param attempt the attempt's number, returned with the answer
 * @param notice what
 * @param delay how late it is
 * @param words what its buttons send; empty if it has none
 */
public record Dispatch(NotifyTarget target, long attempt, Notice notice, Delay delay, Map<Button, String> words) {

    /** Copies the words, in the order of the buttons. */
    public Dispatch {
        words = words.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(words));
    }

    /** One without buttons. */
    public Dispatch(NotifyTarget target, long attempt, Notice notice, Delay delay) {
        this(target, attempt, notice, delay, Map.of());
    }
}
