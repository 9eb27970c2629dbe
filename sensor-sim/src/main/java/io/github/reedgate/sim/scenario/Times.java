package io.github.reedgate.sim.scenario;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the times and numbers of a scenario; empty if a word is none. Stateless. */
final class Times {

    /** A day in nanoseconds. */
    static final long DAY_NANOS = 86_400_000_000_000L;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)(ms|s|m|h|d)");
    private static final Pattern CLOCK = Pattern.compile("(\\d{2}):([0-5]\\d)(?::([0-5]\\d)(?:\\.(\\d{3}))?)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final Map<String, Long> UNIT_NANOS = Map.of(
            "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L, "d", DAY_NANOS);
    private static final long LONGEST_NANOS = 3_660 * DAY_NANOS;

    private Times() {}

    /** A duration or a range of them, in nanoseconds. */
    static Optional<Span> span(String word) {
        return range(word, Times::duration);
    }

    /** A clock time, a duration or a range of them, in nanoseconds. */
    static Optional<Span> moment(String word) {
        return range(word, one -> clock(one).or(() -> duration(one)));
    }

    /** A whole number or a range of them. */
    static Optional<Span> count(String word) {
        return range(word, one -> NUMBER.matcher(one).matches() ? Optional.of(Long.parseLong(one)) : Optional.empty());
    }

    private static Optional<Span> range(String word, Function<String, Optional<Long>> single) {
        int dots = word.indexOf("..");
        Optional<Long> least = single.apply(dots < 0 ? word : word.substring(0, dots));
        Optional<Long> most = dots < 0 ? least : single.apply(word.substring(dots + 2));
        if (least.isEmpty() || most.isEmpty() || least.get() > most.get()) {
            return Optional.empty();
        }
        return Optional.of(new Span(least.get(), most.get()));
    }

    private static Optional<Long> duration(String word) {
        Matcher matcher = DURATION.matcher(word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = UNIT_NANOS.getOrDefault(matcher.group(2), 0L);
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        return nanos.compareTo(BigDecimal.valueOf(LONGEST_NANOS)) > 0
                ? Optional.empty()
                : Optional.of(nanos.longValue());
    }

    private static Optional<Long> clock(String word) {
        Matcher matcher = CLOCK.matcher(word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long seconds = number(matcher, 1) * 3_600 + number(matcher, 2) * 60 + number(matcher, 3);
        long nanos = seconds * 1_000_000_000L + number(matcher, 4) * 1_000_000L;
        return nanos > DAY_NANOS ? Optional.empty() : Optional.of(nanos);
    }

    private static long number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
