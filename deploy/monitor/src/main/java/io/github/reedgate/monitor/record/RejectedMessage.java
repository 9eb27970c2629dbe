package io.github.reedgate.monitor.record;

/**
 * A message that is neither an event nor a value of a known topic. Immutable.
 *
 * @param topic its topic, at most {@value #TOPIC_CHARACTERS} characters of it; fit for a terminal
 * @param reason why it was rejected, one line of at most {@value #REASON_CHARACTERS} characters
 * @param length the length of its payload in bytes
 * @param payload the first {@value #PAYLOAD_BYTES} bytes, those that are no visible ASCII as {@code \xNN}
 * @param receivedMillis when it arrived here, in milliseconds since 1970
 */
public record RejectedMessage(String topic, String reason, int length, String payload, long receivedMillis)
        implements Item {

    private static final int TOPIC_CHARACTERS = 256;
    private static final int REASON_CHARACTERS = 1024;
    private static final int PAYLOAD_BYTES = 1024;
    private static final int FIXED_BYTES = 300;

    /** The rejection of a message. */
    public static RejectedMessage of(RawMessage message, String reason) {
        String topic = message.topic();
        StringBuilder shown = new StringBuilder();
        topic.codePoints().limit(TOPIC_CHARACTERS).forEach(each -> append(shown, each));
        StringBuilder payload = new StringBuilder();
        byte[] bytes = message.payload();
        for (int i = 0; i < Math.min(bytes.length, PAYLOAD_BYTES); i++) {
            append(payload, bytes[i] & 0xff);
        }
        String why = reason.length() <= REASON_CHARACTERS ? reason : reason.substring(0, REASON_CHARACTERS);
        return new RejectedMessage(shown.toString(), why, bytes.length, payload.toString(), message.receivedMillis());
    }

    private static void append(StringBuilder text, int each) {
        if (each >= ' ' && each < 0x7f && each != '\\') {
            text.append((char) each);
        } else {
            text.append(String.format(each < 0x100 ? "\\x%02x" : "\\u{%x}", each));
        }
    }

    @Override
    public int bytes() {
        return FIXED_BYTES + 2 * (topic.length() + reason.length() + payload.length());
    }
}
