package io.github.reedgate.app;

import io.github.reedgate.core.WalkAnswer;
import io.github.reedgate.core.WalkOrder;
import io.github.reedgate.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walk tests as the control socket speaks of them: {@code ok} and {@code {"test":7,"ended":null,"sensors":[{"id":"shed",
 * "name":"Shed","state":"closed","opened":"2026-11-22T21:14:03Z","closed":null}]}}. No state.
 */
final class WalkText {

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
     * @param stored whether what was recorded of it is on disk
     */
    static String answer(WalkAnswer answer, boolean stored) {
        return answer instanceof WalkAnswer.Refused refused
                ? "refused " + refused.reason().word()
                : "ok " + json((WalkAnswer.Report) answer, stored);
    }

    private static String json(WalkAnswer.Report report, boolean stored) {
        return Json.write(json -> {
            json.number("test", report.number());
            json.text("ended", report.end() == null ? null : report.end().word());
            json.value(
                    "sensors", report.sensors().stream().map(WalkText::fields).toList());
            if (!stored) {
                json.flag("stored", false);
            }
        });
    }

    private static Map<String, @Nullable Object> fields(WalkAnswer.Sight sight) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", sight.id());
        fields.put("name", sight.name());
        fields.put("state", sight.state());
        fields.put("opened", text(sight.opened()));
        fields.put("closed", text(sight.closed()));
        return fields;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
