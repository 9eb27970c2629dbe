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
                .isEqualTo("notify:\n# none yet\n  phone: 1\n");
    }

    @Test
    void sectionInOneLineIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> YamlEdit.add("a: 1\nsensors: {x: {line: 2}}\n", "sensors", List.of("y: 1")))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(
                        "'sensors' in line 2 of the configuration is not written with each of its keys on a line")
                .hasMessageEndingWith("add this to the section 'sensors' by hand: y: 1");
    }

    @Test
    void valueIsChangedAndItsCommentStays() throws Exception {
        assertThat(YamlEdit.set(TEXT, List.of("broker", "url"), "\"mqtts://c\""))
                .contains("    url: \"mqtts://c\"   # there\n");
        assertThat(YamlEdit.set(TEXT, List.of("broker", "user"), "bob")).contains("    user: bob      # her\n");
        assertThat(YamlEdit.set(TEXT, List.of("broker", "insecure"), "true"))
                .contains("      # her\n    # password elsewhere\n    insecure: true\n");
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
    void keyIsTakenAway() throws Exception {
        assertThat(YamlEdit.remove(TEXT, "broker", "user")).isEqualTo(TEXT.replaceAll("    user.*(#.*\n)", "    $1"));
        assertThat(YamlEdit.remove(TEXT, "broker", "ca_file")).isEqualTo(TEXT);
        assertThat(YamlEdit.remove("a: 1\n", "broker", "user")).isEqualTo("a: 1\n");
    }

    @Test
    void commentBehindAnyFormOfAValueStays() throws Exception {
        for (String value : List.of(
                "two words",
                "'it''s'",
                "\"a # b\"",
                "\"over\n      lines\"",
                "plain over\n      lines",
                "\n      # above\n      far",
                "a#b: c".replace(": ", ":"))) {
            String text = "broker:\n    url: " + value + "   # there # too\n    user: x\n";
            String edited = YamlEdit.set(text, List.of("broker", "url"), "\"mqtts://c\"");
            assertThat(edited).endsWith("\"mqtts://c\"   # there # too\n    user: x\n");
            assertThat(edited.contains("# above")).isEqualTo(value.contains("# above"));
            assertThat(YamlEdit.remove(text, "broker", "url")).endsWith("    # there # too\n    user: x\n");
        }
        assertThat(YamlEdit.set("broker:\n  url:   # none\n  user: x\n", List.of("broker", "url"), "y"))
                .isEqualTo("broker:\n  url: y   # none\n  user: x\n");
    }

    @Test
    void newEntryComesBehindTheCommentsOfTheFormerOne() throws Exception {
        String door = "sensors:\n  front:\n    line: 4\n    # pull: down\n\n  # the back is not wired yet\n\n";
        assertThat(YamlEdit.add(door + "# next\nnotify: {}\n", "sensors", List.of("shed:", "  line: 5")))
                .isEqualTo("""
                        sensors:
                          front:
                            line: 4
                            # pull: down

                          # the back is not wired yet
                          shed:
                            line: 5

                        # next
                        notify: {}
                        """);
        assertThat(YamlEdit.add("sensors:\n  a:\n    line: 4\n# of a\n\n# of b\nb: 1\n", "sensors", List.of("c: 2")))
                .isEqualTo("sensors:\n  a:\n    line: 4\n# of a\n  c: 2\n\n# of b\nb: 1\n");
        assertThat(YamlEdit.add("sensors:\n  a:\n    line: 4\n# of b\nb: 1\n", "sensors", List.of("c: 2")))
                .isEqualTo("sensors:\n  a:\n    line: 4\n  c: 2\n# of b\nb: 1\n");
    }

    @Test
    void lineBreaksOfTheFileStay() throws Exception {
        String text = TEXT.replace("\n", "\r\n");
        for (String edited : List.of(
                YamlEdit.add(text, "sensors", List.of("shed:", "  line: 5")),
                YamlEdit.add(text, "outputs", List.of("siren:", "  line: 5")),
                YamlEdit.set(text, List.of("broker", "url"), "x"),
                YamlEdit.set(text, List.of("broker", "insecure"), "true"),
                YamlEdit.remove(text, "broker", "user"))) {
            assertThat(edited.replace("\r\n", "")).doesNotContain("\n", "\r");
        }
    }

    @Test
    void valuesOverSeveralLinesStayWhole() throws Exception {
        String text = """
                sensors:
                  a:
                    name: >
                      The # front

                      door
                    line: 4
                  b: {line: 5,
                    name: "b",
                  } # end
                  c:
                    name: |
                      # no comment

                d: 1
                """;
        assertThat(YamlEdit.add(text, "sensors", List.of("e:", "  line: 6")))
                .isEqualTo(text.replace("# no comment\n", "# no comment\n  e:\n    line: 6\n"));
    }

    @Test
    void whatCannotBeEditedSoundlyIsRefusedWithWhatToWrite() {
        record Bad(String text, String why) {}
        for (Bad bad : List.of(
                new Bad(
                        "broker:\n  url: |\n    mqtts://a\n",
                        "'url' in line 2 of the configuration is no single value"),
                new Bad("broker:\n  url: [a,\n    b]\n", "'url' in line 2 of the configuration is no single value"),
                new Bad("broker:\n  url: &u a\nother: *u\n", "is shared with another key by & and *"),
                new Bad("other: &u a\nbroker:\n  url: *u\n", "is shared with another key by & and *"),
                new Bad("other: &b\n  url: a\nbroker: *b\n", "can't be edited line by line"),
                new Bad("broker:\n  ? url\n  : a\n", "is written with ? before it"),
                new Bad("- broker\n", "is written in braces"))) {
            assertThatThrownBy(() -> YamlEdit.set(bad.text(), List.of("broker", "url"), "x"))
                    .as(bad.text())
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining(bad.why())
                    .hasMessageEndingWith("stays as it is; set this by hand: broker.url: x");
        }
        assertThatThrownBy(() -> YamlEdit.add("a:\n  b: 1\n...\n", "sensors", List.of("x:", "  line: 2")))
                .isInstanceOf(SetupException.class)
                .hasMessageEndingWith("add this to the section 'sensors' by hand: x: {line: 2}");
        assertThatThrownBy(() -> YamlEdit.add("sensors:\n  x: 1\n", "sensors", List.of("x: 2")))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("has 'x' already");
    }
}
