package io.github.reedgate.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole number in decimal digits.
 *
 * @param min the smallest allowed
 * @param max the largest allowed
 * @param reason what the range is, in brackets after it; may be empty
 */
record NumberType(int min, int max, String reason) implements ValueType<Integer> {

    private static final Pattern EXACT = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}([ _,.'][0-9]{3})+");
    private static final Pattern DECORATED = Pattern.compile("[A-Za-z]*[ _-]?0*([0-9]{1,9})");

    /** A range that needs no reason. */
    static NumberType of(int min, int max) {
        return new NumberType(min, max, "");
    }

    @Override
    public Integer parse(String text) throws BadValueException {
        if (!EXACT.matcher(text).matches()) {
            throw BadValueException.of(text, "is not a whole number", hint(text));
        }
        long number = text.length() > 11 ? Long.MAX_VALUE : Long.parseLong(text);
        if (number < min || number > max) {
            throw BadValueException.of(text, "is out of range", "");
        }
        return (int) number;
    }

    private String hint(String text) {
        String digits = GROUPED.matcher(text).matches() ? text.replaceAll("[ _,.']", "") : text;
        Matcher decorated = DECORATED.matcher(digits);
        if (!decorated.matches()) {
            return "";
        }
        int meant = Integer.parseInt(decorated.group(1));
        return meant < min || meant > max ? "" : "did you mean '" + meant + "'?";
    }

    @Override
    public String allowed() {
        return min + " to " + max + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
