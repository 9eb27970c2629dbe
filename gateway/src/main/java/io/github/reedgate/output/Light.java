package io.github.reedgate.output;

import io.github.reedgate.alarm.AlarmState;
import java.time.Duration;

/** What a status LED shows; the first that holds counts. Flashes are counted: of light while disarmed, of dark while armed. */
public enum Light {
    /** An alarm lasts. */
    TRIGGERED("an alarm lasts", Pattern.blink(Duration.ofMillis(100), Duration.ofMillis(100))),
    /** The entry delay runs. */
    PENDING("the entry delay runs", Pattern.blink(Duration.ofMillis(250), Duration.ofMillis(250))),
    /** The exit delay runs. */
    ARMING("the exit delay runs", Pattern.blink(Duration.ofMillis(500), Duration.ofMillis(500))),
    /** An alarm was raised, and nobody has acknowledged it. */
    UNACKNOWLEDGED("an alarm that is over is not acknowledged", flashes(4)),
    /** A sensor or an output can't be trusted. */
    FAULT("a sensor or an output can't be trusted", flashes(3)),
    /** Nothing reaches the broker. */
    NO_BROKER("there is no connection to the broker", flashes(2)),
    /** Disarmed, and something is in the way of arming. */
    NOT_READY("not every mode can be armed", Pattern.blink(Duration.ofMillis(1500), Duration.ofMillis(1500))),
    /** Nothing else. */
    WELL("all is well", flashes(1));

    private static final Pattern ARMED = Pattern.ON;

    private final String words;
    private final Pattern disarmed;

    Light(String words, Pattern disarmed) {
        this.words = words;
        this.disarmed = disarmed;
    }

    private static Pattern flashes(int count) {
        return Pattern.flashes(count, Duration.ofMillis(200), Duration.ofSeconds(3));
    }

    static Light of(Situation situation) {
        for (Light light : values()) {
            if (light.holds(situation)) {
                return light;
            }
        }
        return WELL;
    }

    private boolean holds(Situation situation) {
        return switch (this) {
            case TRIGGERED -> situation.lasts();
            case PENDING -> situation.state() == AlarmState.PENDING;
            case ARMING -> situation.state() == AlarmState.ARMING;
            case UNACKNOWLEDGED -> situation.unacknowledged();
            case FAULT -> situation.faulty();
            case NO_BROKER -> !situation.connected();
            case NOT_READY -> situation.state() == AlarmState.DISARMED && !situation.ready();
            case WELL -> true;
        };
    }

    /** What is shown, in words. */
    public String words() {
        return words;
    }

    /** How it is shown. */
    public Pattern pattern(boolean armed) {
        if (!armed || this == TRIGGERED || this == PENDING || this == ARMING || this == NOT_READY) {
            return disarmed;
        }
        return this == WELL ? ARMED : disarmed.inverted();
    }
}
