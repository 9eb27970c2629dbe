package io.github.reedgate.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.event.EventType;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a gateway describes itself. */
class DescriptionsTest {

    private static final Sensor DOOR = Houses.sensor("front_door", "Front door", SensorType.DOOR);
    private static final Sensor LID = Houses.sensor("lid", "Lid", SensorType.TAMPER);

    @Test
    void deviceIsDescribedInOneRetainedMessage() {
        List<Message> messages = Houses.device(DOOR, LID).messages(Set.of());

        assertThat(messages).hasSize(1);
        Message message = messages.get(0);
        assertThat(message.topic()).isEqualTo("homeassistant/device/reedgate_home/config");
        assertThat(message.retain()).isTrue();
        assertThat(message.qos()).isEqualTo(QoS.AT_LEAST_ONCE);
        assertThat(message.contentType()).isEqualTo(Message.JSON);
        assertThat(DiscoveryRules.ofDevice(Houses.parsed(message))).isEmpty();
    }

    @Test
    void fieldsHaveTheSameOrderInEachProcess() {
        String payload = Houses.device(DOOR, LID).messages(Set.of()).get(0).payload();

        assertThat(payload)
                .contains("\"origin\":{\"name\":\"reedgate\",\"sw_version\":")
                .contains("\"device_class\":\"duration\",\"unit_of_measurement\":\"s\"")
                .contains("\"device_class\":\"temperature\",\"unit_of_measurement\":");
    }

    @Test
    void eachComponentIsDescribedByItselfWhereThatIsWanted() {
        Descriptions descriptions = new Descriptions(Houses.as(DiscoveryFormat.COMPONENT), Houses.home(DOOR, LID));
        Map<String, Map<String, Object>> payloads = Houses.byTopic(descriptions.messages(Set.of()));

        assertThat(DiscoveryRules.ofComponents(payloads)).isEmpty();
        assertThat(payloads)
                .containsKeys(
                        "homeassistant/binary_sensor/reedgate_home/front_door_contact/config",
                        "homeassistant/alarm_control_panel/reedgate_home/gateway_panel/config",
                        "homeassistant/device_automation/reedgate_home/front_door_opened/config")
                .hasSameSizeAs(descriptions.parts());
    }

    @Test
    void bothFormatsDescribeTheSameEntities() {
        List<Object> one = new ArrayList<>();
        Houses.components(Houses.device(DOOR, LID), Set.of())
                .values()
                .forEach(each -> one.add(DiscoveryRules.map(each).get("unique_id")));
        List<Object> other = new ArrayList<>();
        new Descriptions(Houses.as(DiscoveryFormat.COMPONENT), Houses.home(DOOR, LID))
                .messages(Set.of())
                .forEach(each -> other.add(Houses.parsed(each).get("unique_id")));

        assertThat(other).containsExactlyInAnyOrderElementsOf(one);
    }

    @Test
    void secondLineOfASensorIsATamperEntityAndTwoTriggers() {
        Descriptions guarded = Houses.device(Houses.guarded("gate"));

        assertThat(DiscoveryRules.ofDevice(
                        Houses.parsed(guarded.messages(Set.of()).get(0))))
                .isEmpty();
        assertThat(Houses.component(guarded, "gate_tamper"))
                .containsEntry("device_class", "tamper")
                .containsEntry("state_topic", "reedgate/home/gate/detail");
        assertThat(Houses.components(guarded, Set.of())).containsKeys("gate_tampered", "gate_tampercleared");
    }

    @Test
    void nothingIsSaidWhenSwitchedOff() {
        Descriptions off = new Descriptions(DiscoverySettings.OFF, Houses.home(DOOR));

        assertThat(off.messages(Set.of("sensor home"))).isEmpty();
        assertThat(off.parts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void contactShowsWhatItWatchesOver(SensorType type) {
        Sensor sensor = Houses.sensor("s", "S", type);
        Map<String, Object> contact = Houses.component(Houses.device(sensor), "s_contact");
        boolean tamper = type == SensorType.TAMPER;

        assertThat(contact)
                .containsEntry("platform", "binary_sensor")
                .containsEntry("device_class", type.name().toLowerCase(java.util.Locale.ROOT))
                .containsEntry("state_topic", "reedgate/home/s/state")
                .containsEntry("payload_on", tamper ? "tampered" : "open")
                .containsEntry("payload_off", tamper ? "ok" : "closed")
                .containsEntry("availability_topic", "reedgate/home/availability");
        assertThat(Houses.components(Houses.device(sensor), Set.of()).keySet())
                .contains(tamper ? "s_tampered" : "s_opened", tamper ? "s_tampercleared" : "s_closed");
    }

    @Test
    void newNameChangesNothingThatIdentifies() {
        Sensor renamed = Houses.sensor("front_door", "Haustür \"neu\"", SensorType.DOOR);
        Map<String, Object> before = Houses.components(Houses.device(DOOR), Set.of());
        Map<String, Object> after = Houses.components(Houses.device(renamed), Set.of());

        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((id, component) -> {
            for (String key : List.of("unique_id", "default_entity_id", "type", "subtype", "payload", "state_topic")) {
                assertThat(DiscoveryRules.map(component).get(key))
                        .as("%s of %s", key, id)
                        .isEqualTo(DiscoveryRules.map(before.get(id)).get(key));
            }
        });
        assertThat(Houses.component(Houses.device(renamed), "front_door_contact"))
                .containsEntry("name", "Haustür \"neu\"");
    }

    @Test
    void idsOfDifferentGatewaysAndSensorsNeverMeet() {
        Installation one = named("a", Houses.sensor("b_c", "x", SensorType.DOOR));
        Installation other = named("a_b", Houses.sensor("c", "x", SensorType.DOOR));
        Sensor[] confusing = {
            Houses.sensor("gateway", "x", SensorType.DOOR),
            Houses.sensor("gateway_test", "x", SensorType.DOOR),
            Houses.sensor("gateway_on", "x", SensorType.TAMPER),
            Houses.sensor("s", "x", SensorType.DOOR),
            Houses.sensor("s_contact", "x", SensorType.DOOR)
        };

        assertThat(uniqueIds(one)).doesNotContainAnyElementsOf(uniqueIds(other));
        assertThat(DiscoveryRules.ofDevice(Houses.parsed(
                        Houses.device(confusing).messages(Set.of()).get(0))))
                .isEmpty();
        assertThat(Houses.components(Houses.device(confusing), Set.of()))
                .hasSameSizeAs(Houses.device(confusing).parts());
    }

    private static Installation named(String gateway, Sensor sensor) {
        Installation home = Houses.home(sensor);
        return new Installation(
                gateway,
                home.gatewayName(),
                home.version(),
                home.topics(),
                home.sensors(),
                home.heartbeat(),
                home.panel());
    }

    private static List<Object> uniqueIds(Installation installation) {
        List<Object> ids = new ArrayList<>();
        Houses.components(new Descriptions(Houses.as(DiscoveryFormat.DEVICE), installation), Set.of())
                .values()
                .forEach(each -> ids.add(DiscoveryRules.map(each).getOrDefault("unique_id", "trigger")));
        ids.removeIf("trigger"::equals);
        assertThat(ids).doesNotHaveDuplicates().isNotEmpty();
        return ids;
    }

    @Test
    void partsThatAreGoneAreNamedSoThatTheyAreRemoved() {
        Set<String> before = Houses.device(DOOR, LID).parts();
        Map<String, Object> now = Houses.components(Houses.device(DOOR), before);

        assertThat(now.get("lid_contact")).isEqualTo(Map.of("platform", "binary_sensor"));
        assertThat(now.get("lid_tampered")).isEqualTo(Map.of("platform", "device_automation"));
        assertThat(DiscoveryRules.map(now.get("front_door_contact"))).containsKey("unique_id");
        assertThat(Houses.components(Houses.device(DOOR), Set.of("spoiled", "camera x", "sensor x y", "")))
                .as("what was not described by this is not said")
                .isEqualTo(Houses.components(Houses.device(DOOR), Set.of()));
    }

    @Test
    void eventsAreAnnouncedWithAllTheirTypesButOne() {
        List<String> words = new ArrayList<>(
                Arrays.stream(EventType.values()).map(EventType::word).toList());
        words.remove("duress");
        assertThat(Houses.component(Houses.device(DOOR), "gateway_events").get("event_types"))
                .isEqualTo(words);
    }

    @Test
    void duressShowsNowhereAndStartsAnAutomationEvenIfItComesLate() {
        Map<String, Object> components = Houses.components(Houses.device(DOOR), Set.of());

        assertThat(DiscoveryRules.map(components.get("gateway_events")))
                .containsEntry("value_template", "{{ '{}' if value_json.event_type == 'duress' else value }}");
        assertThat(DiscoveryRules.map(components.get("gateway_onduress")))
                .containsEntry("platform", "device_automation")
                .containsEntry("payload", "duress")
                .containsEntry("value_template", "{{ value_json.event_type }}");
        components.forEach((id, component) -> assertThat(
                        DiscoveryRules.map(component).get("state_topic"))
                .as("only what is filtered is shown of all events: %s", id)
                .satisfies(topic -> assertThat(id.equals("gateway_events") || !"reedgate/home/event".equals(topic))
                        .isTrue()));
    }

    @Test
    void heartbeatIsUnknownAfterTwoIntervalsOfSilence() {
        assertThat(Houses.component(Houses.device(DOOR), "gateway_heartbeat"))
                .containsEntry("expire_after", 120)
                .containsEntry("state_topic", "reedgate/home/diagnostics");
    }

    @Test
    void panelTakesItsCodeToTheGatewayAndNoCodeIsWritten() {
        Map<String, Object> panel = Houses.component(Houses.device(DOOR), "gateway_panel");

        assertThat(panel)
                .containsEntry("code", "REMOTE_CODE")
                .containsEntry("supported_features", List.of("arm_home", "arm_away"))
                .containsEntry("state_topic", "reedgate/home/panel/state")
                .containsEntry("command_topic", "reedgate/home/panel/set")
                .doesNotContainKey("retain");
    }

    @Test
    void otherFormatsTopicsAreThoseOnWhichItDescribesTheSame() {
        Descriptions devices = Houses.device(DOOR, LID);
        Descriptions components = new Descriptions(Houses.as(DiscoveryFormat.COMPONENT), Houses.home(DOOR, LID));

        assertThat(devices.otherFormatsTopics())
                .containsExactlyInAnyOrderElementsOf(components.messages(Set.of()).stream()
                        .map(Message::topic)
                        .toList());
        assertThat(components.otherFormatsTopics())
                .containsExactly(devices.messages(Set.of()).get(0).topic());
        assertThat(new Descriptions(DiscoverySettings.OFF, Houses.home(DOOR)).otherFormatsTopics())
                .isEmpty();
    }

    @Test
    void partHasTheSamePlaceInBothFormats() {
        Map<String, Object> parts = Houses.components(Houses.device(DOOR, LID), Set.of());

        assertThat(Houses.device(DOOR, LID).otherFormatsTopics())
                .as("home assistant knows by that what moves: node and object id are device and part")
                .extracting(topic -> topic.split("/", -1)[2] + " " + topic.split("/", -1)[3])
                .containsExactlyInAnyOrderElementsOf(
                        parts.keySet().stream().map(id -> "reedgate_home " + id).toList());
    }

    @Test
    void largestHouseFitsIntoWhatBrokersTake() {
        Sensor[] many = IntStream.range(0, 32)
                .mapToObj(i -> Houses.sensor(
                        ("sensor_" + i + "_").repeat(3).substring(0, 24), "N".repeat(64), SensorType.GARAGE_DOOR))
                .toArray(Sensor[]::new);
        int bytes = Houses.device(many).messages(Set.of()).get(0).payload().getBytes(StandardCharsets.UTF_8).length;

        assertThat(bytes).isLessThan(120 * 1024);
    }
}
