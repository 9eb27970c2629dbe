package io.github.reedgate.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as a whole number and its unit: {@code 30ms}, {@code 15s}, {@code 5m}, {@code 24h}.
 *
 * @param min the shortest allowed
 * @param max the longest allowed
 * @param reason why so, in brackets after the range; may be empty
 */
record DurationType(Duration min, Duration max, String reason) implements ValueType<Duration> {

    private static final Pattern EXACT = Pattern.compile("(0|[1-9][0-9]{0,8})(ms|s|m|h)");
    private static final Pattern BARE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern LOOSE = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,3}))? *([a-z]+)\\.?");
    private static final Map<String, Integer> UNIT_MILLIS = Map.ofEntries(
            Map.entry("ms", 1),
            Map.entry("msec", 1),
            Map.entry("millis", 1),
            Map.entry("s", 1_000),
            Map.entry("sec", 1_000),
            Map.entry("secs", 1_000),
            Map.entry("second", 1_000),
            Map.entry("seconds", 1_000),
            Map.entry("m", 60_000),
            Map.entry("min", 60_000),
            Map.entry("mins", 60_000),
            Map.entry("minute", 60_000),
            Map.entry("minutes", 60_000),
            Map.entry("h", 3_600_000),
            Map.entry("hour", 3_600_000),
            Map.entry("hours", 3_600_000));

    /** A range given in the same notation. */
    static DurationType of(String min, String max) {
        return of(min, max, "");
    }

    /** A range and why it is so. */
    static DurationType of(String min, String max, String reason) {
        return new DurationType(millis(min), millis(max), reason);
    }

    private static Duration millis(String exact) {
        Matcher matcher = EXACT.matcher(exact);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + exact + "' is not a duration");
        }
        return Duration.ofMillis(Long.parseLong(matcher.group(1)) * UNIT_MILLIS.getOrDefault(matcher.group(2), 1));
    }

    /** The shortest notation of a duration of whole milliseconds: {@code 350ms}, {@code 20m}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        for (String unit : new String[] {"h", "m", "s"}) {
            int size = UNIT_MILLIS.getOrDefault(unit, 1);
            if (millis % size == 0) {
                return millis / size + unit;
            }
        }
        return millis + "ms";
    }

    @Override
    public Duration parse(String text) throws BadValueException {
        if (EXACT.matcher(text).matches()) {
            Duration duration = millis(text);
            if (isAllowed(duration)) {
                return duration;
            }
            throw BadValueException.of(text, "is out of range", "");
        }
        if (BARE.matcher(text).matches()) {
            throw BadValueException.of(text, "has no unit", unitHint(Long.parseLong(text)));
        }
        throw BadValueException.of(text, "is not a whole number with its unit (ms, s, m or h)", looseHint(text));
    }

    private boolean isAllowed(Duration duration) {
        return duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0;
    }

    private String unitHint(long number) {
        for (String unit : new String[] {"s", "ms", "m", "h"}) {
            if (isAllowed(Duration.ofMillis(number * UNIT_MILLIS.getOrDefault(unit, 1)))) {
                return "did you mean '" + number + unit + "'?";
            }
        }
        return "";
    }

    private String looseHint(String text) {
        Matcher matcher = LOOSE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || !UNIT_MILLIS.containsKey(matcher.group(3))) {
            return "";
        }
        int unitMillis = UNIT_MILLIS.getOrDefault(matcher.group(3), 1);
        String decimals = ((matcher.group(2) == null ? "" : matcher.group(2)) + "000").substring(0, 3);
        long thousandths = Long.parseLong(matcher.group(1) + decimals) * unitMillis;
        Duration meant = Duration.ofMillis(thousandths / 1000);
        return thousandths % 1000 == 0 && isAllowed(meant) ? "did you mean '" + text(meant) + "'?" : "";
    }

    @Override
    public String allowed() {
        return text(min) + " to " + text(max) + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
