package io.github.reedgate.wizard.host;

import io.github.reedgate.line.Level;
import io.github.reedgate.wizard.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Doors that move by themselves, to try the questions without hardware. Used by one thread. */
public final class SimulatedDoors {

    private static final List<Integer> LINES = List.of(17, 27, 22, 23, 24, 25, 5, 6);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration FURTHER = Duration.ofSeconds(20);

    private final LongSupplier nanoTime;
    private final HeaderWatch.Keys keys;

    /** Moves at a time of a test's choice. */
    public SimulatedDoors(LongSupplier nanoTime, HeaderWatch.Keys keys) {
        this.nanoTime = nanoTime;
        this.keys = keys;
    }

    /** The first door is opened soon; a further one later, so that there is time to say that there is none. */
    Outcome opening(Set<Integer> leftOut, boolean isFirst) throws InterruptedException {
        List<Integer> free =
                LINES.stream().filter(line -> !leftOut.contains(line)).limit(1).toList();
        return free.isEmpty()
                ? new Outcome.Still(List.of())
                : after(isFirst ? FIRST : FURTHER, new Outcome.Moved(free, Level.HIGH));
    }

    /** It is closed soon. */
    Outcome closing(int line) throws InterruptedException {
        return after(FIRST, new Outcome.Moved(List.of(line), Level.LOW));
    }

    private Outcome after(Duration wait, Outcome outcome) throws InterruptedException {
        long begunNanos = nanoTime.getAsLong();
        while (nanoTime.getAsLong() - begunNanos < wait.toNanos()) {
            HeaderWatch.Keys.Pressed pressed = keys.await();
            if (pressed != HeaderWatch.Keys.Pressed.NONE) {
                return HeaderWatch.meant(pressed);
            }
        }
        return outcome;
    }
}
