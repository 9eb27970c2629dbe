package io.github.reedgate.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A long time as a whole number and its unit, days or years of 365 days: {@code 30d}, {@code 10y}.
 *
 * @param minDays the shortest allowed, in days
 * @param maxDays the longest allowed, in days
 */
record AgeType(int minDays, int maxDays) implements ValueType<Duration> {

    private static final int DAYS_A_YEAR = 365;
    private static final Pattern EXACT = Pattern.compile("(0|[1-9][0-9]{0,6})([dy])");
    private static final Pattern LOOSE = Pattern.compile("([0-9]{1,7}) *([a-z]*)\\.?");
    private static final Map<String, Integer> UNIT_DAYS = Map.ofEntries(
            Map.entry("", 1),
            Map.entry("d", 1),
            Map.entry("day", 1),
            Map.entry("days", 1),
            Map.entry("w", 7),
            Map.entry("week", 7),
            Map.entry("weeks", 7),
            Map.entry("y", DAYS_A_YEAR),
            Map.entry("yr", DAYS_A_YEAR),
            Map.entry("year", DAYS_A_YEAR),
            Map.entry("years", DAYS_A_YEAR));

    @Override
    public Duration parse(String text) throws BadValueException {
        Matcher matcher = EXACT.matcher(text);
        if (!matcher.matches()) {
            throw BadValueException.of(text, "is not a whole number with its unit (d or y)", hint(text));
        }
        long days = Long.parseLong(matcher.group(1)) * UNIT_DAYS.getOrDefault(matcher.group(2), 1);
        if (!isAllowed(days)) {
            throw BadValueException.of(text, "is out of range", "");
        }
        return Duration.ofDays(days);
    }

    private boolean isAllowed(long days) {
        return days >= minDays && days <= maxDays;
    }

    private String hint(String text) {
        Matcher matcher = LOOSE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || !UNIT_DAYS.containsKey(matcher.group(2))) {
            return "";
        }
        long days = Long.parseLong(matcher.group(1)) * UNIT_DAYS.getOrDefault(matcher.group(2), 1);
        return isAllowed(days) ? "did you mean '" + text(days) + "'?" : "";
    }

    private static String text(long days) {
        return days % DAYS_A_YEAR == 0 ? days / DAYS_A_YEAR + "y" : days + "d";
    }

    @Override
    public String allowed() {
        return text(minDays) + " to " + text(maxDays);
    }
}
