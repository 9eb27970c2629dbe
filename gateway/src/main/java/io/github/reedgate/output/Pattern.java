package io.github.reedgate.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * When something is on and when off, over and over. Immutable.
 *
 * @param first whether it is on at first
 * @param steps how long it stays so, how long it is the other way, and so on; an even number of them, each longer than 0.
 *     None if it never changes.
 */
public record Pattern(boolean first, List<Duration> steps) {

    /** Off. */
    public static final Pattern OFF = new Pattern(false, List.of());

    /** On. */
    public static final Pattern ON = new Pattern(true, List.of());

    /** Checks and copies the steps. */
    public Pattern {
        steps = List.copyOf(steps);
        if (steps.size() % 2 != 0) {
            throw new IllegalArgumentException(
                    steps.size() + " steps; expected an even number, or it would not repeat");
        }
        for (Duration step : steps) {
            if (step.isZero() || step.isNegative()) {
                throw new IllegalArgumentException("step of " + step + "; expected longer than 0");
            }
        }
    }

    /** On and off by turns. */
    static Pattern blink(Duration on, Duration off) {
        return new Pattern(true, List.of(on, off));
    }

    /**
     * Flashes that can be counted: on, off, on, off, and then off for the rest of a period.
     *
     * @param count how many; 1 or more
     * @param flash how long one is, and the pause between two
     * @param period after what time they begin anew; longer than all of them
     */
    static Pattern flashes(int count, Duration flash, Duration period) {
        List<Duration> steps = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            steps.add(flash);
            steps.add(flash);
        }
        steps.add(flash);
        steps.add(period.minus(flash.multipliedBy(2L * count - 1)));
        return new Pattern(true, steps);
    }

    /** On where this is off. */
    Pattern inverted() {
        return new Pattern(!first, steps);
    }

    /**
     * Whether it is on.
     *
     * @param elapsedNanos time since it began; 0 or more
     */
    public boolean isOn(long elapsedNanos) {
        boolean on = first;
        long left = periodNanos() == 0 ? 0 : elapsedNanos % periodNanos();
        for (Duration step : steps) {
            if (left < step.toNanos()) {
                return on;
            }
            left -= step.toNanos();
            on = !on;
        }
        return on;
    }

    /**
     * When it changes next, as time since it began; empty if it never does.
     *
     * @param elapsedNanos time since it began; 0 or more
     */
    public OptionalLong nextNanos(long elapsedNanos) {
        if (steps.isEmpty()) {
            return OptionalLong.empty();
        }
        long end = elapsedNanos - elapsedNanos % periodNanos();
        for (Duration step : steps) {
            end += step.toNanos();
            if (end > elapsedNanos) {
                break;
            }
        }
        return OptionalLong.of(end);
    }

    /** How long one round takes; 0 if it never changes. */
    public long periodNanos() {
        long period = 0;
        for (Duration step : steps) {
            period += step.toNanos();
        }
        return period;
    }
}
