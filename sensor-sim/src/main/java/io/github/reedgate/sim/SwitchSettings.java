package io.github.reedgate.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One simulated switch: its name, its line and the only thing the simulator knows of wiring. Immutable.
 *
 * @param name the door's name: {@code [a-z0-9_-]{1,32}}, perhaps followed by {@code .tamper}
 * @param offset the line's offset; 0 to 1023
 * @param openLevel the line's level while the door is open
 */
public record SwitchSettings(String name, int offset, LineLevel openLevel) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}(?:\\.tamper)?");
    private static final Pattern ENTRY = Pattern.compile("([a-z0-9_-]{1,32}(?:\\.tamper)?)=(\\d{1,4}):(high|low)");
    private static final int LAST_OFFSET = 1023;

    /** Checks name and offset. */
    public SwitchSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "switch name '" + name + "' is not 1 to 32 of the characters a-z, 0-9, _ and -");
        }
        if (offset < 0 || offset > LAST_OFFSET) {
            throw new IllegalArgumentException(
                    "line offset " + offset + " of '" + name + "' is not in 0 to " + LAST_OFFSET);
        }
    }

    /** The line's level while the door is in that position. */
    public LineLevel level(DoorPosition position) {
        return position == DoorPosition.OPEN ? openLevel : openLevel.inverted();
    }

    /**
     * Reads a list such as {@code front_door=17:high;back_door=27:low}: names, offsets and the level that means open.
     *
     * @param text the list; empty gives no switches
     * @throws IllegalArgumentException if an entry is malformed, or a name or an offset is there twice
     */
    public static List<SwitchSettings> parseAll(String text) {
        List<SwitchSettings> all = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (String part : text.split(";", -1)) {
            String entry = part.strip();
            if (entry.isEmpty()) {
                continue;
            }
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "simulated line '" + entry + "' is malformed; expected name=offset:high or name=offset:low");
            }
            LineLevel level = LineLevel.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
            SwitchSettings settings = new SwitchSettings(matcher.group(1), Integer.parseInt(matcher.group(2)), level);
            if (!seen.add(settings.name()) || !seen.add(settings.offset())) {
                throw new IllegalArgumentException(
                        "simulated line '" + entry + "' repeats the name or the offset of one before it");
            }
            all.add(settings);
        }
        return all;
    }
}
