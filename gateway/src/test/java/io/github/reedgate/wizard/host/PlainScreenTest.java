package io.github.reedgate.wizard.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.wizard.Said;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown fits the terminal, whatever its width, and nothing raw reaches it. */
final class PlainScreenTest {

    private static final String LINK = "ntfy://ntfy.sh/door-abcdefghij0123456789";

    private static List<String> shown(int width, boolean hasColours, Said... all) {
        List<String> lines = new ArrayList<>();
        PlainScreen screen = new PlainScreen(lines::add, () -> width, hasColours);
        for (Said said : all) {
            screen.say(said);
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 41, 60, 80, 132, 200})
    void everythingFitsTheWidth(int width) {
        List<SensorPlan> doors = List.of(
                new SensorPlan("front_door", 17, Map.of()),
                new SensorPlan("a_very_long_id_of_a_kitchen_door", 4, Map.of("pull", "down")));
        List<String> lines = shown(
                width,
                false,
                new Said.Text(
                        "A sentence that is long enough to be broken several times at its words, whatever happens."),
                new Said.Text("  1  a choice that is indented and is broken as well, with what follows below it"),
                new Said.Wires(doors.subList(0, 1)),
                new Said.Wires(doors),
                new Said.Code(LINK));
        int columns = width == 0 ? 80 : width;
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        assertThat(lines).anyMatch(line -> line.contains("pin 11 (GPIO17)"));
        assertThat(lines).anyMatch(line -> line.contains("█"));
    }

    @Test
    void codeAndItsQuestionFitTwentyFourRows() {
        assertThat(shown(80, false, new Said.Code(LINK))).hasSize(17);
        assertThat(shown(30, false, new Said.Code(LINK)).get(0)).contains("too narrow");
    }

    @Test
    void coloursAreThereOnlyIfTheyAreWanted() {
        assertThat(shown(80, true, new Said.Code(LINK)).get(0))
                .startsWith("\u001b[97;40m")
                .endsWith("\u001b[0m");
        assertThat(String.join("", shown(80, false, new Said.Code(LINK)))).doesNotContain("\u001b");
    }

    @Test
    void nothingRawIsShown() {
        assertThat(shown(80, true, new Said.Text("a\u001b[2J\u202eb\u0007 \u009bc Küche 厨房")))
                .containsExactly("a?[2J?b? ?c Küche 厨房");
        assertThat(shown(80, true, new Said.Verbatim("x\ny"))).containsExactly("x?y");
    }

    @Test
    void wideCharactersCountTwice() {
        assertThat(PlainScreen.wrapped("厨房厨房 厨房厨房", 12)).containsExactly("厨房厨房", "厨房厨房");
    }

    @Test
    void inputIsUtf8UnlessTheLocaleSaysAnother() {
        assertThat(JlineScreen.inputOf(StandardCharsets.US_ASCII)).isEqualTo(StandardCharsets.UTF_8);
        assertThat(JlineScreen.inputOf(StandardCharsets.ISO_8859_1)).isEqualTo(StandardCharsets.ISO_8859_1);
    }
}
