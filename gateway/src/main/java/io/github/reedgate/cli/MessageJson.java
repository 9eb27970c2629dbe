package io.github.reedgate.cli;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Writes a message as one line of JSON for programs. What is not visible is escaped, so that the line is harmless on a
 * terminal too; a payload that is not UTF-8 becomes {@code "payload":null,"payload_base64":"…"}. A user property that
 * occurs more than once has a list of its values. Immutable, safe for use by any thread.
 */
public final class MessageJson implements MessageFormat {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String line(Received message) {
        StringJoiner json = new StringJoiner(",", "{", "}");
        json.add("\"received_at\":" + quoted(TIME.format(message.at())));
        json.add("\"topic\":" + quoted(message.topic()));
        message.text()
                .ifPresentOrElse(text -> json.add("\"payload\":" + quoted(text)), () -> json.add(binary(message)));
        json.add("\"retained\":" + message.flags().retained());
        json.add("\"qos\":" + message.flags().qos());
        json.add("\"duplicate\":" + message.flags().duplicate());
        json.add("\"content_type\":"
                + message.contentType().map(MessageJson::quoted).orElse("null"));
        json.add("\"user_properties\":" + properties(message.userProperties()));
        return json.toString();
    }

    private static String binary(Received message) {
        return "\"payload\":null,\"payload_base64\":\"" + Base64.getEncoder().encodeToString(message.payload()) + "\"";
    }

    private static String properties(Map<String, List<String>> properties) {
        StringJoiner json = new StringJoiner(",", "{", "}");
        properties.forEach((name, values) -> json.add(quoted(name) + ":" + values(values)));
        return json.toString();
    }

    private static String values(List<String> values) {
        if (values.size() == 1) {
            return quoted(values.get(0));
        }
        StringJoiner json = new StringJoiner(",", "[", "]");
        values.forEach(value -> json.add(quoted(value)));
        return json.toString();
    }

    /** A JSON string in which everything is visible. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        text.codePoints().forEach(character -> {
            if (character == '"' || character == '\\') {
                json.append('\\').append((char) character);
            } else if (SafeText.isVisible(character)) {
                json.appendCodePoint(character);
            } else {
                for (char unit : Character.toChars(character)) {
                    json.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return json.append('"').toString();
    }
}
