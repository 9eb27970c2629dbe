package io.github.reedgate.app;

import io.github.reedgate.command.Match;
import io.github.reedgate.command.Proof;
import io.github.reedgate.core.Effect;
import io.github.reedgate.core.Event;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Takes codes and signatures to the thread that checks them, and the panel's answers to those on this machine who asked. Used by the loop
 * thread; nothing here waits.
 */
final class CommandDesk {

    private final InputQueue queue;
    private final BiConsumer<Proof, Consumer<Match>> checker;
    private final Consumer<Effect.PanelAnswered> answers;
    private final Consumer<Effect.WalkAnswered> walks;

    /**
     * A desk.
     *
     * @param queue where the outcome of a check arrives
     * @param checker has a code or signature checked and returns at once; the other argument is told whose it is, on any thread
     * @param answers told of each answer of the panel
     * @param walks told of each answer about a walk test
     */
    CommandDesk(
            InputQueue queue,
            BiConsumer<Proof, Consumer<Match>> checker,
            Consumer<Effect.PanelAnswered> answers,
            Consumer<Effect.WalkAnswered> walks) {
        this.queue = queue;
        this.checker = checker;
        this.answers = answers;
        this.walks = walks;
    }

    /** Has a code or signature checked; what comes of it arrives as an event. */
    void check(Effect.CheckCode wanted) {
        checker.accept(
                wanted.proof(), match -> queue.offer(new Input.Core(new Event.CodeChecked(wanted.command(), match))));
    }

    /** Tells whoever asked. */
    void answered(Effect.PanelAnswered answered) {
        answers.accept(answered);
    }

    /** The same of a walk test. */
    void answered(Effect.WalkAnswered answered) {
        walks.accept(answered);
    }
}
