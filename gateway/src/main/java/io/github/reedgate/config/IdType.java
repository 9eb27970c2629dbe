package io.github.reedgate.config;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** An id that becomes a topic level: {@code [a-z0-9_-]{1,32}}. */
final class IdType implements ValueType<String> {

    private static final Pattern EXACT = Pattern.compile("[a-z0-9_-]{1,32}");

    @Override
    public String parse(String text) throws BadValueException {
        if (EXACT.matcher(text).matches()) {
            return text;
        }
        String meant = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("[^a-z0-9_-]+", "_")
                .replaceAll("^_+|_+$", "");
        boolean guessed = EXACT.matcher(meant).matches();
        throw BadValueException.of(text, "is not an id", guessed ? "did you mean '" + meant + "'?" : "");
    }

    @Override
    public String allowed() {
        return "1 to 32 of a-z, 0-9, _ and -";
    }
}
