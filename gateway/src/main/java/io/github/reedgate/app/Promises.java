package io.github.reedgate.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What must not be said before it is on disk: held until the store has answered, for {@link #BOUND} at most, then said with
 * what came of it. In order. Owned by the loop thread; never blocks; time is an argument.
 */
final class Promises {

    /** An answer comes after this time in any case: a disk that hangs is one that can't be written. */
    static final Duration BOUND = Duration.ofSeconds(2);

    private final Deque<Held> held = new ArrayDeque<>();
    private long lastNumber;

    /** What is said of one step; each learns whether it is on disk. */
    private record Held(long number, long dueNanos, List<Consumer<Boolean>> said) {}

    /**
     * Holds what is to be said of a step.
     *
     * @param said each learns whether what it promises is on disk
     * @return the number under which the store is to answer
     */
    long hold(List<Consumer<Boolean>> said, long nowNanos) {
        held.add(new Held(++lastNumber, nowNanos + BOUND.toNanos(), List.copyOf(said)));
        return lastNumber;
    }

    /** The store has answered; what it was asked before is no later. */
    void confirmed(long number, boolean stored) {
        while (!held.isEmpty() && held.element().number() <= number) {
            say(held.remove(), stored);
        }
    }

    /** Says what has been held for too long. */
    void advance(long nowNanos) {
        while (!held.isEmpty() && nowNanos - held.element().dueNanos() >= 0) {
            say(held.remove(), false);
        }
    }

    private static void say(Held one, boolean stored) {
        one.said().forEach(each -> each.accept(stored));
    }

    /** True if nothing is held. */
    boolean isEmpty() {
        return held.isEmpty();
    }

    /** When {@link #advance} is due; empty if nothing is held. */
    OptionalLong deadlineNanos() {
        return held.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(held.element().dueNanos());
    }
}
