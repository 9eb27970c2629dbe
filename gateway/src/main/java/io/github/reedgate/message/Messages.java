package io.github.reedgate.message;

import io.github.reedgate.event.AlarmLine;
import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventJson;
import io.github.reedgate.event.EventType;
import io.github.reedgate.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the payloads; the one place that knows how they look. Immutable, safe for use by any thread. */
public final class Messages {

    private static final String LIVE_FIELD = "\"replayed\":false";
    private static final String REPLAYED_FIELD = "\"replayed\":true";

    private static final String SYNCED_FIELD = "\"clock_synced\":true";
    private static final String NOT_SYNCED_FIELD = "\"clock_synced\":false";

    /** An alarm line with such a time, as {@link ClockText#clock} writes it. */
    private static final Pattern NOT_SET_LINE = Pattern.compile(
            "(.*?)[0-9]{2}(?::[0-9]{2}){2}(?:[+-][0-9]{2}(?::[0-9]{2}){1,2})?" + Pattern.quote(AlarmLine.NOT_SET),
            Pattern.DOTALL);

    private final Topics topics;

    /** Messages for the given topics. */
    public Messages(Topics topics) {
        this.topics = topics;
    }

    /** The retained availability, {@code online} or {@code offline}. */
    public Message availability(boolean online) {
        return Message.retainedText(topics.availability(), online ? "online" : "offline");
    }

    /** The retained state word of a sensor. */
    public Message state(String sensor, String word) {
        return Message.retainedText(topics.state(sensor), word);
    }

    /** The retained detail of a sensor. */
    public Message detail(String sensor, Detail detail) {
        return Message.retainedJson(topics.detail(sensor), Json.write(json -> {
            json.text("event_id", detail.eventId());
            json.number("seq", detail.seq());
            json.text("since", detail.since() == null ? null : ClockText.utc(detail.since()));
            json.text("health", detail.health());
            json.number("glitches", detail.glitches());
            json.number("bounces", detail.bounces());
            json.known("tamper", detail.tamper());
        }));
    }

    /**
     * What stands behind a sensor's state.
     *
     * @param eventId id of the event that brought the state, or null before the first
     * @param seq number of that event; 0 before the first
     * @param since when the state began, or null if it is not known
     * @param health {@code ok}, {@code chattering}, {@code stuck} or {@code fault}
     * @param glitches trains of pulses too short to be a move, since the gateway's start
     * @param bounces edges beyond the one each move needs, since the gateway's start
     * @param tamper {@code ok}, {@code cut}, {@code short} or {@code unknown}; null if the sensor has no second line
     */
    public record Detail(
            @Nullable String eventId,
            long seq,
            @Nullable Instant since,
            String health,
            long glitches,
            long bounces,
            @Nullable String tamper) {}

    /** The retained state word of the panel. */
    public Message panelState(String word) {
        return Message.retainedText(topics.panelState(), word);
    }

    /** The retained detail of the panel. */
    public Message panelDetail(PanelDetail detail) {
        return Message.retainedJson(topics.panelDetail(), Json.write(json -> {
            json.text("since", ClockText.utc(detail.since()));
            json.text("mode", detail.mode());
            json.text("former_mode", detail.formerMode());
            json.text(Event.INCIDENT, detail.incidentId());
            json.value("open", detail.open());
            json.value("bypassed", detail.bypassed());
            json.value("ready", detail.ready());
            Instant deadline = detail.deadline();
            json.text("deadline", deadline == null ? null : ClockText.utc(deadline));
        }));
    }

    /**
     * What stands behind the panel's state.
     *
     * @param since when the state began
     * @param mode {@code home}, {@code away} or {@code night} while armed or on the way to it, also during an alarm; else null
     * @param formerMode the mode that is watched while the exit delay runs, or null
     * @param incidentId the incident that is not over, or null
     * @param open ids of the sensors that are open
     * @param bypassed ids of the sensors that are left out
     * @param ready for each mode that can be armed, whether it could be now
     * @param deadline when the delay or siren time that runs is over, or null
     */
    public record PanelDetail(
            Instant since,
            @Nullable String mode,
            @Nullable String formerMode,
            @Nullable String incidentId,
            List<String> open,
            List<String> bypassed,
            Map<String, Boolean> ready,
            @Nullable Instant deadline) {}

    /** The retained heartbeat; QoS 0, for the next one is never far. */
    public Message diagnostics(Diagnostics diagnostics) {
        String payload = Json.write(json -> {
            json.text("time", ClockText.utc(diagnostics.time()));
            json.number("uptime_s", diagnostics.uptimeSeconds());
            json.text("version", diagnostics.version());
            json.number("outbox_depth", diagnostics.outboxDepth());
            json.numberOrNull("oldest_unsent_s", diagnostics.oldestUnsentSeconds());
            json.number("reconnects", diagnostics.reconnects());
            json.flag("clock_synced", diagnostics.clockSynced());
            json.decimalOrNull("cpu_temperature_c", diagnostics.cpuTemperatureCelsius());
            json.numberOrNull("rss_bytes", diagnostics.rssBytes());
            json.value("commands_refused", diagnostics.refusedCommands());
            json.value("subscriptions_lost", diagnostics.lostSubscriptions());
        });
        return new Message(topics.diagnostics(), payload, QoS.AT_MOST_ONCE, true, Message.JSON, Map.of());
    }

    /**
     * How the gateway is.
     *
     * @param time the wall clock's time
     * @param uptimeSeconds seconds since the gateway's start
     * @param version the program's version
     * @param outboxDepth how many messages wait for the broker or for its acknowledgement
     * @param oldestUnsentSeconds for how long the oldest of them has done so; 0 if there is none, null if it is not known yet
     * @param reconnects how often the connection to the broker came back since the start
     * @param clockSynced whether the wall clock can be trusted
     * @param cpuTemperatureCelsius the processor's temperature to a tenth of a degree, or null if it is not known
     * @param rssBytes how much memory the process takes up, or null if it is not known
     * @param refusedCommands how many commands were refused since the start, by reason
     * @param lostSubscriptions topics that the gateway does not hear, each with texts {@code why}, {@code since} and {@code until}
     */
    public record Diagnostics(
            Instant time,
            long uptimeSeconds,
            String version,
            long outboxDepth,
            @Nullable Long oldestUnsentSeconds,
            long reconnects,
            boolean clockSynced,
            @Nullable Double cpuTemperatureCelsius,
            @Nullable Long rssBytes,
            Map<String, Long> refusedCommands,
            Map<String, Map<String, String>> lostSubscriptions) {}

    /**
     * The answer to a command.
     *
     * @param stored whether what it says is on disk
     */
    public Message panelReply(Reply reply, boolean stored) {
        String payload = Json.write(json -> {
            json.text("action", reply.action());
            json.flag("accepted", reply.reason() == null);
            json.text("reason", reply.reason());
            json.value("sensors", reply.sensors());
            json.flag("stored", stored);
            json.text("warning", stored ? null : Reply.NOT_STORED);
        });
        return new Message(topics.panelReply(), payload, QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of());
    }

    /** An event in JSON. */
    public Message event(Event event) {
        return new Message(
                topics.event(),
                EventJson.write(event, false),
                QoS.AT_LEAST_ONCE,
                false,
                Message.JSON,
                properties(event.stamp(), event.type()));
    }

    /** A line of text for a phone; id, number and time travel as user properties. */
    public Message alarm(String line, Event event) {
        return new Message(
                topics.alarm(), line, QoS.AT_LEAST_ONCE, false, Message.TEXT, properties(event.stamp(), event.type()));
    }

    /**
     * The retained watermark, in decimal digits.
     *
     * @param seq the number up to which the broker acknowledged all events; 0 or more
     */
    public Message watermark(long seq) {
        if (seq < 0) {
            throw new IllegalArgumentException("watermark is " + seq + ", expected 0 or more");
        }
        return Message.retainedText(topics.watermark(), Long.toString(seq));
    }

    /**
     * The same message marked as one that left later than it could have: the field {@code replayed} of an event, a user
     * property of an alarm. The pattern is safe: inside any text of the payload its quotation marks would be escaped.
     */
    public static Message replayed(Message message) {
        if ("true".equals(message.userProperties().get("replayed"))) {
            return message;
        }
        Map<String, String> properties = new TreeMap<>(message.userProperties());
        properties.put("replayed", "true");
        String payload = message.contentType().equals(Message.JSON)
                ? message.payload().replace(LIVE_FIELD, REPLAYED_FIELD)
                : message.payload();
        return new Message(
                message.topic(), payload, message.qos(), message.retain(), message.contentType(), properties);
    }

    /**
     * The same message with the right time, for one written before the clock was set. A message that says its clock was set
     * stays as it is. The patterns are safe for the same reason, and the event's own fields come first.
     *
     * @param time when the event happened
     * @param zone of the clock time at the end of an alarm line
     */
    public static Message corrected(Message message, Instant time, ZoneId zone) {
        String payload = message.payload();
        String old = message.userProperties().get("time");
        if (message.contentType().equals(Message.JSON)) {
            if (old == null || !payload.contains(NOT_SYNCED_FIELD)) {
                return message;
            }
            payload = first(payload, "\"time\":\"" + old + "\"", "\"time\":\"" + ClockText.utc(time) + "\"");
            payload = first(payload, NOT_SYNCED_FIELD, SYNCED_FIELD);
        } else {
            Matcher line = NOT_SET_LINE.matcher(payload);
            if (!line.matches()) {
                return message;
            }
            payload = line.group(1) + ClockText.clock(time, zone);
        }
        Map<String, String> properties = new TreeMap<>(message.userProperties());
        properties.put("time", ClockText.utc(time));
        return new Message(
                message.topic(), payload, message.qos(), message.retain(), message.contentType(), properties);
    }

    private static String first(String text, String part, String other) {
        int start = text.indexOf(part);
        return start < 0 ? text : text.substring(0, start) + other + text.substring(start + part.length());
    }

    private static Map<String, String> properties(Event.Stamp stamp, EventType type) {
        return Map.of(
                "id", stamp.id(),
                "seq", Long.toString(stamp.seq()),
                "time", ClockText.utc(stamp.time()),
                "event_type", type.word());
    }
}
