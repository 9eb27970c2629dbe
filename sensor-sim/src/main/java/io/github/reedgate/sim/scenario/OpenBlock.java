package io.github.reedgate.sim.scenario;

import java.util.ArrayList;
import java.util.List;

/** A block whose end has not been read yet, with what is known of its length. Used by one thread. */
final class OpenBlock {

    private final int line;
    private final int column;
    private final Step.Block head;
    private final List<Step> steps = new ArrayList<>();
    private long earliestNanos;
    private long weight;

    /** A block that began there; the head's body is not used. */
    OpenBlock(int line, int column, Step.Block head) {
        this.line = line;
        this.column = column;
        this.head = head;
    }

    /** The block around everything. */
    static OpenBlock outermost() {
        return new OpenBlock(1, 1, new Step.Block(Span.of(1), Span.of(0), Span.of(0), List.of()));
    }

    /** The steps read so far. */
    List<Step> steps() {
        return steps;
    }

    /** Line of its first word. */
    int line() {
        return line;
    }

    /** Column of its first word. */
    int column() {
        return column;
    }

    /** The earliest time the next step can have, in nanoseconds since the round's beginning. */
    long earliestNanos() {
        return earliestNanos;
    }

    /** How many steps are played at most, all rounds counted; saturates. */
    long weight() {
        return weight;
    }

    /** Adds a step that is done. */
    void add(Step.Act act) {
        steps.add(act);
        weight++;
        earliestNanos = act.when() == Step.When.AT
                ? Math.max(earliestNanos, act.time().least())
                : earliestNanos + act.time().least();
    }

    /** Adds a block that has ended. */
    void add(OpenBlock inner) {
        Step.Block block = new Step.Block(inner.head.rounds(), inner.head.every(), inner.head.window(), inner.steps);
        steps.add(block);
        weight = saturated(weight, saturated(0, inner.weight + 1, block.rounds().most()), 1);
        if (block.atRandom()) {
            earliestNanos = Math.max(earliestNanos, block.window().most());
        } else {
            long round = Math.max(inner.earliestNanos, block.every().least());
            earliestNanos = saturated(earliestNanos, round, block.rounds().least());
        }
    }

    private static long saturated(long sum, long value, long times) {
        long product = value != 0 && times > Long.MAX_VALUE / 4 / value ? Long.MAX_VALUE / 4 : value * times;
        return Math.min(Long.MAX_VALUE / 4, sum + product);
    }
}
