package io.github.reedgate.discovery;

import io.github.reedgate.contact.Sensor;
import io.github.reedgate.json.Json;
import io.github.reedgate.message.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The retained messages in which a gateway describes itself to Home Assistant. What identifies a device, an entity or a
 * trigger is made of ids and never of names, so a name may change without anything being new to Home Assistant. Immutable.
 */
public final class Descriptions {

    /** All platforms: no others are ever described, so no others are ever remembered. */
    private static final Set<String> PLATFORMS =
            Set.of("alarm_control_panel", "binary_sensor", "button", "device_automation", "event", "sensor");

    private final DiscoverySettings settings;
    private final Installation installation;
    private final List<Component> components;

    /** The descriptions of an installation. */
    public Descriptions(DiscoverySettings settings, Installation installation) {
        this.settings = settings;
        this.installation = installation;
        this.components = settings.enabled() ? components(installation) : List.of();
    }

    private static List<Component> components(Installation installation) {
        List<Component> all = new ArrayList<>();
        for (Sensor sensor : installation.sensors()) {
            all.addAll(new SensorComponents(installation.topics(), sensor).all());
        }
        installation.panel().ifPresent(traits -> all.addAll(new PanelComponents(installation.topics(), traits).all()));
        all.addAll(new GatewayComponents(installation.topics(), installation.heartbeat()).all());
        return List.copyOf(all);
    }

    /** All components as {@code platform id}, to be remembered for {@link #messages}. */
    public Set<String> parts() {
        Set<String> parts = new LinkedHashSet<>();
        components.forEach(each -> parts.add(each.platform() + " " + each.id()));
        return parts;
    }

    /**
     * The messages; none if this is switched off.
     *
     * @param formerParts what was described before, as {@link #parts} gave it: Home Assistant keeps a part of a device that
     *     is only left out, so it has to be told which are gone
     */
    public List<Message> messages(Set<String> formerParts) {
        if (!settings.enabled()) {
            return List.of();
        }
        return settings.format() == DiscoveryFormat.DEVICE ? List.of(device(formerParts)) : each();
    }

    /**
     * The topics on which the same parts are described in the other format, below the same prefix: Home Assistant keeps what
     * was described there if it is told before that this is about to move. None if this is switched off.
     */
    public Set<String> otherFormatsTopics() {
        Set<String> topics = new LinkedHashSet<>();
        if (settings.enabled() && settings.format() == DiscoveryFormat.COMPONENT) {
            topics.add(deviceTopic());
        } else {
            components.forEach(component -> topics.add(topic(component)));
        }
        return topics;
    }

    private String deviceTopic() {
        return settings.prefix() + "/device/" + installation.deviceId() + "/config";
    }

    private String topic(Component component) {
        return settings.prefix() + "/" + component.platform() + "/" + installation.deviceId() + "/" + component.id()
                + "/config";
    }

    private Message device(Set<String> formerParts) {
        Map<String, Object> described = new LinkedHashMap<>();
        components.forEach(component -> described.put(component.id(), withPlatform(component)));
        for (String part : formerParts) {
            String[] words = part.split(" ", -1);
            if (words.length == 2 && PLATFORMS.contains(words[0])) {
                described.putIfAbsent(words[1], Map.of("platform", words[0]));
            }
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("device", deviceFields());
        payload.put("origin", origin());
        payload.put("qos", 1);
        payload.put("components", described);
        return Message.retainedJson(deviceTopic(), Json.write(payload));
    }

    private List<Message> each() {
        List<Message> messages = new ArrayList<>();
        for (Component component : components) {
            Map<String, Object> payload = withPlatform(component);
            payload.remove("platform");
            payload.put("device", deviceFields());
            payload.put("origin", origin());
            payload.put("qos", 1);
            messages.add(Message.retainedJson(topic(component), Json.write(payload)));
        }
        return messages;
    }

    private Map<String, Object> withPlatform(Component component) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("platform", component.platform());
        if (!component.platform().equals("device_automation")) {
            fields.put("unique_id", "reedgate." + installation.gatewayId() + "." + component.id());
            fields.put("default_entity_id", component.platform() + "." + entityId(component));
        }
        fields.putAll(component.fields());
        boolean hasState = !component.id().equals("gateway_connectivity")
                && !component.platform().equals("device_automation");
        if (hasState) {
            fields.put("availability_topic", installation.topics().availability());
        }
        return fields;
    }

    /** Only a suggestion for a new entity: Home Assistant adds a number to one that is taken, and keeps what there is. */
    private String entityId(Component component) {
        String id = installation.gatewayId() + "_" + component.id();
        String contact = id.endsWith("_contact") ? id.substring(0, id.length() - "_contact".length()) : id;
        return contact.replace("_gateway_", "_").replace('-', '_');
    }

    private Map<String, Object> deviceFields() {
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("identifiers", List.of(installation.deviceId()));
        device.put("name", installation.gatewayName());
        device.put("manufacturer", "reedgate");
        device.put("model", "Door and alarm sensor gateway");
        device.put("sw_version", installation.version());
        return device;
    }

    private Map<String, Object> origin() {
        return Json.fields("name", "reedgate", "sw_version", installation.version());
    }
}
