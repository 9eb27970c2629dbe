package io.github.reedgate.discovery;

import io.github.reedgate.event.EventType;
import io.github.reedgate.json.Json;
import io.github.reedgate.message.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What there is of the gateway as a whole. */
final class GatewayComponents {

    /** After so many intervals without a heartbeat the last one counts for nothing. */
    private static final int SILENT_INTERVALS = 2;

    private final Topics topics;
    private final Duration heartbeat;

    GatewayComponents(Topics topics, Duration heartbeat) {
        this.topics = topics;
        this.heartbeat = heartbeat;
    }

    List<Component> all() {
        return List.of(
                connectivity(),
                events(),
                lastAlarm(),
                testButton(),
                testTrigger(),
                clock(),
                heartbeat(),
                figure("uptime", "Uptime", Template.value("uptime_s")).withAll(unit("duration", "s")),
                figure("version", "Version", Template.value("version")),
                figure("waiting", "Waiting messages", Template.value("outbox_depth"))
                        .with("state_class", "measurement"),
                figure("unsent", "Oldest unsent message", Template.orNone("oldest_unsent_s"))
                        .withAll(unit("duration", "s")),
                figure("reconnects", "Reconnects", Template.value("reconnects"))
                        .with("state_class", "total_increasing"),
                figure("temperature", "CPU temperature", Template.orNone("cpu_temperature_c"))
                        .withAll(unit("temperature", "°C"))
                        .with("state_class", "measurement")
                        .with("suggested_display_precision", 1),
                figure("memory", "Memory", Template.orNone("rss_bytes"))
                        .withAll(unit("data_size", "B"))
                        .with("state_class", "measurement")
                        .with("enabled_by_default", false));
    }

    /** Tells of the availability, so it can't have one: it would never show that the gateway is gone. */
    private Component connectivity() {
        return entity("binary_sensor", "connectivity", "Connection")
                .with("device_class", "connectivity")
                .with("entity_category", "diagnostic")
                .with("state_topic", topics.availability())
                .with("payload_on", "online")
                .with("payload_off", "offline");
    }

    /** All but what must stand on no page that somebody who forces another one can look at. */
    private Component events() {
        return entity("event", "events", "Events")
                .with("state_topic", topics.event())
                .with("value_template", "{{ '{}' if value_json.event_type == 'duress' else value }}")
                .with(
                        "event_types",
                        Arrays.stream(EventType.values())
                                .filter(type -> type != EventType.DURESS)
                                .map(EventType::word)
                                .toList());
    }

    /** A state in Home Assistant has 255 characters at most. */
    private Component lastAlarm() {
        return entity("sensor", "alarmtext", "Last alarm")
                .with("state_topic", topics.alarm())
                .with("value_template", "{{ value[:255] }}");
    }

    private Component testButton() {
        return entity("button", "test", "Test alarm")
                .with("entity_category", "config")
                .with("command_topic", topics.testSet())
                .with("payload_press", "PRESS");
    }

    private Component testTrigger() {
        return trigger(topics, EventType.TEST)
                .with("value_template", "{{ 'late' if value_json.replayed else value_json.event_type }}");
    }

    /** A trigger of the whole gateway; nothing is said yet of how it is found in an event. */
    static Component trigger(Topics topics, EventType type) {
        return Component.entity("device_automation", "gateway_on" + type.word().replace("_", ""))
                .with("automation_type", "trigger")
                .with("type", type.word())
                .with("subtype", "alarm")
                .with("topic", topics.event())
                .with("payload", type.word());
    }

    private Component clock() {
        return entity("binary_sensor", "clock", "Clock not set")
                .with("device_class", "problem")
                .with("entity_category", "diagnostic")
                .with("state_topic", topics.diagnostics())
                .with("value_template", "{{ 'OFF' if value_json.clock_synced else 'ON' }}");
    }

    private Component heartbeat() {
        return figure("heartbeat", "Last heartbeat", Template.value("time"))
                .with("device_class", "timestamp")
                .with("expire_after", heartbeat.toSeconds() * SILENT_INTERVALS);
    }

    private Component figure(String what, String name, String template) {
        return entity("sensor", what, name)
                .with("entity_category", "diagnostic")
                .with("state_topic", topics.diagnostics())
                .with("value_template", template);
    }

    private static Map<String, Object> unit(String deviceClass, String unit) {
        return Json.fields("device_class", deviceClass, "unit_of_measurement", unit);
    }

    private static Component entity(String platform, String what, String name) {
        return Component.entity(platform, "gateway_" + what).with("name", name);
    }
}
