package io.github.reedgate.monitor.supervision;

import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A supervision in virtual time, with a broker that sends the echo of a probe back as long as it answers. */
final class SupervisionRig {

    static final Instant BEGIN = Instant.parse("2026-11-22T21:00:00Z");

    final List<MonitorEvent> events = new ArrayList<>();
    private final SupervisionSettings settings;
    private Supervision supervision;
    private SupervisionState state;
    private Timestamp now = new Timestamp(1_000_000_000_000L, BEGIN);
    private String stored = "";
    private long seed = 1;
    boolean echoes = true;

    SupervisionRig() {
        this(SupervisionSettings.DEFAULT);
    }

    SupervisionRig(SupervisionSettings settings) {
        this.settings = settings;
        supervision = new Supervision(settings, seed);
        state = SupervisionMemory.empty(now);
    }

    /** A rig that is connected, knows the gateways, and judges. */
    static SupervisionRig watching(String... gateways) {
        SupervisionRig rig = new SupervisionRig();
        rig.take(new SupervisionInput.LinkUp(true));
        for (String gateway : gateways) {
            rig.says(gateway, "availability", "online");
            rig.beats(gateway);
        }
        rig.pass(Duration.ofSeconds(31), gateways);
        return rig;
    }

    SupervisionResult take(SupervisionInput input) {
        return take(List.of(input));
    }

    SupervisionResult take(List<SupervisionInput> round) {
        SupervisionResult result = supervision.step(state, round, now);
        state = result.state();
        events.addAll(result.events());
        if (result.save()) {
            stored = SupervisionMemory.write(state);
        }
        if (result.probe() && echoes) {
            take(new SupervisionInput.LineProved(now.monotonicNanos()));
        }
        return result;
    }

    void says(String gateway, String topic, String payload) {
        hears(gateway, topic, payload, false);
    }

    void kept(String gateway, String topic, String payload) {
        hears(gateway, topic, payload, true);
    }

    private void hears(String gateway, String topic, String payload, boolean retained) {
        try {
            new GatewayMessages("reedgate")
                    .read("reedgate/" + gateway + "/" + topic, payload, retained)
                    .ifPresent(this::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void beats(String gateway) {
        says(gateway, "diagnostics", "{\"time\":\"" + now.wall() + "\",\"uptime_s\":1}");
    }

    void panel(String gateway, String word) {
        says(gateway, "panel/state", word);
    }

    /** The entry delay begins. */
    void pending(String gateway, Duration delay) {
        says(
                gateway,
                "event",
                eventOf(gateway, "pending", 1, 10)
                        + ",\"sensor\":\"front_door\",\"name\":\"Front door\",\"incident_id\":\"incident-1\"}");
        panel(gateway, "pending");
        says(
                gateway,
                "panel/detail",
                "{\"since\":\"" + now.wall()
                        + "\",\"mode\":\"away\",\"incident_id\":\"incident-1\",\"open\":[\"front_door\"],"
                        + "\"deadline\":\"" + now.wall().plus(delay) + "\"}");
    }

    void event(String gateway, String type, long seq) {
        event(gateway, type, 1, seq);
    }

    void event(String gateway, String type, long boot, long seq) {
        says(gateway, "event", eventOf(gateway, type, boot, seq) + "}");
    }

    /** The payload of an event, without its closing brace. */
    static String eventOf(String gateway, String type, long boot, long seq) {
        return "{\"event_type\":\"" + type + "\",\"id\":\"" + gateway + "-" + boot + "-" + seq + "\",\"seq\":" + seq
                + ",\"boot\":" + boot + ",\"gateway\":\"" + gateway + "\",\"time\":\"" + BEGIN
                + "\",\"clock_synced\":true,\"uptime_ms\":1,\"message\":\"m\",\"replayed\":false";
    }

    /** Lets time pass in steps of half a second, with a heartbeat each 30 s of the gateways named. */
    void pass(Duration time, String... beating) {
        long steps = time.toMillis() / 500;
        for (long step = 1; step <= steps; step++) {
            now = now.plus(Duration.ofMillis(500));
            if (step % 60 == 0) {
                for (String each : beating) {
                    beats(each);
                }
            }
            take(new SupervisionInput.Tick());
        }
    }

    /** SIGKILL and a new start: what was stored is all that is left. */
    void restart() {
        now = new Timestamp(now.monotonicNanos() / 7, now.wall());
        seed++;
        supervision = new Supervision(settings, seed);
        try {
            state = SupervisionMemory.read(stored, settings, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void silence(Duration time) {
        now = now.plus(time);
    }

    Instant wall() {
        return now.wall();
    }

    SupervisionState state() {
        return state;
    }

    GatewayCondition condition(String gateway) {
        return state.conditions().getOrDefault(gateway, GatewayCondition.UNKNOWN);
    }

    long count(MonitorEventType type) {
        return events.stream().filter(each -> each.type() == type).count();
    }

    /** The only event of this type. */
    MonitorEvent only(MonitorEventType type) {
        List<MonitorEvent> all =
                events.stream().filter(each -> each.type() == type).toList();
        if (all.size() != 1) {
            throw new AssertionError("expected one " + type + ", found " + all + " among " + events);
        }
        return all.get(0);
    }
}
