package io.github.reedgate.discovery;

import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.event.EventType;
import io.github.reedgate.message.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What there is of one sensor. */
final class SensorComponents {

    private final Topics topics;
    private final Sensor sensor;

    SensorComponents(Topics topics, Sensor sensor) {
        this.topics = topics;
        this.sensor = sensor;
    }

    List<Component> all() {
        boolean tamper = sensor.type() == SensorType.TAMPER;
        List<Component> all = new ArrayList<>(List.of(
                contact(),
                problem(),
                since(),
                glitches(),
                trigger(tamper ? EventType.TAMPERED : EventType.OPENED),
                trigger(tamper ? EventType.TAMPER_CLEARED : EventType.CLOSED)));
        if (sensor.loop() != null) {
            all.add(tamper());
            all.add(trigger(EventType.TAMPERED));
            all.add(trigger(EventType.TAMPER_CLEARED));
        }
        return all;
    }

    private Component tamper() {
        return entity("binary_sensor", "tamper", sensor.name() + " tamper")
                .with("device_class", "tamper")
                .with("state_topic", topics.detail(sensor.id()))
                .with(
                        "value_template",
                        "{{ 'None' if value_json.tamper == 'unknown' else 'OFF' if value_json.tamper == 'ok' else 'ON' }}");
    }

    private Component contact() {
        return entity("binary_sensor", "contact", sensor.name())
                .with("device_class", sensor.type().name().toLowerCase(Locale.ROOT))
                .with("state_topic", topics.state(sensor.id()))
                .with("payload_on", sensor.type().openWord())
                .with("payload_off", sensor.type().closedWord())
                .with("value_template", "{{ 'None' if value == 'unknown' else value }}");
    }

    private Component problem() {
        return entity("binary_sensor", "problem", sensor.name() + " problem")
                .with("device_class", "problem")
                .with("entity_category", "diagnostic")
                .with("state_topic", topics.detail(sensor.id()))
                .with("value_template", "{{ 'OFF' if value_json.health == 'ok' else 'ON' }}");
    }

    private Component since() {
        return entity("sensor", "since", sensor.name() + " since")
                .with("device_class", "timestamp")
                .with("entity_category", "diagnostic")
                .with("enabled_by_default", false)
                .with("state_topic", topics.detail(sensor.id()))
                .with("value_template", Template.orNone("since"));
    }

    private Component glitches() {
        return entity("sensor", "glitches", sensor.name() + " glitches")
                .with("state_class", "total_increasing")
                .with("entity_category", "diagnostic")
                .with("enabled_by_default", false)
                .with("state_topic", topics.detail(sensor.id()))
                .with("value_template", Template.value("glitches"));
    }

    /** What was sent late triggers nothing: nobody wants the light on for a door that opened an hour ago. */
    private Component trigger(EventType type) {
        return Component.entity(
                        "device_automation", sensor.id() + "_" + type.word().replace("_", ""))
                .with("automation_type", "trigger")
                .with("type", type.word())
                .with("subtype", sensor.id())
                .with("topic", topics.event())
                .with("payload", sensor.id() + " " + type.word())
                .with(
                        "value_template",
                        "{{ 'late' if value_json.replayed else value_json.sensor ~ ' ' ~ value_json.event_type }}");
    }

    private Component entity(String platform, String what, String name) {
        return Component.entity(platform, sensor.id() + "_" + what).with("name", name);
    }
}
