package io.github.reedgate.config;

/**
 * Free text of one line for people or for the broker.
 *
 * @param maxChars how many characters at most; at least one is needed
 */
record TextType(int maxChars) implements ValueType<String> {

    @Override
    public String parse(String text) throws BadValueException {
        if (text.isBlank()) {
            throw BadValueException.of(text, "is blank", "");
        }
        int chars = text.codePointCount(0, text.length());
        if (chars > maxChars) {
            throw BadValueException.of(text, "has " + chars + " characters", "");
        }
        if (!text.codePoints().allMatch(Shown::isPlain)) {
            throw BadValueException.of(text, "has a control character in it", "");
        }
        return text;
    }

    @Override
    public String allowed() {
        return "1 to " + maxChars + " characters, no control characters";
    }
}
