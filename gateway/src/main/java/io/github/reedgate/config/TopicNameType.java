package io.github.reedgate.config;

import java.util.regex.Pattern;

/** The name of an ntfy topic; it may be a secret, so a wrong one is not shown. */
final class TopicNameType implements ValueType<String> {

    private static final Pattern NAME = Pattern.compile("[-_A-Za-z0-9]{1,64}");

    @Override
    public String parse(String text) throws BadValueException {
        if (!NAME.matcher(text).matches()) {
            throw new BadValueException("…", "has another character in it, or too many", "");
        }
        return text;
    }

    @Override
    public String allowed() {
        return "1 to 64 of a-z A-Z 0-9 _ -";
    }
}
