package io.github.reedgate.setup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sensor that is going to be configured. Its words are those of the configuration and are checked when that is read.
 *
 * @param id its id
 * @param line the line's offset, 0 to 27
 * @param settings further keys with their words, in order: name, type, contact, pull
 */
public record SensorPlan(String id, int line, Map<String, String> settings) {

    private static final List<String> KEYS = List.of("name", "type", "contact", "pull");
    private static final Pattern WHERE = Pattern.compile("(?:header[ _-]?)?(pin|line|gpio|bcm)[ _-]?([0-9]{1,2})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    /** Copies the settings, in order. */
    public SensorPlan {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Reads {@code ID=WHERE[,key=value...]}, such as {@code front_door=pin11,type=door}.
     *
     * @throws SetupException if it does not have that form or the place is not one for a switch
     */
    public static SensorPlan parse(String text) throws SetupException {
        String[] parts = text.split(",", -1);
        int equals = parts[0].indexOf('=');
        if (equals < 1) {
            throw new SetupException("sensor '" + text + "' has no place; expected ID=pinN or ID=lineN, such as"
                    + " front_door=pin11 or front_door=line17");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] setting = parts[i].split("=", 2);
            if (setting.length < 2 || !KEYS.contains(setting[0])) {
                throw new SetupException("sensor '" + text + "': '" + parts[i]
                        + "' is no setting; allowed: name=, type=, contact=, pull= and a value");
            }
            settings.put(setting[0], setting[1]);
        }
        return new SensorPlan(parts[0].substring(0, equals).strip(), line(parts[0].substring(equals + 1)), settings);
    }

    /**
     * Reads where a switch is wired: {@code pin11} on the header, or {@code line17} (also {@code gpio17}). A bare number is
     * refused, for pin 11 and line 11 are different places.
     *
     * @return the line's offset
     * @throws SetupException if it is no such place or one where no switch should be
     */
    public static int line(String where) throws SetupException {
        String text = where.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = WHERE.matcher(text);
        if (!matcher.matches()) {
            throw new SetupException("'" + where.strip() + "' is no place on the header; "
                    + (NUMBER.matcher(text).matches()
                            ? "say pin" + text + " for the header's pin or line" + text + " for the GPIO (BCM) number"
                            : "expected pin1 to pin40 or line2 to line27, such as pin11 or line17"));
        }
        int number = Integer.parseInt(matcher.group(2));
        return "pin".equals(matcher.group(1)) ? lineOfPin(number) : suitable(number);
    }

    private static int lineOfPin(int pin) throws SetupException {
        if (pin < 1 || pin > HeaderPin.COUNT) {
            throw new SetupException("the header has no pin " + pin + "; expected pin1 to pin40");
        }
        OptionalInt line = HeaderPin.line(pin);
        if (line.isEmpty()) {
            throw new SetupException(
                    "pin " + pin + " is " + HeaderPin.label(pin) + ", not a GPIO line; use one that is called GPIO");
        }
        return suitable(line.getAsInt());
    }

    private static int suitable(int line) throws SetupException {
        if (line >= HeaderPin.LINES) {
            throw new SetupException("line " + line + " is not on the header; expected line2 to line27");
        }
        if (line < 2) {
            throw new SetupException(
                    "line " + line + " (pin " + HeaderPin.of(line).orElseThrow()
                            + ") reads the memory of an add-on board when the Pi starts; use another one, such as line17 (pin 11)");
        }
        return line;
    }

    /** The lines of its section in a configuration: where its wires go, its id and its keys. */
    public List<String> entry() {
        List<String> lines = new ArrayList<>();
        lines.add(PlanText.comment(this));
        lines.add(PlanText.quoted(id) + ":");
        PlanText.settings(this).forEach(line -> lines.add("  " + line));
        return lines;
    }

    /** The header pin it is wired to. */
    int pin() {
        return HeaderPin.of(line).orElseThrow();
    }

    /** True if the switch goes to 3.3 V instead of ground. */
    boolean goesToSupply() {
        return "down".equals(settings.get("pull"));
    }
}
