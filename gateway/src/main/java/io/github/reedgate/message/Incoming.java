package io.github.reedgate.message;

import org.jspecify.annotations.Nullable;

/**
 * One MQTT application message that somebody sent to the gateway. Immutable. Anybody may have sent it, and its text may hold
 * a code: {@link #toString} does not show it, so that it can't get into a log.
 *
 * @param topic the topic it came on
 * @param text the payload; empty unless the shape is {@link Shape#TEXT}
 * @param shape whether the payload can be read
 * @param retained true if its sender wanted the broker to keep it, whether it was kept or has come live
 * @param replyTo where its sender wants the answer, or null if it does not say so, or in too many bytes
 */
public record Incoming(
        String topic,
        String text,
        Shape shape,
        boolean retained,
        @Nullable ReplyTo replyTo) {

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

    /** A message whose sender wants no answer. */
    public Incoming(String topic, String text, Shape shape, boolean retained) {
        this(topic, text, shape, retained, null);
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
