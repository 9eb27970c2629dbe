package io.github.reedgate.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Random configurations with comments: an edit changes the lines that it must, and the result means what was wanted. */
final class YamlEditPropertyTest {

    private static final int RUNS = 4_000;
    private static final List<String> VALUES = List.of(
            "plain",
            "two words",
            "a#b",
            "'single # quoted'",
            "\"double \\\" # quoted\"",
            "\"over\n@@lines # here\"",
            "plain over\n@@lines",
            "\"Küche 🚪\"");
    private static final List<String> LONG = List.of(
            "|\n@@text # of it\n\n@@more", ">-\n@@folded\n@@text", "{a: 1,   # one\n@@b: [2,\n@@3]}", "[1, 2]", "{}");

    private final List<String> comments = new ArrayList<>();

    @Test
    void anEditChangesOnlyTheLinesThatItMust() throws Exception {
        int refused = 0;
        for (long seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            comments.clear();
            String text = configuration(random);
            try {
                edit(random, text, "seed " + seed + "\n" + text);
            } catch (SetupException e) {
                assertThat(e).as("seed " + seed + "\n" + text).hasMessageContaining("by hand: ");
                refused++;
            }
        }
        assertThat(refused).isLessThan(RUNS / 20);
    }

    private void edit(Random random, String text, String what) throws SetupException {
        Map<String, Object> wanted = read(text);
        List<String> before = text.lines().toList();
        String edited;
        int mayVanish = 0;
        switch (random.nextInt(6)) {
            case 0 -> {
                edited = YamlEdit.add(text, "sensors", List.of("# new", "shed:", "  line: 27"));
                section(wanted, "sensors").put("shed", new LinkedHashMap<>(Map.of("line", 27)));
                comments.add("# new");
                assertThat(edited.lines().count() - before.size()).as(what).isBetween(3L, 5L);
            }
            case 1 -> {
                edited = YamlEdit.set(text, List.of("homeassistant", "discovery", "enabled"), "true");
                section(section(wanted, "homeassistant"), "discovery").put("enabled", true);
                mayVanish = 2;
            }
            case 2 -> {
                edited = YamlEdit.set(text, List.of("broker", "user"), "\"new # user\"");
                section(wanted, "broker").put("user", "new # user");
                mayVanish = 2;
            }
            case 4 -> {
                String key = random.nextBoolean() ? "ca_file" : "retry";
                edited = YamlEdit.remove(text, "broker", key);
                section(wanted, "broker").remove(key);
                mayVanish = 30;
            }
            case 3 -> {
                edited = YamlEdit.remove(text, "broker", "user");
                section(wanted, "broker").remove("user");
                mayVanish = 2;
            }
            default -> {
                edited = YamlEdit.set(text, List.of("broker", "url"), "x");
                section(wanted, "broker").put("url", "x");
                mayVanish = 2;
            }
        }
        assertThat(read(edited)).as(what).isEqualTo(wanted);
        assertThat(lost(before, edited.lines().toList()))
                .as(what + "\n" + edited)
                .isLessThanOrEqualTo(mayVanish);
        assertThat(commentsOf(edited)).as(what + "\n" + edited).isEqualTo(sorted(comments));
        assertThat(edited.replace("\r\n", "").contains("\r")).as(what).isFalse();
        assertThat(edited.contains("\r\n")).as(what).isEqualTo(text.contains("\r\n"));
        assertThat(edited.replace("\r\n", "").contains("\n") && text.contains("\r\n"))
                .as(what)
                .isFalse();
    }

    /** How many lines of a text lie between those that both have at the start and at the end. */
    private static int lost(List<String> before, List<String> after) {
        int most = Math.min(before.size(), after.size());
        int first = 0;
        while (first < most && before.get(first).equals(after.get(first))) {
            first++;
        }
        int last = 0;
        while (last < most - first && before.get(before.size() - 1 - last).equals(after.get(after.size() - 1 - last))) {
            last++;
        }
        return before.size() - first - last;
    }

    /** Each comment of these texts ends with a number of its own. */
    private static List<String> commentsOf(String text) {
        return text.lines()
                .filter(line -> line.matches(".*# (new|c[0-9]+)"))
                .map(line -> line.substring(line.lastIndexOf('#')))
                .sorted()
                .collect(Collectors.toList());
    }

    private static List<String> sorted(List<String> all) {
        List<String> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return sorted;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(String text) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> all, String key) {
        if (!(all.get(key) instanceof Map)) {
            all.put(key, new LinkedHashMap<String, Object>());
        }
        return (Map<String, Object>) all.get(key);
    }

    private String configuration(Random random) {
        List<String> sections = new ArrayList<>(List.of("gateway", "broker", "other"));
        for (String more : List.of("sensors", "notify", "homeassistant")) {
            if (random.nextInt(4) > 0) {
                sections.add(more);
            }
        }
        Collections.shuffle(sections, random);
        StringBuilder text = new StringBuilder();
        if (random.nextInt(5) == 0) {
            text.append("---\n");
        }
        for (String section : sections) {
            between(random, text, 0);
            section(random, text, section);
        }
        between(random, text, 0);
        String whole = text.toString();
        if (random.nextInt(4) == 0) {
            whole = whole.stripTrailing();
        }
        return random.nextInt(3) == 0 ? whole.replace("\n", "\r\n") : whole;
    }

    private void section(Random random, StringBuilder text, String section) {
        int indent = 1 + random.nextInt(4);
        text.append(section)
                .append(random.nextInt(6) == 0 ? " :" : ":")
                .append(comment(random))
                .append('\n');
        List<String> keys = new ArrayList<>(
                switch (section) {
                    case "broker" -> List.of("url", "user", "ca_file", "retry");
                    case "sensors" -> List.of("a", "b", "c");
                    case "homeassistant" -> List.of("discovery");
                    default -> List.of("id", "name");
                });
        Collections.shuffle(keys, random);
        for (String key : keys) {
            between(random, text, indent);
            text.append(" ".repeat(indent)).append(random.nextInt(5) == 0 ? "\"" + key + "\"" : key);
            boolean isNested = List.of("retry", "discovery").contains(key) || section.equals("sensors");
            if (isNested && random.nextInt(4) > 0) {
                text.append(":").append(comment(random)).append('\n');
                for (String inner : List.of("first", section.equals("homeassistant") ? "enabled" : "max")) {
                    between(random, text, indent + 2);
                    text.append(" ".repeat(indent + 2)).append(inner).append(": ");
                    value(random, text, indent + 4, random.nextInt(3) == 0 && inner.equals("first"));
                }
            } else if (isNested) {
                text.append(": ").append("{}").append(comment(random)).append('\n');
            } else {
                text.append(": ");
                value(random, text, indent + 2, key.equals("ca_file"));
            }
        }
    }

    private void value(Random random, StringBuilder text, int indent, boolean mayBeLong) {
        String value = mayBeLong && random.nextBoolean()
                ? LONG.get(random.nextInt(LONG.size()))
                : VALUES.get(random.nextInt(VALUES.size()));
        boolean isBlock = value.startsWith("|") || value.startsWith(">");
        text.append(value.replace("@@", " ".repeat(indent)))
                .append(isBlock ? "" : comment(random))
                .append('\n');
    }

    private String comment(Random random) {
        return random.nextInt(3) == 0 ? " ".repeat(1 + random.nextInt(3)) + made() : "";
    }

    private String made() {
        comments.add("# c" + comments.size());
        return comments.get(comments.size() - 1);
    }

    private void between(Random random, StringBuilder text, int indent) {
        while (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? "" : " ".repeat(random.nextBoolean() ? indent : 0) + made())
                    .append('\n');
        }
    }
}
