package io.github.reedgate.message;

import io.github.reedgate.event.SeqRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request for a range of the event log. Immutable.
 *
 * @param range the numbers that are wanted, 1 or more; may be far longer than what is answered, never empty
 * @param replyTo where to
 */
public record LogRequest(SeqRange range, ReplyTo replyTo) {

    private static final String SPACE = "[ \\t\\r\\n]*+";
    private static final String FIELD = SPACE + "\"(from|to)\"" + SPACE + ":" + SPACE + "([1-9][0-9]{0,15})" + SPACE;
    // of JSON, exactly what is expected: two fields, whole numbers without exponent, none twice, nothing behind it
    private static final Pattern PAYLOAD = Pattern.compile(SPACE + "\\{" + FIELD + "," + FIELD + "\\}" + SPACE);

    /**
     * Reads the numbers of a payload.
     *
     * @return empty if it is not exactly an object with the whole numbers {@code from} and {@code to}, each 1 to 16 digits, {@code from} not
     *     above {@code to}
     */
    public static Optional<SeqRange> range(String payload) {
        Matcher fields = PAYLOAD.matcher(payload);
        if (!fields.matches() || fields.group(1).equals(fields.group(3))) {
            return Optional.empty();
        }
        long first = Long.parseLong(fields.group(2));
        long second = Long.parseLong(fields.group(4));
        SeqRange range = fields.group(1).equals("from") ? new SeqRange(first, second) : new SeqRange(second, first);
        return range.isEmpty() ? Optional.empty() : Optional.of(range);
    }
}
