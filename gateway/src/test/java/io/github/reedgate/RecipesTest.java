package io.github.reedgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes in CONTRIBUTING.md name files that exist, and all those that have to be touched. */
final class RecipesTest {

    private static final Path MAIN = Documents.TOP.resolve("gateway/src/main/java/io/github/reedgate");
    private static final Pattern NAMED = Pattern.compile("`([^`\\s]+/[^`\\s]+)`");
    private static final Pattern NO_CODE =
            Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"");

    private static Set<String> named(String recipe) {
        String text = Documents.text(Documents.TOP.resolve("CONTRIBUTING.md"));
        int from = text.indexOf("\n## " + recipe + "\n");
        assertThat(from).as("heading '%s'", recipe).isNotNegative();
        String section = text.substring(from + 1, text.indexOf("\n## ", from + 1));
        return NAMED.matcher(section)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How to add an event type",
                "How to add a sensor type",
                "How to add a command",
                "How to add a notification channel",
                "How to replace the MQTT client"
            })
    void everyFileOfARecipeExists(String recipe) {
        assertThat(named(recipe))
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(
                                Files.exists(MAIN.resolve(file)) || Files.exists(Documents.TOP.resolve(file)))
                        .as(file)
                        .isTrue());
    }

    /** A file that names a constant, or a record, decides something by it; comments and texts do not count. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "How to add a sensor type; \\bSensorType\\b; \\bSensorType\\.[A-Z]|\\bGARAGE_DOOR\\b",
                "How to add a command; \\b(Action|Right)\\b;"
                        + " \\b(ARM|ARM_HOME|ARM_AWAY|ARM_NIGHT|DISARM|ACKNOWLEDGE)\\b",
                "How to add a command; \\bPanelCommand\\b; \\bPanelCommand\\.(Arm|Disarm|Acknowledge)\\b",
                "How to add a notification channel; \\bNotifyTarget\\b; \\b(NTFY|WEBHOOK)\\b",
                "How to replace the MQTT client; ^; \\bimport com\\.hivemq\\.",
            })
    void everyFileThatDecidesIsInTheRecipe(String recipe, String type, String constant) {
        Pattern first = Pattern.compile(type);
        Pattern second = Pattern.compile(constant);
        Set<String> touched = Documents.files(".java").stream()
                .filter(file -> file.startsWith(MAIN))
                .filter(file -> {
                    String code = NO_CODE.matcher(Documents.text(file)).replaceAll(" ");
                    return first.matcher(code).find() && second.matcher(code).find();
                })
                .map(file -> MAIN.relativize(file).toString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(touched).hasSizeGreaterThan(2);
        assertThat(named(recipe)).containsAll(touched);
    }
}
