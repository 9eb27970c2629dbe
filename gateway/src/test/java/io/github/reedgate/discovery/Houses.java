package io.github.reedgate.discovery;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.contact.Debounce;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.contact.TroublePolicy;
import io.github.reedgate.contact.Wiring;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Installations to be described in tests, and what was described. */
final class Houses {

    static final PanelTraits PANEL = new PanelTraits(Set.of(AlarmMode.AWAY, AlarmMode.HOME), true, true, true);

    private Houses() {}

    static Sensor sensor(String id, String name, SensorType type) {
        return new Sensor(
                id,
                name,
                type,
                new LineSettings(17, Pull.UP),
                new Wiring(true, Level.HIGH),
                Debounce.DEFAULT,
                Sensor.AlarmPolicy.ALWAYS,
                null,
                null,
                TroublePolicy.DEFAULT);
    }

    /** A door whose cable is guarded by a second line. */
    static Sensor guarded(String id) {
        Sensor door = sensor(id, id, SensorType.DOOR);
        TamperLoop loop = new TamperLoop(TamperLoop.Kind.PAIR, new LineSettings(18, Pull.UP), Level.HIGH);
        return new Sensor(
                id,
                id,
                door.type(),
                door.line(),
                door.wiring(),
                door.debounce(),
                door.alarm(),
                null,
                loop,
                door.troubles());
    }

    /** The gateway {@code home} with these sensors and a panel. */
    static Installation home(Sensor... sensors) {
        return new Installation(
                "home",
                "Home",
                "1.2.3",
                Topics.of("reedgate", "home"),
                List.of(sensors),
                Duration.ofSeconds(60),
                Optional.of(PANEL));
    }

    static DiscoverySettings as(DiscoveryFormat format) {
        return new DiscoverySettings(true, format, "homeassistant");
    }

    static Descriptions device(Sensor... sensors) {
        return new Descriptions(as(DiscoveryFormat.DEVICE), home(sensors));
    }

    static Map<String, Object> parsed(Message message) {
        try {
            return JSON.std.mapFrom(message.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(message.payload(), e);
        }
    }

    /** All payloads by their topics. */
    static Map<String, Map<String, Object>> byTopic(List<Message> messages) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        messages.forEach(message -> all.put(message.topic(), parsed(message)));
        return all;
    }

    /** The components of a device's description. */
    static Map<String, Object> components(Descriptions descriptions, Set<String> formerParts) {
        return DiscoveryRules.map(
                parsed(descriptions.messages(formerParts).get(0)).get("components"));
    }

    /** One component of a device's description. */
    static Map<String, Object> component(Descriptions descriptions, String id) {
        return DiscoveryRules.map(components(descriptions, Set.of()).get(id));
    }
}
