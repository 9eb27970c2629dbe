package io.github.reedgate.notify;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.EventJson;
import io.github.reedgate.json.Json;
import io.github.reedgate.notice.Grade;
import io.github.reedgate.notice.Notice;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a notice is written for a server. Immutable.
 *
 * @param uri where it goes
 * @param body what, in JSON
 * @param headers what else is said of it; no secret
 */
record Form(URI uri, String body, Map<String, String> headers) {

    private static final int URGENT = 5;
    private static final int HIGH = 4;
    private static final int USUAL = 3;

    /**
     * For ntfy: its JSON, published at the server's root, so that the topic stands in no address.
     *
     * @param topic the topic
     * @param zone of the times in it
     */
    static Form ntfy(Dispatch dispatch, String topic, ZoneId zone) {
        Notice notice = dispatch.notice();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("topic", topic);
        all.put("title", title(notice));
        all.put("message", text(dispatch, zone));
        all.put("priority", priority(notice.grade()));
        List<String> tags = tags(notice.grade());
        if (!tags.isEmpty()) {
            all.put("tags", tags);
        }
        dispatch.target().taps().open().ifPresent(open -> all.put("click", open.toString()));
        List<Map<String, Object>> buttons = buttons(dispatch);
        if (!buttons.isEmpty()) {
            all.put("actions", buttons);
        }
        return new Form(dispatch.target().access().at("/", ""), Json.write(all), Map.of());
    }

    /**
     * For a webhook: the event as the broker gets it, and how it is told.
     *
     * @param zone of the times in it
     */
    static Form webhook(Dispatch dispatch, ZoneId zone) {
        Notice notice = dispatch.notice();
        boolean late = dispatch.delay().isOver(dispatch.target().late());
        String event = EventJson.write(notice.event(), late);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("target", notice.target());
        all.put("grade", notice.grade().word());
        all.put("text", text(dispatch, zone));
        all.put("repeat", notice.repeat());
        all.put("escalated", notice.escalated());
        all.put("late", late);
        String body = event.substring(0, event.length() - 1) + ",\"notice\":" + Json.write(all) + "}";
        String key = notice.event().stamp().id() + "." + notice.target() + "." + notice.repeat();
        return new Form(dispatch.target().access().url(), body, Map.of("Idempotency-Key", key));
    }

    private static List<Map<String, Object>> buttons(Dispatch dispatch) {
        NotifyTarget target = dispatch.target();
        List<Map<String, Object>> buttons = new ArrayList<>();
        Optional<String> topic = target.taps().replyTopic();
        topic.ifPresent(name -> dispatch.words().forEach((what, word) -> {
            Map<String, Object> button = new LinkedHashMap<>();
            button.put("action", "http");
            button.put("label", what.label());
            button.put("url", target.access().url().resolve("/" + name).toString());
            button.put("method", "POST");
            button.put("body", word);
            button.put("clear", true);
            buttons.add(button);
        }));
        target.taps().open().ifPresent(open -> {
            Map<String, Object> button = new LinkedHashMap<>();
            button.put("action", "view");
            button.put("label", "Open");
            button.put("url", open.toString());
            buttons.add(button);
        });
        return buttons;
    }

    private static String title(Notice notice) {
        String gateway = notice.event().gateway();
        return switch (notice.grade()) {
            case ALARM -> "Alarm: " + gateway;
            case FAULT -> "Fault: " + gateway;
            case ROUTINE -> gateway;
        };
    }

    private static int priority(Grade grade) {
        return switch (grade) {
            case ALARM -> URGENT;
            case FAULT -> HIGH;
            case ROUTINE -> USUAL;
        };
    }

    private static List<String> tags(Grade grade) {
        return switch (grade) {
            case ALARM -> List.of("rotating_light");
            case FAULT -> List.of("warning");
            case ROUTINE -> List.of();
        };
    }

    /** The notice's line; before it, if it is late, when that happened. */
    static String text(Dispatch dispatch, ZoneId zone) {
        Delay delay = dispatch.delay();
        String text = dispatch.notice().text();
        if (!delay.isOver(dispatch.target().late())) {
            return text;
        }
        Instant happened = delay.happened();
        Duration age = delay.age();
        List<String> told = new ArrayList<>();
        if (happened != null) {
            told.add("happened on " + happened.atZone(zone).toLocalDate() + " at " + ClockText.clock(happened, zone));
        }
        if (age != null) {
            told.add(length(age) + " ago");
        }
        return "Late: " + (told.isEmpty() ? "nobody knows by how much" : String.join(", ", told)) + ". " + text;
    }

    private static String length(Duration age) {
        if (age.toMinutes() < 120) {
            return age.toMinutes() + " min";
        }
        return age.toHours() < 48 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
