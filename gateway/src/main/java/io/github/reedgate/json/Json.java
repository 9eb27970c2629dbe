package io.github.reedgate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes small JSON objects to text, and reads those that it wrote. Fields keep their order. Stateless. */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_LENGTH = 256;
    private static final int VALUE_AFTER_NAME = "\":\"".length();

    private Json() {}

    /** Writes the fields of one object. */
    @FunctionalInterface
    public interface Fields {

        /**
         * Writes each field once, in the order in which it stands in the text.
         *
         * @throws IOException if the generator does; in memory it never does
         */
        void writeTo(JsonWriter json) throws IOException;
    }

    /** Writes an object field by field, without spaces or line ends. */
    public static String write(Fields fields) {
        StringWriter out = new StringWriter(USUAL_LENGTH);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.writeTo(new JsonWriter(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return out.toString();
    }

    /** Writes an object of which each value is one that {@link JsonWriter#value} takes. */
    public static String write(Map<String, ? extends @Nullable Object> object) {
        return write(json -> {
            for (Map.Entry<String, ? extends @Nullable Object> field : object.entrySet()) {
                json.value(field.getKey(), field.getValue());
            }
        });
    }

    /** Two fields in this order; {@link Map#of} gives them in another order in each process. */
    public static <V> Map<String, V> fields(String first, V firstValue, String second, V secondValue) {
        Map<String, V> fields = new LinkedHashMap<>();
        fields.put(first, firstValue);
        fields.put(second, secondValue);
        return Collections.unmodifiableMap(fields);
    }

    /**
     * Reads an object of texts, whole numbers, booleans, lists of texts, and objects of these.
     *
     * @return its fields in their order; whole numbers are {@link Long}, lists and objects are {@link List} and {@link Map}
     * @throws IOException if it is no such object, or has a number that a long can't hold
     */
    public static Map<String, Object> read(String text) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> field : readWithNulls(text).entrySet()) {
            Object value = field.getValue();
            if (value == null) {
                throw new IOException("field " + field.getKey() + " is null");
            }
            fields.put(field.getKey(), value);
        }
        return fields;
    }

    /**
     * Reads an object as {@link #read} does, but its own fields may be null.
     *
     * @throws IOException if it is no such object, or has a number that a long can't hold
     */
    public static Map<String, @Nullable Object> readWithNulls(String text) throws IOException {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("fields are no JSON object");
            }
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                fields.put(name, json.nextToken() == JsonToken.VALUE_NULL ? null : value(json, name));
            }
            return fields;
        }
    }

    /**
     * Reads an object of which all values are texts, as {@link #write(Map)} wrote it.
     *
     * @return its fields, sorted by name
     * @throws IOException if it is no such object
     */
    public static Map<String, String> readTexts(String text) throws IOException {
        // a long backlog needs this for each message, mostly without a backslash: then cutting is enough, and faster
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
            json.nextToken();
            fields.put(name, value(json, name));
        }
        return fields;
    }

    /** The value that begins with the current token. */
    private static Object value(JsonParser json, String name) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> texts(json, name);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_STRING -> json.getText();
            default -> throw new IOException("field " + name + " is neither text, number, boolean, list nor object");
        };
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
