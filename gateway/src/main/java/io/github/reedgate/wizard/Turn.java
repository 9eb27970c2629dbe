package io.github.reedgate.wizard;

import java.util.List;

/**
 * What follows an answer or a deed. Immutable.
 *
 * @param state where the conversation is now
 * @param said what is shown first
 * @param next what comes then
 */
public record Turn(State state, List<Said> said, Next next) {

    /** Copies the list. */
    public Turn {
        said = List.copyOf(said);
    }

    /** What comes next. */
    public sealed interface Next {}

    /**
     * A question.
     *
     * @param prompt its text, without a colon
     * @param suggestion what stands there to be edited or taken; empty for nothing
     * @param isSecret true if the answer is not shown
     */
    public record Ask(String prompt, String suggestion, boolean isSecret) implements Next {}

    /** Something to be done. */
    public record Do(Deed deed) implements Next {}

    /**
     * The end.
     *
     * @param isWritten true if all went well
     */
    public record End(boolean isWritten) implements Next {}
}
