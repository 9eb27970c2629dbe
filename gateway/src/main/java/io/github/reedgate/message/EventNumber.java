package io.github.reedgate.message;

import java.util.Map;
import java.util.TreeMap;

/** The number of the event that a message tells: it travels as a user property, and of an event in the payload too. */
public final class EventNumber {

    private static final String SEQ = "seq";

    private static final int MOST_DIGITS = 18;

    private EventNumber() {}

    /** The number that a message carries: 0 if it carries none, or what has more than 18 digits or is no number. */
    public static long of(Message message) {
        String seq = message.userProperties().get(SEQ);
        if (seq == null || seq.length() > MOST_DIGITS) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < seq.length(); i++) {
            char digit = seq.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    /**
     * The same message with another number; its id stays. The pattern is safe: inside any text of the payload its quotation marks
     * would be escaped, and the event's own fields come first.
     */
    public static Message changed(Message message, long seq) {
        Map<String, String> properties = new TreeMap<>(message.userProperties());
        String old = field(String.valueOf(properties.put(SEQ, Long.toString(seq))));
        int start =
                message.contentType().equals(Message.JSON) ? message.payload().indexOf(old) : -1;
        String payload = start < 0
                ? message.payload()
                : message.payload().substring(0, start)
                        + field(Long.toString(seq))
                        + message.payload().substring(start + old.length());
        return with(message, payload, properties);
    }

    private static String field(String seq) {
        return "\"" + SEQ + "\":" + seq + ",";
    }

    /** The same message of text without the number; its id stays. */
    public static Message left(Message message) {
        Map<String, String> properties = new TreeMap<>(message.userProperties());
        properties.remove(SEQ);
        return with(message, message.payload(), properties);
    }

    private static Message with(Message message, String payload, Map<String, String> properties) {
        return new Message(
                message.topic(), payload, message.qos(), message.retain(), message.contentType(), properties);
    }
}
