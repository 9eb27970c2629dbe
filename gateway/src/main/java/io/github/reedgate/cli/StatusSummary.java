package io.github.reedgate.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the running gateway answered about itself, for people. Immutable.
 *
 * @param payloads the fields of its answer
 * @param zone the reader's; all times are shown in it
 */
record StatusSummary(Map<String, Object> payloads, ZoneId zone) {

    /** The column in which the texts begin. */
    static final int INDENT = 17;

    private static final String PANEL = "panel";
    private static final int FAILURE_LIMIT = 600;
    private static final int TIME_LIMIT = 40;

    /** One line each: the panel first, then sensors, outputs, the way to the broker and what else there is to say. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Object> each : payloads.entrySet()) {
            String topic = each.getKey();
            if (topic.endsWith("/state")) {
                String above = topic.substring(0, topic.lastIndexOf('/'));
                String id = above.substring(above.lastIndexOf('/') + 1);
                boolean isPanel = id.equals(PANEL);
                Object detail = payloads.get(above + "/detail");
                String more = detail instanceof Map<?, ?> fields ? more(fields, isPanel) : "";
                lines.add(
                        isPanel ? 0 : lines.size(),
                        String.format(Locale.ROOT, "%-16s %s%s", id, each.getValue(), more));
            }
        }
        if (payloads.get("outputs") instanceof Map<?, ?> outputs) {
            outputs.forEach((id, word) -> lines.add(String.format(Locale.ROOT, "%-16s %s (output)", id, word)));
        }
        broker().ifPresent(text -> lines.add(named("broker", text)));
        queue().ifPresent(text -> lines.add(named("queue", text)));
        if (payloads.get("notices_waiting") instanceof Number waiting && waiting.longValue() > 0) {
            lines.add(String.format(Locale.ROOT, "%-16s %d waiting", "notices", waiting.longValue()));
        }
        lines.addAll(DeliveryTrouble.lines(payloads, zone));
        if (payloads.get("panel_lost") instanceof String why) {
            lines.add("the alarm panel's memory is lost: " + SafeText.line(why, 200)
                    + "; the state above is not certain until somebody arms or disarms it");
        }
        if (Boolean.TRUE.equals(payloads.get("walk_test"))) {
            lines.add("a walk test runs: the panel raises no alarm until it is over");
        }
        return lines;
    }

    private String more(Map<?, ?> detail, boolean isPanel) {
        StringBuilder more = new StringBuilder();
        if (detail.get("since") != null) {
            more.append(" since ").append(time(detail, "since"));
        }
        if (!isPanel) {
            return "ok".equals(detail.get("health"))
                    ? more.toString()
                    : more.append(", ").append(detail.get("health")).toString();
        }
        if (detail.get("deadline") != null) {
            more.append(", until ").append(time(detail, "deadline"));
        }
        for (String list : List.of("open", "bypassed")) {
            if (detail.get(list) instanceof List<?> ids && !ids.isEmpty()) {
                more.append(", ")
                        .append(list)
                        .append(' ')
                        .append(String.join(
                                " ", ids.stream().map(String::valueOf).toList()));
            }
        }
        if (detail.get("mode") == null && detail.get("ready") instanceof Map<?, ?> ready) {
            modes(", ready for ", true, ready, more);
            modes(", not ready for ", false, ready, more);
        }
        if (detail.get("incident_id") != null) {
            more.append(", incident ").append(detail.get("incident_id"));
        }
        return more.toString();
    }

    private static void modes(String before, boolean isReady, Map<?, ?> ready, StringBuilder more) {
        String modes = ready.entrySet().stream()
                .filter(each -> Boolean.valueOf(isReady).equals(each.getValue()))
                .map(each -> String.valueOf(each.getKey()))
                .collect(Collectors.joining(" "));
        more.append(modes.isEmpty() ? "" : before + modes);
    }

    private Optional<String> broker() {
        if (!(payloads.get("broker") instanceof Map<?, ?> broker)) {
            return Optional.empty();
        }
        String now = Boolean.TRUE.equals(broker.get("connected")) ? "connected" : "not connected";
        String since = broker.get("since") == null ? "" : " since " + time(broker, "since");
        String failure = broker.get("last_failure") == null
                ? ""
                : "; last failure " + time(broker, "last_failure_time") + ": "
                        + SafeText.line(String.valueOf(broker.get("last_failure")), FAILURE_LIMIT);
        return Optional.of(now + since + failure);
    }

    private Optional<String> queue() {
        if (!(payloads.get("queue") instanceof Map<?, ?> queue) || !(queue.get("waiting") instanceof Number waiting)) {
            return Optional.empty();
        }
        if (waiting.longValue() == 0) {
            return Optional.of("empty: the broker has acknowledged every message");
        }
        String oldest = queue.get("oldest_s") instanceof Number seconds
                ? ", the oldest for " + Durations.rough(Duration.ofSeconds(seconds.longValue()))
                : "";
        return Optional.of(waiting.longValue() + (waiting.longValue() == 1 ? " message waits" : " messages wait")
                + " for the broker" + oldest);
    }

    private String time(Map<?, ?> fields, String name) {
        return SafeText.line(ReaderTime.text(String.valueOf(fields.get(name)), zone), TIME_LIMIT);
    }

    private static String named(String name, String text) {
        return String.format(Locale.ROOT, "%-16s %s", name, text);
    }
}
