package io.github.reedgate.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fields of text, whole numbers, booleans, lists of texts or fields again, as a JSON object and back; keeps their order. Stateless. */
final class JsonFields {

    private static final JsonFactory JSON = new JsonFactory();

    private static final int VALUE_AFTER_NAME = "\":\"".length();

    private JsonFields() {}

    /** Writes the object; other values than those named are written as their text. */
    static String write(Map<String, ?> fields) {
        StringWriter out = new StringWriter(64);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            object(json, fields);
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return out.toString();
    }

    private static void object(JsonGenerator json, Map<?, ?> fields) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            json.writeFieldName(String.valueOf(field.getKey()));
            Object value = field.getValue();
            if (value instanceof Map<?, ?> map) {
                object(json, map);
            } else if (value instanceof Collection<?> all) {
                json.writeStartArray();
                for (Object one : all) {
                    json.writeString(String.valueOf(one));
                }
                json.writeEndArray();
            } else if (value instanceof Boolean flag) {
                json.writeBoolean(flag);
            } else if (value instanceof Number number) {
                json.writeNumber(number.longValue());
            } else {
                json.writeString(String.valueOf(value));
            }
        }
        json.writeEndObject();
    }

    /**
     * Reads an object; whole numbers become {@link Long}.
     *
     * @throws IOException if it is no such object
     */
    static Map<String, Object> read(String text) throws IOException {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("fields are no JSON object");
            }
            return object(json);
        }
    }

    /**
     * Reads an object all of whose values are texts, as {@link #write} wrote it.
     *
     * @throws IOException if it is no such object
     */
    static Map<String, String> readTexts(String text) throws IOException {
        // of a long backlog this is done once for each message, mostly without a backslash: then cutting will do
        if (text.indexOf('\\') < 0 && text.startsWith("{\"")) {
            return cut(text);
        }
        Map<String, String> fields = new TreeMap<>();
        for (Map.Entry<String, Object> field : read(text).entrySet()) {
            if (!(field.getValue() instanceof String value)) {
                throw new IOException("field " + field.getKey() + " is no text");
            }
            fields.put(field.getKey(), value);
        }
        return fields;
    }

    private static Map<String, String> cut(String text) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        int start = 1;
        boolean more = true;
        while (more) {
            int nameEnd = text.indexOf('"', start + 1);
            int valueEnd = text.indexOf('"', nameEnd + VALUE_AFTER_NAME);
            boolean whole = nameEnd > 0 && valueEnd > 0 && text.startsWith("\":\"", nameEnd);
            more = whole && text.startsWith(",\"", valueEnd + 1);
            if (!whole || !(more || text.substring(valueEnd + 1).equals("}"))) {
                throw new IOException("fields are no JSON object of texts");
            }
            fields.put(text.substring(start + 1, nameEnd), text.substring(nameEnd + VALUE_AFTER_NAME, valueEnd));
            start = valueEnd + 2;
        }
        return fields;
    }

    private static Map<String, Object> object(JsonParser json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            fields.put(
                    name,
                    switch (json.nextToken()) {
                        case START_OBJECT -> object(json);
                        case START_ARRAY -> texts(json, name);
                        case VALUE_TRUE -> true;
                        case VALUE_FALSE -> false;
                        case VALUE_NUMBER_INT -> json.getLongValue();
                        case VALUE_STRING -> json.getText();
                        default ->
                            throw new IOException(
                                    "field " + name + " is neither text, number, boolean, list nor object");
                    });
        }
        return fields;
    }

    private static List<String> texts(JsonParser json, String name) throws IOException {
        List<String> all = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            all.add(json.getText());
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new IOException("field " + name + " is a list of other things than texts");
        }
        return List.copyOf(all);
    }
}
