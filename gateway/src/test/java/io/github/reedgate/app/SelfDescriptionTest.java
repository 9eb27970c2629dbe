package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.message.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gateway says of itself after its configuration has changed. */
class SelfDescriptionTest {

    private static Config config(String id, String homeassistant, String... sensors) {
        StringBuilder text = new StringBuilder("gateway: {id: " + id + "}\nbroker: {url: 'mqtt://localhost'}\n");
        text.append("homeassistant: {discovery: {").append(homeassistant).append("}}\nsensors:\n");
        for (int i = 0; i < sensors.length; i++) {
            text.append("  ").append(sensors[i]).append(": {line: ").append(i).append("}\n");
        }
        return read(text.toString());
    }

    private static Config read(String text) {
        try {
            return new ConfigReader().read(text, "/etc/reedgate/reedgate.yaml");
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> emptied(Config before, Config after) {
        String noted = SelfDescription.of(before, "").memory().text();
        return SelfDescription.of(after, noted).description().messages().stream()
                .filter(message -> message.payload().isEmpty())
                .map(Message::topic)
                .toList();
    }

    @Test
    void switchedOffNothingIsSaidAndNobodyIsListenedTo() {
        SelfDescription off = SelfDescription.of(config("home", "enabled: false", "door"), "");
        assertThat(off.description().messages()).isEmpty();
        assertThat(off.description().statusTopic()).isEmpty();
    }

    @Test
    void removedSensorLeavesNothingBehind() {
        Config before = config("home", "enabled: true, format: component", "front", "back");
        Config after = config("home", "enabled: true, format: component", "front");
        assertThat(emptied(before, after))
                .contains(
                        "reedgate/home/back/state",
                        "reedgate/home/back/detail",
                        "homeassistant/binary_sensor/reedgate_home/back_contact/config",
                        "homeassistant/device_automation/reedgate_home/back_opened/config")
                .noneMatch(topic -> topic.contains("front"))
                .hasSize(8);
    }

    @Test
    void removedSensorOfADeviceIsNamedAsGone() {
        Config before = config("home", "enabled: true", "front", "back");
        Config after = config("home", "enabled: true", "front");
        assertThat(emptied(before, after)).containsExactly("reedgate/home/back/state", "reedgate/home/back/detail");
        String noted = SelfDescription.of(before, "").memory().text();
        List<Message> messages = SelfDescription.of(after, noted).description().messages();
        assertThat(messages)
                .as("before its topics are emptied: nobody is to take an empty text for its state")
                .extracting(Message::topic)
                .containsExactly(
                        "homeassistant/device/reedgate_home/config",
                        "reedgate/home/back/state",
                        "reedgate/home/back/detail");
        assertThat(messages.get(0).payload()).contains("\"back_contact\":{\"platform\":\"binary_sensor\"}");
    }

    @Test
    void removedSensorsDescriptionsAreEmptiedBeforeWhatTheySpokeOf() {
        List<String> topics = emptied(
                config("home", "enabled: true, format: component", "front", "back"),
                config("home", "enabled: true, format: component", "front"));
        assertThat(topics.subList(topics.size() - 2, topics.size()))
                .containsExactly("reedgate/home/back/state", "reedgate/home/back/detail");
    }

    private static List<Message> described(Config config, String noted) {
        return SelfDescription.of(config, noted).description().messages();
    }

    /** That the old descriptions move, the new ones, that the old ones are empty; in this order and nothing else. */
    private static void assertHandsOver(List<Message> messages, List<Message> from, List<Message> to) {
        List<Message> expected = new ArrayList<>();
        from.forEach(old -> expected.add(Message.handover(old.topic())));
        expected.addAll(to);
        from.forEach(old -> expected.add(Message.retainedText(old.topic(), "")));
        assertThat(messages).containsExactlyElementsOf(expected);
    }

    @Test
    void otherFormatHandsOverWhatWasDescribedAndEmptiesTheOldDescriptionsLast() {
        Config device = config("home", "enabled: true", "front");
        Config component = config("home", "enabled: true, format: component", "front");
        String noted = SelfDescription.of(component, "").memory().text();
        List<Message> components = described(component, "");
        List<Message> devices = described(device, "");

        assertHandsOver(described(device, noted), components, devices);
        assertThat(described(device, noted).get(0).payload()).isEqualTo("{\"migrate_discovery\": true}");
        assertHandsOver(
                described(component, SelfDescription.of(device, "").memory().text()), devices, components);
        assertHandsOver(
                described(device, SelfDescription.of(device, noted).memory().text()), components, devices);
    }

    @Test
    void otherFormatAndASensorLessEmptiesTheSensorsDescriptionsFirst() {
        Config before = config("home", "enabled: true, format: component", "front", "back");
        Config after = config("home", "enabled: true", "front");
        List<Message> messages =
                described(after, SelfDescription.of(before, "").memory().text());

        int firstHandover = messages.indexOf(
                messages.stream().filter(Message::isHandover).findFirst().orElseThrow());
        assertThat(messages.subList(0, firstHandover))
                .isNotEmpty()
                .allMatch(message -> message.payload().isEmpty()
                        && message.topic().startsWith("homeassistant/")
                        && message.topic().contains("/back_"));
        assertThat(messages.stream().filter(Message::isHandover))
                .noneMatch(message -> message.topic().contains("/back_"));
    }

    @Test
    void otherPrefixOrSwitchingOffEmptiesWhatWasSaid() {
        Config before = config("home", "enabled: true", "front");
        String topic = "homeassistant/device/reedgate_home/config";
        assertThat(emptied(before, config("home", "enabled: true, prefix: ha", "front")))
                .containsExactly(topic);
        assertThat(emptied(before, config("home", "enabled: false", "front"))).containsExactly(topic);
    }

    private static String panel(String alarm) {
        Config config = read("""
                gateway: {id: home}
                broker: {url: 'mqtt://localhost'}
                homeassistant: {discovery: {enabled: true}}
                sensors: {front: {line: 1, modes: away}}
                alarm: %s
                """.formatted(alarm));
        return SelfDescription.of(config, "").description().messages().get(0).payload();
    }

    @Test
    void panelAsksForNoCodeThatIsNotTaken() {
        assertThat(panel("{code_arm_required: false}"))
                .contains("\"code_arm_required\":false", "\"code_disarm_required\":true", "\"REMOTE_CODE_TEXT\"");
        assertThat(panel("{commands: signed}"))
                .contains("\"code_arm_required\":false", "\"code_disarm_required\":false", "\"supported_features\":[]")
                .doesNotContain("REMOTE_CODE");
        assertThat(panel("{commands: signed, code_arm_required: false}"))
                .contains("\"code_arm_required\":false", "\"supported_features\":[\"arm_away\"]")
                .doesNotContain("REMOTE_CODE");
        assertThat(panel("{commands: code}")).contains("\"code_arm_required\":true");
    }

    @Test
    void panelIsDescribedIfThereIsOneAndItsTopicsAreEmptiedIfNot() {
        String text = """
                gateway: {id: home}
                broker: {url: 'mqtt://localhost'}
                homeassistant: {discovery: {enabled: true}}
                """;
        Config with = read(text + "alarm: {}\nsensors: {front: {line: 1, modes: away}}\n");
        Config without = read(text + "sensors: {front: {line: 1}}\n");
        String payload =
                SelfDescription.of(with, "").description().messages().get(0).payload();

        assertThat(payload).contains("\"supported_features\":[\"arm_away\"]", "\"code\":\"REMOTE_CODE_TEXT\"");
        assertThat(SelfDescription.of(without, "")
                        .description()
                        .messages()
                        .get(0)
                        .payload())
                .doesNotContain("alarm_control_panel");
        assertThat(emptied(with, without)).containsExactly("reedgate/home/panel/state", "reedgate/home/panel/detail");
    }

    @Test
    void otherIdOrPrefixLeavesTheFormerOnesTopicsAlone() {
        Config before = config("home", "enabled: true", "front");
        Config after = config("shed", "enabled: true", "front");
        assertThat(emptied(before, after)).isEmpty();
        String noted = SelfDescription.of(before, "").memory().text();
        TopicMemory memory = SelfDescription.of(after, noted).memory();
        assertThat(memory.foreign())
                .containsExactlyInAnyOrder(
                        "reedgate/home/availability",
                        "reedgate/home/diagnostics",
                        "reedgate/home/diagnostics/watermark",
                        "reedgate/home/front/state",
                        "reedgate/home/front/detail",
                        "homeassistant/device/reedgate_home/config");
        assertThat(SelfDescription.of(after, memory.text()).memory().foreign())
                .as("remembered on")
                .isEqualTo(memory.foreign());

        Config elsewhere = read("""
                topic_prefix: doors
                gateway: {id: home}
                broker: {url: 'mqtt://localhost'}
                sensors: {front: {line: 0}}
                """);
        assertThat(emptied(before, elsewhere))
                .as("a description has the id in it, and is this gateway's under any prefix")
                .containsExactly("homeassistant/device/reedgate_home/config");
    }

    @Test
    void topicsAreThisGatewaysOnlyIfTheirWholeLevelsAre() {
        Config before = config("home2", "enabled: true", "front");
        assertThat(emptied(before, config("home", "enabled: true", "front"))).isEmpty();
    }
}
