package io.github.reedgate.wizard;

import java.util.List;

/**
 * What follows an answer or an action. Immutable.
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

    /** How a question is answered. */
    public enum Kind {
        /** An empty answer stands for the suggestion. */
        CHOICE,
        /** The suggestion stands there to be edited; an empty answer is an empty one. */
        EDIT,
        /** The answer is not shown. */
        SECRET
    }

    /**
     * A question.
     *
     * @param prompt its text, without a colon
     * @param suggestion what may be taken or edited; empty for nothing
     * @param kind how it is answered
     */
    public record Ask(String prompt, String suggestion, Kind kind) implements Next {

        /** The question with what an empty answer stands for. */
        public String text() {
            return kind == Kind.CHOICE && !suggestion.isEmpty() ? prompt + " [" + suggestion + "]" : prompt;
        }

        /** What an answer stands for. */
        public String meant(String typed) {
            if (kind == Kind.SECRET) {
                return typed;
            }
            String stripped = typed.strip();
            return kind == Kind.CHOICE && stripped.isEmpty() ? suggestion : stripped;
        }
    }

    /** Something to be done. */
    public record Do(Action action) implements Next {}

    /**
     * The end.
     *
     * @param isWritten true if all went well
     */
    public record End(boolean isWritten) implements Next {}
}
