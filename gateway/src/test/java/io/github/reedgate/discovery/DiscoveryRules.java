package io.github.reedgate.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Home Assistant's MQTT integration asks of a description, as its documentation says (2025 and 2026): long keys, those
 * that must be there, those that may, and what goes wrong silently. Finds what is wrong, each as a sentence.
 */
final class DiscoveryRules {

    private static final Pattern TOPIC_ID = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Pattern ENTITY_ID = Pattern.compile("[a-z_]+\\.[a-z0-9_]+");
    private static final int MOST_NAME = 255;

    private static final Set<String> SHARED = Set.of(
            "platform",
            "unique_id",
            "default_entity_id",
            "name",
            "qos",
            "availability_topic",
            "entity_category",
            "enabled_by_default",
            "icon",
            "device",
            "origin");
    private static final Map<String, Set<String>> REQUIRED = Map.of(
            "binary_sensor", Set.of("unique_id", "state_topic"),
            "sensor", Set.of("unique_id", "state_topic"),
            "event", Set.of("unique_id", "state_topic", "event_types"),
            "button", Set.of("unique_id", "command_topic"),
            "alarm_control_panel", Set.of("unique_id", "state_topic", "command_topic", "supported_features"),
            "device_automation", Set.of("automation_type", "type", "subtype", "topic"));
    private static final Map<String, Set<String>> OPTIONAL = Map.of(
            "binary_sensor",
            Set.of("device_class", "payload_on", "payload_off", "value_template", "expire_after", "off_delay"),
            "sensor",
            Set.of(
                    "device_class",
                    "value_template",
                    "expire_after",
                    "state_class",
                    "unit_of_measurement",
                    "suggested_display_precision",
                    "options"),
            "event",
            Set.of("value_template", "device_class"),
            "button",
            Set.of("payload_press", "device_class"),
            "alarm_control_panel",
            Set.of(
                    "code",
                    "code_arm_required",
                    "code_disarm_required",
                    "command_template",
                    "value_template",
                    "json_attributes_topic"),
            "device_automation",
            Set.of("payload", "value_template", "qos", "platform", "device", "origin"));
    private static final Map<String, Set<String>> DEVICE_CLASSES = Map.of(
            "binary_sensor",
            Set.of("door", "window", "garage_door", "opening", "tamper", "problem", "connectivity", "safety"),
            "sensor",
            Set.of("timestamp", "duration", "temperature", "data_size", "enum"),
            "event",
            Set.of("doorbell", "button", "motion"),
            "button",
            Set.of("restart", "identify", "update"),
            "alarm_control_panel",
            Set.of(),
            "device_automation",
            Set.of());
    private static final Map<String, String> UNITS = Map.of("duration", "s", "temperature", "°C", "data_size", "B");
    private static final Set<String> FEATURES =
            Set.of("arm_home", "arm_away", "arm_night", "arm_vacation", "arm_custom_bypass", "trigger");

    private final List<String> problems = new ArrayList<>();
    private final Set<Object> uniqueIds = new HashSet<>();
    private final Set<Object> triggers = new HashSet<>();

    /** What is wrong with the description of a device. */
    static List<String> ofDevice(Map<String, Object> payload) {
        DiscoveryRules rules = new DiscoveryRules();
        rules.frame(payload);
        rules.check(
                Set.of("device", "origin", "components", "qos").containsAll(payload.keySet()),
                "the root has other keys: " + payload.keySet());
        Map<String, Object> components = map(payload.get("components"));
        rules.check(!components.isEmpty(), "no components");
        components.forEach((id, component) -> {
            rules.check(TOPIC_ID.matcher(id).matches(), "component id '" + id + "'");
            Map<String, Object> fields = map(component);
            rules.component(id, String.valueOf(fields.get("platform")), fields);
        });
        return rules.problems;
    }

    /** What is wrong with descriptions of single components, by their topics. */
    static List<String> ofComponents(Map<String, Map<String, Object>> payloads) {
        DiscoveryRules rules = new DiscoveryRules();
        payloads.forEach((topic, payload) -> {
            rules.frame(payload);
            String[] levels = topic.split("/", -1);
            rules.check(levels.length == 5 && levels[4].equals("config"), "topic " + topic);
            rules.check(
                    TOPIC_ID.matcher(levels[2]).matches()
                            && TOPIC_ID.matcher(levels[3]).matches(),
                    topic);
            rules.check(!payload.containsKey("platform") && !payload.containsKey("components"), topic + ": platform");
            rules.component(topic, levels[1], payload);
        });
        return rules.problems;
    }

    private void frame(Map<String, Object> payload) {
        Map<String, Object> device = map(payload.get("device"));
        check(device.get("identifiers") instanceof List<?> ids && !ids.isEmpty(), "device without identifiers");
        check(map(payload.get("origin")).get("name") instanceof String, "origin without name");
    }

    private void component(String id, String platform, Map<String, Object> fields) {
        if (!REQUIRED.containsKey(platform)) {
            problems.add(id + ": platform '" + platform + "'");
            return;
        }
        Set<String> missing = new TreeSet<>(REQUIRED.get(platform));
        missing.removeAll(fields.keySet());
        check(missing.isEmpty(), id + ": misses " + missing);
        Set<String> unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(REQUIRED.get(platform));
        unknown.removeAll(OPTIONAL.get(platform));
        if (!platform.equals("device_automation")) {
            unknown.removeAll(SHARED);
        }
        check(unknown.isEmpty(), id + ": unknown keys, which would be ignored: " + unknown);
        text(id, fields, "name", MOST_NAME);
        values(id, platform, fields);
        topics(id, fields);
        if (platform.equals("device_automation")) {
            check("trigger".equals(fields.get("automation_type")), id + ": automation_type");
            check(triggers.add(List.of(fields.get("type"), fields.get("subtype"))), id + ": trigger twice");
        } else {
            check(uniqueIds.add(fields.get("unique_id")), id + ": unique_id twice");
            String entity = String.valueOf(fields.get("default_entity_id"));
            check(ENTITY_ID.matcher(entity).matches() && entity.startsWith(platform + "."), id + ": " + entity);
        }
        if (platform.equals("alarm_control_panel")) {
            panel(id, fields);
        }
    }

    private void values(String id, String platform, Map<String, Object> fields) {
        Object deviceClass = fields.get("device_class");
        check(
                deviceClass == null
                        || DEVICE_CLASSES.getOrDefault(platform, Set.of()).contains(deviceClass.toString()),
                id + ": device_class " + deviceClass);
        String unit = UNITS.get(String.valueOf(deviceClass));
        check(unit == null || unit.equals(fields.get("unit_of_measurement")), id + ": unit of " + deviceClass);
        check(
                !"timestamp".equals(deviceClass)
                        || (!fields.containsKey("state_class") && !fields.containsKey("unit_of_measurement")),
                id + ": a timestamp has neither unit nor state class");
        Object category = fields.get("entity_category");
        Set<String> categories = platform.equals("button") ? Set.of("config", "diagnostic") : Set.of("diagnostic");
        check(category == null || categories.contains(category.toString()), id + ": entity_category " + category);
        boolean tellsAvailability = String.valueOf(fields.get("state_topic")).endsWith("/availability");
        check(
                platform.equals("device_automation") || tellsAvailability != fields.containsKey("availability_topic"),
                id + ": all entities have an availability but the one that tells it");
    }

    private void topics(String id, Map<String, Object> fields) {
        fields.forEach((key, value) -> {
            if (key.endsWith("topic")) {
                String topic = value.toString();
                check(!topic.matches(".*[#+~].*") && !topic.isEmpty(), id + ": " + key + " " + topic);
            }
        });
    }

    private void panel(String id, Map<String, Object> fields) {
        check(
                fields.get("supported_features") instanceof List<?> features && FEATURES.containsAll(features),
                id + ": supported_features " + fields.get("supported_features"));
        Object code = fields.get("code");
        check(
                code == null || code.equals("REMOTE_CODE") || code.equals("REMOTE_CODE_TEXT"),
                id + ": a code that everybody can read");
        boolean wanted = Boolean.TRUE.equals(fields.get("code_arm_required"))
                || Boolean.TRUE.equals(fields.get("code_disarm_required"));
        check(wanted == (code != null), id + ": no pad for the code, or one for none");
        check(
                String.valueOf(fields.get("command_template")).contains("tojson"),
                id + ": a code with a quotation mark in it would break the command");
    }

    private void text(String id, Map<String, Object> fields, String key, int most) {
        Object value = fields.get(key);
        check(value == null || (value instanceof String text && text.length() <= most), id + ": " + key);
    }

    private void check(boolean right, String problem) {
        if (!right) {
            problems.add(problem);
        }
    }

    static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> copy = new HashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> copy.put(String.valueOf(key), each));
        }
        return copy;
    }
}
