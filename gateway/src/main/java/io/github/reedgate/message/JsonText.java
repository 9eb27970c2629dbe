package io.github.reedgate.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON objects to text, field by field. Stateless. */
final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** Writes a text, or null. */
    static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(field);
        } else {
            json.writeStringField(field, value);
        }
    }

    /** Writes a text, or nothing at all for null. */
    static void known(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    /** Writes a number, or null. */
    static void number(JsonGenerator json, String field, @Nullable Long value) throws IOException {
        if (value == null) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, value);
        }
    }

    /** Writes a text, whole number, boolean, list of texts, or map of these. */
    static void value(JsonGenerator json, String field, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeObjectFieldStart(field);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                value(json, String.valueOf(entry.getKey()), entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> all) {
            texts(json, field, all);
        } else if (value instanceof Boolean flag) {
            json.writeBooleanField(field, flag);
        } else if (value instanceof Number number) {
            json.writeNumberField(field, number.longValue());
        } else {
            json.writeStringField(field, value.toString());
        }
    }

    /** Writes a list of texts. */
    static void texts(JsonGenerator json, String field, Collection<?> all) throws IOException {
        json.writeArrayFieldStart(field);
        for (Object one : all) {
            json.writeString(one.toString());
        }
        json.writeEndArray();
    }

    /** Writes an object to text. */
    static String write(Fields fields) {
        StringWriter out = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return out.toString();
    }

    /** Writes the fields of one JSON object. */
    interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
