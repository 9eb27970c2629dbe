package io.github.reedgate.message;

/**
 * One MQTT application message that somebody sent to the gateway. Immutable. Anybody may have sent it, and its text may hold
 * a code: {@link #toString} does not show it, so that it can't get into a log.
 *
 * @param topic the topic it came on
 * @param text the payload; empty unless the shape is {@link Shape#TEXT}
 * @param shape whether the payload can be read
 * @param retained true if its sender wanted the broker to keep it, whether it was kept or has come live
 */
public record Incoming(String topic, String text, Shape shape, boolean retained) {

    /** Longest payload that is read. */
    public static final int MOST_BYTES = 4096;

    /** Whether a payload can be read. */
    public enum Shape {
        /** It is text. */
        TEXT,
        /** It is longer than {@link #MOST_BYTES}. */
        TOO_LONG,
        /** It is no UTF-8. */
        NOT_TEXT
    }

    /** A live message in text. */
    public static Incoming text(String topic, String text) {
        return new Incoming(topic, text, Shape.TEXT, false);
    }

    /** Everything but the text. */
    @Override
    public String toString() {
        return "Incoming[" + topic + ", " + shape + " of " + text.length() + " characters, retained " + retained + "]";
    }
}
