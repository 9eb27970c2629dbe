package io.github.reedgate.output;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.line.Level;
import java.util.Locale;
import java.util.Set;

/**
 * Something that the gateway switches by a GPIO line. Immutable.
 *
 * @param id its id: {@code [a-z0-9_-]{1,32}}
 * @param type what it is
 * @param line the line's offset on the header chip, which on a Raspberry Pi is its BCM number; 0 to 53
 * @param active the level at which it is on
 * @param modes the modes of the panel whose alarms it tells; an alarm while the panel is disarmed it tells in any case
 * @param until how long it tells one
 */
public record Output(String id, OutputType type, int line, Level active, Set<AlarmMode> modes, Until until) {

    /** Copies the set. */
    public Output {
        modes = Set.copyOf(modes);
    }

    /** How long an output tells an alarm; never longer than until it is acknowledged or disarmed. */
    public enum Until {
        /** Until the panel's siren time is over. */
        SIREN_TIME,
        /** Until somebody says that they know of it. */
        ACKNOWLEDGED;

        /** The word used in the configuration: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The level that switches it on or off. */
    public Level level(boolean on) {
        return on ? active : active.inverted();
    }

    /** What it does in a situation. */
    public Pattern pattern(Situation situation) {
        return switch (type) {
            case SIREN, STROBE -> tells(situation) ? Pattern.ON : Pattern.OFF;
            case LED -> Light.of(situation).pattern(situation.isArmed());
        };
    }

    private boolean tells(Situation situation) {
        if (!situation.unacknowledged()) {
            return false;
        }
        AlarmMode mode = situation.mode();
        if (situation.lasts()) {
            return mode == null || modes.contains(mode);
        }
        // the mode of an alarm that is over is forgotten if it left the panel disarmed
        boolean isMeant = mode == null ? modes.containsAll(Set.of(AlarmMode.values())) : modes.contains(mode);
        return isMeant && until == Until.ACKNOWLEDGED;
    }
}
