package io.github.reedgate.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.LineLevel;
import io.github.reedgate.sim.SwitchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/simulator.md} says what the program does. */
final class SimulatorDocTest {

    private static final Path PAGE = Path.of("..", "docs", "simulator.md");
    private static final Pattern EXAMPLE = Pattern.compile("```scenario\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MODEL_ROW = Pattern.compile("\\| `(\\w+)` \\|[^|]*\\| (\\d+)(?: to (\\d+))? \\|");

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        return examples;
    }

    @Test
    void everyExampleIsAScenarioThatPlays() throws Exception {
        List<SwitchSettings> doors = SwitchSettings.parseAll("front_door=17:high;back_door=27:low");
        assertThat(examples()).hasSize(3);
        for (String example : examples()) {
            Scenario scenario = ScenarioReader.read(example, List.of("front_door", "back_door"));
            List<TimelineEntry> entries = new ArrayList<>();
            new ScenarioTimeline(scenario, doors, 1).forEachRemaining(entries::add);
            assertThat(entries).as(scenario.title()).hasSizeGreaterThan(20);
        }
    }

    @ParameterizedTest
    @EnumSource(BounceModel.class)
    void tableOfModelsTellsTheNumberOfEdges(BounceModel model) throws IOException {
        Matcher row = MODEL_ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            if (row.group(1).equals(model.word())) {
                int least = Integer.parseInt(row.group(2));
                int most = row.group(3) == null ? least : Integer.parseInt(row.group(3));
                checkEdges(model, least, most);
                return;
            }
        }
        assertThat(model).as("is missing in the table").isNull();
    }

    private static void checkEdges(BounceModel model, int least, int most) {
        int fewestSeen = Integer.MAX_VALUE;
        int mostSeen = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            int edges = model.train(LineLevel.LOW, LineLevel.HIGH, new SplittableRandom(seed))
                    .size();
            fewestSeen = Math.min(fewestSeen, edges);
            mostSeen = Math.max(mostSeen, edges);
        }
        assertThat(List.of(fewestSeen, mostSeen)).containsExactly(least, most);
    }

    @Test
    void everyWordAndEveryReadyScenarioIsDocumented() throws IOException {
        String page = Files.readString(PAGE);
        Verb.words().forEach(word -> assertThat(page).contains("\"" + word + "\""));
        BounceModel.words().forEach(word -> assertThat(page).contains("\"" + word + "\""));
        ReadyScenarios.names().forEach(name -> assertThat(page).contains("| `" + name + "` |"));
    }
}
