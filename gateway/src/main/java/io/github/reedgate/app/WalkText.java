package io.github.reedgate.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.reedgate.core.WalkAnswer;
import io.github.reedgate.core.WalkOrder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walk tests as the control socket speaks of them: {@code ok} and {@code {"test":7,"ended":null,"sensors":[{"id":"shed",
 * "name":"Shed","state":"closed","opened":"2026-11-22T21:14:03Z","closed":null}]}}. No state.
 */
final class WalkText {

    private static final JsonFactory JSON = new JsonFactory();

    private WalkText() {}

    /** What a request's words want; empty if they are not about walk tests. */
    static Optional<WalkOrder> order(String[] words) {
        if (words.length != 3 || !words[0].equals("walktest") || !words[2].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(words[2]);
        return switch (words[1]) {
            case "begin" -> Optional.of(new WalkOrder.Begin(Duration.ofSeconds(Math.max(1, Math.min(number, 86_400)))));
            case "look" -> Optional.of(new WalkOrder.Look(number));
            case "end" -> Optional.of(new WalkOrder.Finish(number));
            default -> Optional.empty();
        };
    }

    /**
     * The answer on one line.
     *
     * @param stored whether what was told of it is on disk
     */
    static String answer(WalkAnswer answer, boolean stored) {
        return answer instanceof WalkAnswer.Refused refused
                ? "refused " + refused.reason().word()
                : "ok " + json((WalkAnswer.Report) answer, stored);
    }

    private static String json(WalkAnswer.Report report, boolean stored) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("test", report.number());
            json.writeStringField(
                    "ended", report.end() == null ? null : report.end().word());
            json.writeArrayFieldStart("sensors");
            for (WalkAnswer.Sight sight : report.sensors()) {
                json.writeStartObject();
                json.writeStringField("id", sight.id());
                json.writeStringField("name", sight.name());
                json.writeStringField("state", sight.state());
                json.writeStringField("opened", text(sight.opened()));
                json.writeStringField("closed", text(sight.closed()));
                json.writeEndObject();
            }
            json.writeEndArray();
            if (!stored) {
                json.writeBooleanField("stored", false);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return out.toString();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
