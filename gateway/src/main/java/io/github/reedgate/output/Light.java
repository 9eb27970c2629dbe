package io.github.reedgate.output;

import io.github.reedgate.alarm.AlarmState;
import java.time.Duration;

/** What a status LED shows; the first that holds counts. Flashes are counted: of light while disarmed, of dark while armed. */
public enum Light {
    /** An alarm lasts. */
    TRIGGERED("an alarm lasts"),
    /** The entry delay runs. */
    PENDING("the entry delay runs"),
    /** The exit delay runs. */
    ARMING("the exit delay runs"),
    /** An alarm was raised, and nobody has acknowledged it. */
    UNACKNOWLEDGED("an alarm that is over is not acknowledged"),
    /** A sensor or an output can't be trusted. */
    FAULT("a sensor or an output can't be trusted"),
    /** Nothing reaches the broker. */
    NO_BROKER("there is no connection to the broker"),
    /** Disarmed, and something is in the way of arming. */
    NOT_READY("not every mode can be armed"),
    /** Nothing else. */
    WELL("all is well");

    private final String words;

    Light(String words) {
        this.words = words;
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
            case TRIGGERED -> situation.state() == AlarmState.TRIGGERED;
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
    String words() {
        return words;
    }

    /** How it is shown. */
    Pattern pattern(boolean armed) {
        return switch (this) {
            case TRIGGERED -> blink(100);
            case PENDING -> blink(250);
            case ARMING -> blink(500);
            case UNACKNOWLEDGED -> flashes(4, armed);
            case FAULT -> flashes(3, armed);
            case NO_BROKER -> flashes(2, armed);
            case NOT_READY -> blink(1500);
            case WELL -> armed ? Pattern.ON : flashes(1, false);
        };
    }

    private static Pattern blink(long millis) {
        return Pattern.blink(Duration.ofMillis(millis), Duration.ofMillis(millis));
    }

    private static Pattern flashes(int count, boolean armed) {
        Pattern flashes = Pattern.flashes(count, Duration.ofMillis(200), Duration.ofSeconds(3));
        return armed ? flashes.inverted() : flashes;
    }
}
