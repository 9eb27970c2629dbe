package io.github.reedgate.wizard;

import io.github.reedgate.wizard.Turn.Ask;
import io.github.reedgate.wizard.Turn.Do;
import io.github.reedgate.wizard.Turn.End;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Leads the conversation through ports. Owned by one thread; blocks while a person thinks. */
public final class Runner {

    private static final String BACK = "b";

    private final Wizard wizard;
    private final Screen screen;
    private final Hands hands;
    private final Deque<State> asked = new ArrayDeque<>();

    /** The port to the person. Blocks until there is an answer. */
    public interface Screen {

        /** Shows something. */
        void say(Said said);

        /**
         * Asks.
         *
         * @return the answer as it was typed; empty if the person leaves
         */
        Optional<String> ask(Ask question);
    }

    /** The port to the machine. Blocks until it is done. */
    @FunctionalInterface
    public interface Hands {

        /** Does it. */
        Outcome carryOut(Action action) throws InterruptedException;

        /** Makes ready what {@link #carryOut} begins with, before the person is told to do something. May block for seconds. */
        default void prepare(Action action) {}
    }

    /** How it ended. */
    public enum Result {
        /** All is written and was tried. */
        WRITTEN,
        /** It failed or was declined, and nothing is changed. */
        NOT_WRITTEN,
        /** The person left, and nothing is changed. */
        LEFT,
        /** There is a question and nobody to ask. */
        NOBODY
    }

    /** Leads a conversation. */
    public Runner(Wizard wizard, Screen screen, Hands hands) {
        this.wizard = wizard;
        this.screen = screen;
        this.hands = hands;
    }

    /**
     * From the first question to the end.
     *
     * @param asks false if there is nobody to ask
     */
    public Result run(boolean asks) throws InterruptedException {
        Turn turn = wizard.begin();
        while (true) {
            if (turn.next() instanceof Do work) {
                hands.prepare(work.action());
            }
            turn.said().forEach(screen::say);
            if (turn.next() instanceof End end) {
                return end.isWritten() ? Result.WRITTEN : Result.NOT_WRITTEN;
            }
            if (turn.next() instanceof Do work) {
                Outcome outcome = hands.carryOut(work.action());
                if (outcome instanceof Outcome.Left) {
                    return Result.LEFT;
                }
                turn = wizard.happened(turn.state(), outcome);
            } else if (turn.next() instanceof Ask question) {
                Optional<String> answer = asks ? screen.ask(question) : Optional.empty();
                if (answer.isEmpty()) {
                    return asks ? Result.LEFT : Result.NOBODY;
                }
                String meant = question.meant(answer.get());
                turn = meant.equals(BACK) ? back(turn.state()) : forward(turn.state(), meant);
            }
        }
    }

    private Turn forward(State state, String answer) {
        asked.push(state);
        Turn next = wizard.answer(state, answer);
        if (next.next() instanceof Ask && next.state().at() == state.at()) {
            asked.pop(); // the same question again: there is nothing to go back to
        }
        return next;
    }

    private Turn back(State now) {
        if (asked.isEmpty()) {
            screen.say(new Said.Text("This is the first question; Ctrl-C leaves."));
            return wizard.again(now);
        }
        return wizard.again(asked.pop());
    }
}
