package io.github.reedgate.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.reedgate.delivery.SetAside;
import io.github.reedgate.message.ClockText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were set aside last, for people. Owned by the loop thread. Of a former start the store has what
 * {@link #text} wrote, until a message is set aside after the next start.
 */
final class AsideList {

    /** The name under which the text is kept. */
    static final String NOTE = "set_aside_list";

    private static final int MOST = 8;
    private static final JsonFactory JSON = new JsonFactory();

    private final Deque<String> latest = new ArrayDeque<>();

    /** Adds one; the oldest goes if there are more than 8. */
    void add(SetAside aside, Instant time) {
        latest.addLast(json(aside, time));
        if (latest.size() > MOST) {
            latest.removeFirst();
        }
    }

    /** Each as a JSON object, the oldest first. */
    List<String> all() {
        return List.copyOf(latest);
    }

    /** The same as one text, a line for each. */
    String text() {
        return String.join("\n", latest);
    }

    private static String json(SetAside aside, Instant time) {
        Map<String, String> properties = aside.message().userProperties();
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("time", ClockText.utc(time));
            json.writeStringField("topic", aside.message().topic());
            json.writeNumberField("characters", aside.message().payload().length());
            json.writeStringField("why", aside.why().word());
            json.writeNumberField("tries", aside.tries());
            text(json, "id", properties.get("id"));
            text(json, "seq", properties.get("seq"));
            json.writeStringField("reason", DeliveryNews.reason(aside));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return out.toString();
    }

    private static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }
}
