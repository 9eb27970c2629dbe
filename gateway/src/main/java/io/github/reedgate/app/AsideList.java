package io.github.reedgate.app;

import io.github.reedgate.delivery.Journal;
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
 * {@link #add} noted, until a message is set aside after the next start.
 */
final class AsideList {

    private static final String NOTE = "set_aside_list";
    private static final int MOST = 8;

    private final Deque<String> latest = new ArrayDeque<>();
    private long count;

    /** Adds one; the oldest goes if there are more than 8. Notes it in the store, for those who read that. */
    void add(SetAside aside, Instant time, Journal journal) {
        latest.addLast(json(aside, time));
        if (latest.size() > MOST) {
            latest.removeFirst();
        }
        journal.note(NOTE, String.join("\n", latest));
        journal.note("set_aside", Long.toString(++count));
        journal.note("last_set_aside", DeliveryNews.reason(aside));
        journal.note("last_set_aside_time", time.toString());
    }

    /** How many there were since the start. */
    long count() {
        return count;
    }

    /** Each as a JSON object, the oldest first. */
    List<String> all() {
        return List.copyOf(latest);
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
