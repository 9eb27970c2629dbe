package io.github.reedgate.wizard;

import java.util.List;

/** Finds out what comes after a part of the conversation is over. */
@FunctionalInterface
interface Flow {

    /** The next question or action, after something is said. */
    Turn onward(State state, List<Said> said);

    static boolean isYes(String text) {
        return text.matches("(?i)y|yes");
    }

    static boolean isNo(String text) {
        return text.matches("(?i)n|no");
    }
}
