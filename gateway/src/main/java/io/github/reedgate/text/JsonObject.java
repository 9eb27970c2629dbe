package io.github.reedgate.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gate for JSON that others wrote, or that a disk gave back: an object, or an IOException. Stateless. */
public final class JsonObject {

    private static final JsonFactory PARSERS = new JsonFactory();

    private JsonObject() {}

    /**
     * Reads an object; its values are maps, lists, texts, numbers, booleans and null.
     *
     * @param text any text at all
     * @throws IOException if it is no JSON, or another value than an object; never anything else
     */
    public static Map<String, @Nullable Object> read(String text) throws IOException {
        try {
            Map<String, @Nullable Object> all = JSON.std.mapFrom(text);
            if (all == null) {
                throw new IOException("JSON null where an object was expected");
            }
            return all;
        } catch (RuntimeException e) {
            throw new IOException(
                    "JSON that its parser can't read: " + e.getClass().getSimpleName(), e);
        }
    }

    /** The texts at the top of an object that was cut off, as far as they were read; empty if it is no object. */
    public static Map<String, String> beginning(String text) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (JsonParser json = PARSERS.createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    if (json.nextToken() == JsonToken.VALUE_STRING) {
                        texts.put(name, json.getText());
                    }
                    json.skipChildren();
                }
            }
        } catch (IOException | RuntimeException e) {
            return texts; // here it was cut off, or is no JSON any more
        }
        return texts;
    }

    /**
     * A whole number of such an object.
     *
     * @throws IllegalArgumentException if it is missing, no number, or none that a long can hold
     */
    public static long number(Map<?, ?> all, String name) {
        Object value = all.get(name);
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException(name + " is missing, or no whole number");
    }
}
