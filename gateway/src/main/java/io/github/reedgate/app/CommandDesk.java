package io.github.reedgate.app;

import io.github.reedgate.command.Match;
import io.github.reedgate.command.Proof;
import io.github.reedgate.core.Effect;
import io.github.reedgate.core.Input;
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
        void answered(Effect.PanelAnswered answered, boolean stored);

        /** The core has answered about a walk test. */
        void walked(Effect.WalkAnswered answered, boolean stored);

        /** A test alarm was raised. */
        void raised(Effect.TestRaised raised, boolean stored);
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
    void check(Effect.CheckCode wanted) {
        checker.accept(
                wanted.proof(),
                match -> queue.offer(new LoopInput.Core(new Input.CodeChecked(wanted.command(), match))));
    }

    /** Gets the answers. */
    Askers askers() {
        return askers;
    }
}
