package io.github.reedgate.monitor.supervision;

import java.time.Duration;

/**
 * How long a gateway may be silent, by what its panel did when it was last heard. Immutable.
 *
 * @param pending for {@link PanelMood#PENDING} and {@link PanelMood#TRIGGERED}; positive
 * @param armed for {@link PanelMood#ARMED}; positive
 * @param disarmed for {@link PanelMood#DISARMED} and {@link PanelMood#NONE}; positive
 */
public record Thresholds(Duration pending, Duration armed, Duration disarmed) {

    /** 15 s, 60 s and 5 min. */
    public static final Thresholds DEFAULT =
            new Thresholds(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofMinutes(5));

    /** The threshold for a mood. */
    Duration of(PanelMood mood) {
        return switch (mood) {
            case PENDING, TRIGGERED -> pending;
            case ARMED -> armed;
            case DISARMED, NONE -> disarmed;
        };
    }
}
