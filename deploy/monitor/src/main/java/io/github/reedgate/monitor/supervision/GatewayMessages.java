package io.github.reedgate.monitor.supervision;

import io.github.reedgate.monitor.record.Item;
import io.github.reedgate.monitor.record.MessageReader;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.monitor.record.RejectedMessage;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a message on a topic of a gateway says. Anybody may have written it: what can't be read is reported as such and
 * changes nothing. Immutable, safe for use by any thread.
 */
public final class GatewayMessages {

    /** Longest payload that is read, in characters; longer ones can't be read. */
    public static final int MOST_CHARS = 65_536;

    private static final Pattern ID = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final int MOST_TEXT = 200;
    private static final int MOST_OPEN = 16;
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final String prefix;
    private final MessageReader events;

    /**
     * A reader.
     *
     * @param topicPrefix the gateways' {@code topic_prefix}
     */
    public GatewayMessages(String topicPrefix) {
        this.prefix = topicPrefix + "/";
        this.events = new MessageReader(topicPrefix);
    }

    /**
     * Reads one message.
     *
     * @param topic its topic
     * @param payload its payload; empty if it is no text
     * @param retained whether the broker had kept it
     * @return empty if the topic is of no gateway, or means nothing to the supervision
     * @throws IOException if the payload can't be read; says why
     */
    public Optional<SupervisionInput.Heard> read(String topic, String payload, boolean retained) throws IOException {
        int slash = topic.startsWith(prefix) ? topic.indexOf('/', prefix.length()) : -1;
        if (slash < 0 || !ID.matcher(topic.substring(prefix.length(), slash)).matches()) {
            return Optional.empty();
        }
        if (payload.length() > MOST_CHARS) {
            throw new IOException("payload has " + payload.length() + " characters, expected at most " + MOST_CHARS);
        }
        String gateway = topic.substring(prefix.length(), slash);
        try {
            String rest = topic.substring(slash + 1);
            Saying saying = rest.equals("event") ? event(topic, payload) : saying(rest, payload);
            return saying == null
                    ? Optional.empty()
                    : Optional.of(new SupervisionInput.Heard(gateway, retained, saying));
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("a time is none", e);
        }
    }

    private static @Nullable Saying saying(String rest, String payload) throws IOException {
        return switch (rest) {
            case "availability" -> availability(payload);
            case "diagnostics" -> payload.isEmpty() ? null : heartbeat(JsonObject.read(payload));
            case "panel/state" -> payload.isEmpty() ? new Saying.NoPanel() : new Saying.Panel(PanelMood.of(payload));
            case "panel/detail" -> payload.isEmpty() ? null : detail(JsonObject.read(payload));
            default -> rest.endsWith("/state") && !payload.isEmpty() ? new Saying.Spoke() : null;
        };
    }

    private static Saying availability(String payload) throws IOException {
        return switch (payload) {
            case "online" -> new Saying.Availability(true);
            case "offline" -> new Saying.Availability(false);
            case "" -> new Saying.Removed();
            default -> throw new IOException("availability is neither online nor offline");
        };
    }

    private static Saying heartbeat(Map<String, @Nullable Object> all) throws IOException {
        Instant time = time(all, "time");
        if (time == null) {
            throw new IOException("field time is missing");
        }
        return new Saying.Heartbeat(time);
    }

    private static Saying detail(Map<String, @Nullable Object> all) throws IOException {
        Instant deadline = time(all, "deadline");
        Instant since = time(all, "since");
        Duration delay = deadline == null || since == null ? LONGEST_DELAY : Duration.between(since, deadline);
        Duration bounded = delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
        List<String> open = all.get("open") instanceof List<?> list
                ? list.stream()
                        .limit(MOST_OPEN)
                        .map(String::valueOf)
                        .map(GatewayMessages::cut)
                        .toList()
                : List.of();
        return new Saying.PanelDetail(textOrNull(all, "incident_id"), open, deadline, bounded);
    }

    /** An event counts only if the history would take it, too. */
    private Saying event(String topic, String payload) throws IOException {
        Item item = events.read(new RawMessage(topic, payload.getBytes(StandardCharsets.UTF_8), 0));
        if (item instanceof RecordedEvent event) {
            String sensor = event.name() == null ? event.sensor() : event.name();
            return new Saying.Happened(
                    event.type(),
                    event.boot(),
                    event.seq(),
                    sensor == null ? null : cut(sensor),
                    event.incident() == null ? null : cut(event.incident()));
        }
        throw new IOException(item instanceof RejectedMessage rejected ? rejected.reason() : "it is no event");
    }

    private static @Nullable Instant time(Map<String, @Nullable Object> all, String name) throws IOException {
        String text = textOrNull(all, name);
        Instant time = text == null ? null : Instant.parse(text);
        if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST))) {
            throw new IOException("field " + name + " is " + text + ", expected a time from 1970 to " + LATEST);
        }
        return time;
    }

    private static @Nullable String textOrNull(Map<String, @Nullable Object> all, String name) {
        return all.get(name) instanceof String text ? cut(text) : null;
    }

    /** Text of others goes into alarm lines: it is one short line. */
    private static String cut(String text) {
        return text.codePoints()
                .filter(point -> !Character.isISOControl(point))
                .limit(MOST_TEXT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
