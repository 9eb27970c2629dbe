package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.Item;
import io.github.reedgate.monitor.record.MessageReader;
import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.monitor.record.RejectedMessage;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of an answer: an event, the line that ends it, or something that is refused with a reason. It trusts no
 * text and throws nothing. Immutable; reads no clock.
 */
final class AnswerReader {

    private static final int MOST_LINE = 65_536;
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]{1,64}");

    private final String topicPrefix;
    private final MessageReader events;

    /** A reader of answers of the gateways whose topics start with a prefix. */
    AnswerReader(String topicPrefix) {
        this.topicPrefix = topicPrefix;
        this.events = new MessageReader(topicPrefix);
    }

    /** What a message of an answer of a gateway is. */
    LogAnswer read(String gateway, RawMessage message) {
        try {
            if (message.payload().length <= MOST_LINE) {
                String text = new String(message.payload(), StandardCharsets.UTF_8);
                if (text.contains("\"end\"")) {
                    Map<String, @Nullable Object> fields = JsonObject.read(text);
                    if (Boolean.TRUE.equals(fields.get("end")) && !fields.containsKey("event_type")) {
                        return line(fields);
                    }
                }
            }
        } catch (IOException e) {
            return new LogAnswer.Unreadable("the line that ends the answer can't be read: " + e.getMessage());
        }
        Item item = events.read(
                new RawMessage(topicPrefix + "/" + gateway + "/event", message.payload(), message.receivedMillis()));
        if (item instanceof RecordedEvent event) {
            return event.replayed()
                    ? new LogAnswer.Replayed(event)
                    : new LogAnswer.Unreadable("field replayed of an event in an answer is false");
        }
        return new LogAnswer.Unreadable(
                item instanceof RejectedMessage rejected ? rejected.reason() : "it is no event");
    }

    private static LogAnswer line(Map<String, @Nullable Object> fields) throws IOException {
        if (fields.get("error") instanceof String word) {
            return WORD.matcher(word).matches()
                    ? new LogAnswer.Failure(word)
                    : new LogAnswer.Unreadable("field error is no word");
        }
        NumberRange range = new NumberRange(number(fields.get("from")), number(fields.get("to")));
        if (!(fields.get("missing") instanceof List<?> pairs)) {
            throw new IOException("field missing is no list");
        }
        List<NumberRange> missing = new ArrayList<>();
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> ends) || ends.size() != 2) {
                throw new IOException("field missing has something else than pairs");
            }
            missing.add(new NumberRange(number(ends.get(0)), number(ends.get(1))));
        }
        return new LogAnswer.End(range, missing);
    }

    private static long number(@Nullable Object value) throws IOException {
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (number >= 0 && number <= MessageReader.HIGHEST) {
                return number;
            }
        }
        throw new IOException("a number is none from 0 to " + MessageReader.HIGHEST);
    }
}
