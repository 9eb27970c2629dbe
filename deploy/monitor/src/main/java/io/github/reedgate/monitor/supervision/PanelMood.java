package io.github.reedgate.monitor.supervision;

/** What the alarm panel of a gateway did when the monitor last heard of it, as far as silence is judged by it. */
public enum PanelMood {
    /** The gateway has no panel, or the monitor has not heard of one. Silence is reported and raises no alarm. */
    NONE,
    /** Nobody is protected. Silence is reported and raises no alarm. */
    DISARMED,
    /** The panel is armed, its exit delay runs, or it has forgotten its mode and may be armed. */
    ARMED,
    /** The entry delay runs: the panel raises the alarm at its deadline. */
    PENDING,
    /** The alarm is raised. */
    TRIGGERED;

    /**
     * The mood that belongs to the word on the topic {@code panel/state}.
     *
     * @param word any text; a word of a later version counts as {@link #ARMED}, because that hides no silence
     */
    static PanelMood of(String word) {
        return switch (word) {
            case "disarmed" -> DISARMED;
            case "pending" -> PENDING;
            case "triggered" -> TRIGGERED;
            default -> ARMED;
        };
    }

    /** True if silence raises an alarm. */
    boolean isWatched() {
        return this != NONE && this != DISARMED;
    }
}
