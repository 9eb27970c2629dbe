package io.github.reedgate.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Adding to a configuration leaves all else as it is, each comment and each blank line too. */
final class YamlEditTest {

    private static final String TEXT = """
            # mine
            gateway: {id: home}   # short

            broker:
                url: mqtts://a#b   # there
                user: "an#na"      # her
                # password elsewhere

            sensors:
                # the front
                front_door:
                    line: 17       # pin 11

            # the end
            notify:
              phone: {type: ntfy}
            """;

    @Test
    void entryIsAddedAtTheEndOfItsSectionWithItsIndentation() throws Exception {
        String edited =
                YamlEdit.add(TEXT, "sensors", new SensorPlan("shed", 27, Map.of("contact", "normally_closed")).entry());
        assertThat(edited).contains("""
                        line: 17       # pin 11
                    # Header pin 13; the switch's other wire goes to ground, pin 14 for one.
                    shed:
                      line: 27
                      contact: normally_closed

                # the end
                """.indent(0));
        assertThat(edited.lines().filter(line -> TEXT.lines().anyMatch(line::equals)))
                .containsExactlyElementsOf(TEXT.lines().toList());
    }

    @Test
    void sectionThatIsMissingIsAdded() throws Exception {
        assertThat(YamlEdit.add("a: 1", "notify", List.of("phone:", "  type: ntfy")))
                .isEqualTo("a: 1\n\nnotify:\n  phone:\n    type: ntfy\n");
        assertThat(YamlEdit.add("", "notify", List.of("phone: 1"))).isEqualTo("notify:\n  phone: 1\n");
        assertThat(YamlEdit.add("notify:\n# none yet\n", "notify", List.of("phone: 1")))
                .isEqualTo("notify:\n  phone: 1\n# none yet\n");
    }

    @Test
    void sectionInOneLineIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> YamlEdit.add("a: 1\nsensors: {x: {line: 2}}\n", "sensors", List.of("y: 1")))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("line 2 of the configuration has all of 'sensors' in one line");
    }

    @Test
    void valueIsChangedAndItsCommentStays() throws Exception {
        assertThat(YamlEdit.set(TEXT, List.of("broker", "url"), "\"mqtts://c\""))
                .contains("    url: \"mqtts://c\"   # there\n");
        assertThat(YamlEdit.set(TEXT, List.of("broker", "user"), "bob")).contains("    user: bob      # her\n");
        assertThat(YamlEdit.set(TEXT, List.of("broker", "insecure"), "true"))
                .contains("      # her\n    insecure: true\n    # password elsewhere\n");
    }

    @Test
    void keysAboveAValueAreAdded() throws Exception {
        List<String> path = List.of("homeassistant", "discovery", "enabled");
        assertThat(YamlEdit.set("a: 1\n", path, "true"))
                .isEqualTo("a: 1\n\nhomeassistant:\n  discovery:\n    enabled: true\n");
        assertThat(YamlEdit.set("homeassistant:\n  discovery:\n    prefix: x\n", path, "true"))
                .isEqualTo("homeassistant:\n  discovery:\n    prefix: x\n    enabled: true\n");
        assertThat(YamlEdit.set("homeassistant:\n  discovery:\n    enabled: false # no\n", path, "true"))
                .isEqualTo("homeassistant:\n  discovery:\n    enabled: true # no\n");
    }

    @Test
    void keyIsTakenAway() {
        assertThat(YamlEdit.remove(TEXT, "broker", "user")).isEqualTo(TEXT.replaceAll("    user.*\n", ""));
        assertThat(YamlEdit.remove(TEXT, "broker", "ca_file")).isEqualTo(TEXT);
        assertThat(YamlEdit.remove("a: 1\n", "broker", "user")).isEqualTo("a: 1\n");
    }
}
