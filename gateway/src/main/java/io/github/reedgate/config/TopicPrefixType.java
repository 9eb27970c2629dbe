package io.github.reedgate.config;

import java.util.regex.Pattern;

/** One to three topic levels that can hold neither wildcard nor {@code $}. */
final class TopicPrefixType implements ValueType<String> {

    private static final Pattern EXACT = Pattern.compile("[a-zA-Z0-9_-]{1,32}(/[a-zA-Z0-9_-]{1,32}){0,2}");

    @Override
    public String parse(String text) throws BadValueException {
        if (EXACT.matcher(text).matches()) {
            return text;
        }
        if (text.startsWith("$")) {
            throw BadValueException.of(text, "starts with $, which belongs to the broker", "");
        }
        String meant = text.replaceAll("^/+|/+$", "").replaceAll("//+", "/");
        boolean guessed = EXACT.matcher(meant).matches();
        throw BadValueException.of(text, "is not a topic prefix", guessed ? "did you mean '" + meant + "'?" : "");
    }

    @Override
    public String allowed() {
        return "1 to 3 levels with / between them, each 1 to 32 of a-z, A-Z, 0-9, _ and -";
    }
}
