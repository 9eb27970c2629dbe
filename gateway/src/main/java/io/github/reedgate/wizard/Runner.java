package io.github.reedgate.wizard;

import io.github.reedgate.wizard.Turn.Ask;
import io.github.reedgate.wizard.Turn.Do;
import io.github.reedgate.wizard.Turn.End;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

        /**
         * Says that a thread works now and that the person may end it by leaving: it is interrupted then.
         *
         * @param thread the thread; null if none works any more
         */
        default void works(@Nullable Thread thread) {}
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
        /** It failed or was declined. The hands know what of it is left. */
        NOT_WRITTEN,
        /** The person left. The hands know what of it is left. */
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
                screen.works(Thread.currentThread());
                hands.prepare(work.action());
            }
            turn.said().forEach(screen::say);
            if (turn.next() instanceof End end) {
                return end.isWritten() ? Result.WRITTEN : Result.NOT_WRITTEN;
            }
            if (turn.next() instanceof Do work) {
                Outcome outcome = done(work.action());
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

    /** Does something, and ends it at once if the person leaves. */
    private Outcome done(Action action) throws InterruptedException {
        try {
            Outcome outcome = hands.carryOut(action);
            boolean isLate = Thread.interrupted() && !(action instanceof Action.CarryOut); // that is over then
            return isLate ? new Outcome.Left() : outcome;
        } catch (InterruptedException e) {
            return new Outcome.Left();
        } finally {
            screen.works(null);
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
