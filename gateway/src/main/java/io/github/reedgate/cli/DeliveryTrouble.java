package io.github.reedgate.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in lines what stands in the way between gateway and broker, as the gateway or its store reports it. Stateless. */
final class DeliveryTrouble {

    private static final int TEXT_LIMIT = 300;

    private DeliveryTrouble() {}

    /** The lines of {@code reedgate status}; none if all is well. */
    static List<String> lines(Map<String, Object> status, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        if (status.get("subscriptions_lost") instanceof Map<?, ?> lost) {
            lost.forEach(
                    (topic, fields) -> lines.add(named("not subscribed", lost(String.valueOf(topic), fields, zone))));
        }
        if (status.get("set_aside") instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof Map<?, ?> fields) {
                    lines.add(named("set aside", setAside(fields, zone)));
                }
            }
        }
        if (status.get("foreign_watermark") instanceof Map<?, ?> fields) {
            lines.add(named("watermark", time(fields, "time", zone) + " " + text(fields, "reason")));
        }
        return lines;
    }

    private static String named(String name, String text) {
        return String.format(Locale.ROOT, "%-16s %s", name, text);
    }

    private static String lost(String topic, @Nullable Object fields, ZoneId zone) {
        String what = SafeText.line(topic, TEXT_LIMIT);
        if (!(fields instanceof Map<?, ?> all)) {
            return what;
        }
        return what + " since " + time(all, "since", zone)
                + (all.get("until") == null ? "" : ", tried again " + time(all, "until", zone))
                + ": " + text(all, "reason");
    }

    /** One message, without the name of the line: time, topic, size, which event it was, and why. */
    static String setAside(Map<?, ?> fields, ZoneId zone) {
        return time(fields, "time", zone) + " " + text(fields, "topic") + ", " + text(fields, "characters")
                + " characters"
                + (fields.get("seq") == null ? "" : ", event " + text(fields, "seq"))
                + (fields.get("id") == null ? "" : " (" + text(fields, "id") + ")")
                + ", " + text(fields, "why") + ": " + text(fields, "reason");
    }

    private static String time(Map<?, ?> fields, String name, ZoneId zone) {
        return SafeText.line(ReaderTime.text(String.valueOf(fields.get(name)), zone), TEXT_LIMIT);
    }

    private static String text(Map<?, ?> fields, String name) {
        return SafeText.line(String.valueOf(fields.get(name)), TEXT_LIMIT);
    }
}
