package io.github.reedgate.app;

import io.github.reedgate.delivery.SetAside;
import io.github.reedgate.event.ClockText;
import io.github.reedgate.json.Json;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The messages that were set aside last, for people. Owned by the loop thread. Of a former start the store has what
 * {@link #text} wrote, until a message is set aside after the next start.
 */
final class AsideList {

    /** The name under which the text is kept. */
    static final String NOTE = "set_aside_list";

    private static final int MOST = 8;

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
        return Json.write(json -> {
            json.text("time", ClockText.utc(time));
            json.text("topic", aside.message().topic());
            json.number("characters", aside.message().payload().length());
            json.text("why", aside.why().word());
            json.number("tries", aside.tries());
            json.known("id", properties.get("id"));
            json.known("seq", properties.get("seq"));
            json.text("reason", DeliveryNews.reason(aside));
        });
    }
}
