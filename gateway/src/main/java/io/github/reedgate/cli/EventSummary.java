package io.github.reedgate.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The few fields of an event that fit on a line. Immutable; the texts are as hostile as the payload.
 *
 * @param type its type
 * @param message its line for people
 * @param seq its number, or empty text
 * @param replayed whether it left later than it could have
 * @param time when it happened, or empty text
 */
record EventSummary(String type, String message, String seq, boolean replayed, String time) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads them; empty if the payload is not a JSON object with a type and a message. */
    static Optional<EventSummary> of(byte[] payload) {
        try (JsonParser json = JSON.createParser(payload)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, String> fields = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken().isScalarValue()) {
                    fields.put(name, json.getText());
                }
                json.skipChildren();
            }
            return summary(fields);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<EventSummary> summary(Map<String, String> fields) {
        if (!fields.containsKey("event_type") || !fields.containsKey("message")) {
            return Optional.empty();
        }
        return Optional.of(new EventSummary(
                fields.getOrDefault("event_type", ""),
                fields.getOrDefault("message", ""),
                fields.getOrDefault("seq", ""),
                fields.getOrDefault("replayed", "").equals("true"),
                fields.getOrDefault("time", "")));
    }
}
