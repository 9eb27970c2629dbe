package io.github.reedgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The example, spoilt in thousands of ways: each is read or refused with places that exist, and nothing else happens. */
final class ConfigFuzzTest {

    private static final int RUNS = 8_000;
    private static final long SEED = 20_261_122L;
    private static final List<String> PIECES = List.of(
            "\t",
            "\n",
            "\r",
            "\r\n",
            " ",
            ":",
            ": ",
            "- ",
            "#",
            "'",
            "\"",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "!",
            "!!str ",
            "|",
            ">",
            "%",
            "@",
            "`",
            "?",
            "? ",
            ",",
            "~",
            "null",
            "---",
            "...",
            "\0",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uD800",
            "🚪",
            "\"\\e[1m\"",
            "\\",
            "\\x",
            "<<: ",
            "0",
            "-1",
            "99999999999999999999",
            "1e9",
            ".nan",
            "true",
            "${X}",
            "{{{{{{{{{{{{{{{{{",
            "é",
            "\u001b[31m");

    /** The example with a # taken from each line that sets a key, every other time. */
    private static String start(Random random) {
        String text = ExampleFile.text();
        return random.nextBoolean() ? text : text.replaceAll("(?m)^( *)# ((?:  )*[a-z_]+:)(?= |$)", "$1$2");
    }

    private static String spoil(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(8));
        return switch (random.nextInt(7)) {
            case 0 -> text.substring(0, at) + text.substring(end);
            case 1, 2 -> text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(at);
            case 3 ->
                text.substring(0, at) + (char) random.nextInt(256) + text.substring(Math.min(text.length(), at + 1));
            case 4 -> text.substring(0, at);
            case 5 -> text.substring(0, at) + text.substring(random.nextInt(text.length() + 1));
            default -> withLinesMoved(text, random);
        };
    }

    private static String withLinesMoved(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return text;
        }
        String line = lines.get(random.nextInt(lines.size()));
        if (random.nextBoolean()) {
            lines.remove(line);
        }
        lines.add(random.nextInt(lines.size() + 1), random.nextBoolean() ? line : "  " + line);
        return String.join("\n", lines) + "\n";
    }

    private static void assertPlacesExist(ConfigException e, String text) {
        List<String> lines = Arrays.asList(text.split("\\r\\n|\\r|\\n", -1));
        assertThat(e.problems()).isNotEmpty();
        assertThat(e.problems()).allMatch(problem -> isIn(problem, lines));
        assertThat(e.problems()).allMatch(problem -> problem.text().codePoints().allMatch(Shown::isPlain));
    }

    private static boolean isIn(Problem problem, List<String> lines) {
        if (problem.line() < 1 || problem.line() > lines.size()) {
            return false;
        }
        String line = lines.get(problem.line() - 1);
        return problem.column() >= 1 && problem.column() <= line.codePointCount(0, line.length()) + 1;
    }

    @Test
    void spoiltExampleIsReadOrRefusedAtPlacesThatExist() {
        int refused = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(SEED + run);
            String text = start(random);
            for (int times = 1 + random.nextInt(4); times > 0; times--) {
                text = spoil(text, random);
            }
            try {
                assertThat(new ConfigReader().read(text, "r.yaml").sensors()).isNotEmpty();
            } catch (ConfigException e) {
                refused++;
                assertPlacesExist(e, text);
            } catch (RuntimeException e) {
                throw new AssertionError("run with seed " + (SEED + run) + " of\n" + text, e);
            }
        }
        assertThat(refused).as("of %d", RUNS).isBetween(RUNS / 4, RUNS - 1);
    }
}
