package io.github.reedgate.delivery;

/**
 * How many events were dropped before the broker had acknowledged them. Immutable.
 *
 * @param routine how many of routine priority
 * @param alarms how many others
 */
public record Drops(long routine, long alarms) {

    /** No drop. */
    public static final Drops NONE = new Drops(0, 0);

    /** Both together. */
    public Drops plus(Drops other) {
        return new Drops(routine + other.routine(), alarms + other.alarms());
    }
}
