package io.github.reedgate.app;

import io.github.reedgate.command.Match;
import io.github.reedgate.command.Proof;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Takes codes and signatures to the thread that checks them, and the panel's answers to those on this machine who asked. Used by the loop
 * thread; nothing here waits.
 */
final class CommandDesk {

    private final InputQueue queue;
    private final BiConsumer<Proof, Consumer<Match>> checker;
    private final Askers askers;

    /** Those on this machine who asked. Called by the loop thread once it is known whether what an answer says is on disk. */
    interface Askers {

        /** The panel has answered a command. */
        void answered(StepOutput.PanelAnswered answered, boolean stored);

        /** The core has answered about a walk test. */
        void walked(StepOutput.WalkAnswered answered, boolean stored);

        /** A test alarm was raised. */
        void raised(StepOutput.TestRaised raised, boolean stored);
    }

    /**
     * A desk.
     *
     * @param queue where the outcome of a check arrives
     * @param checker has a code or signature checked and returns at once; the other argument is told whose it is, on any thread
     * @param askers gets each answer
     */
    CommandDesk(InputQueue queue, BiConsumer<Proof, Consumer<Match>> checker, Askers askers) {
        this.queue = queue;
        this.checker = checker;
        this.askers = askers;
    }

    /** Has a code or signature checked; what comes of it arrives as an event. */
    void check(StepOutput.CodeCheck wanted) {
        checker.accept(
                wanted.proof(),
                match -> queue.offer(new LoopInput.Core(new Input.CodeChecked(wanted.command(), match))));
    }

    /** Gives an answer to whoever asked. */
    void answer(StepOutput.Answer answer, boolean stored) {
        if (answer instanceof StepOutput.PanelAnswered answered) {
            askers.answered(answered, stored);
        } else if (answer instanceof StepOutput.WalkAnswered answered) {
            askers.walked(answered, stored);
        } else if (answer instanceof StepOutput.TestRaised raised) {
            askers.raised(raised, stored);
        }
    }
}
