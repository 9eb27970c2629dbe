package io.github.reedgate.monitor.record;

import java.nio.charset.StandardCharsets;

/** Messages as gateways send them. */
public final class Samples {

    /** When the messages of the samples arrive. */
    public static final long NOW = 1_800_000_000_000L;

    private Samples() {}

    /** The payload of an event. */
    public static String json(String gateway, long seq, String id) {
        return json(gateway, seq, id, 1, "opened", "");
    }

    /** The payload of an event; {@code more} begins with a comma if it is not empty. */
    public static String json(String gateway, long seq, String id, long boot, String type, String more) {
        return "{\"event_type\":\"" + type + "\",\"id\":\"" + id + "\",\"seq\":" + seq + ",\"boot\":" + boot
                + ",\"gateway\":\"" + gateway
                + "\",\"sensor\":\"front_door\",\"name\":\"Front door\",\"state\":\"open\","
                + "\"time\":\"2026-11-22T21:14:03.120Z\",\"clock_synced\":true,\"uptime_ms\":" + seq
                + ",\"replayed\":false,\"incident_id\":null,\"message\":\"Front door opened\"" + more + "}";
    }

    /** A message. */
    public static RawMessage message(String topic, String payload) {
        return new RawMessage(topic, payload.getBytes(StandardCharsets.UTF_8), NOW);
    }

    /** An event's message. */
    public static RawMessage event(String gateway, long seq, String id) {
        return message("reedgate/" + gateway + "/event", json(gateway, seq, id));
    }

    /** An event as it is recorded. */
    public static RecordedEvent recorded(String gateway, long seq, String id) {
        return (RecordedEvent) new MessageReader("reedgate").read(event(gateway, seq, id));
    }

    /** An event as it is recorded, with another payload. */
    public static RecordedEvent recorded(String gateway, String json) {
        return (RecordedEvent) new MessageReader("reedgate").read(message("reedgate/" + gateway + "/event", json));
    }
}
