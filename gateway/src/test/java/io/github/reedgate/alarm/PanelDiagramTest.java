package io.github.reedgate.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture of the panel's states shows the table as it is. */
class PanelDiagramTest {

    @Test
    void pictureShowsTheTable() throws IOException {
        assertThat(Files.readString(PanelDiagram.FILE))
                .as("draw it anew with PanelDiagram.main")
                .isEqualTo(PanelDiagram.svg());
    }

    /** Each of its arrows is named by the phases at its ends. */
    @Test
    void shortPictureShowsFiveBoxesAndOnlyChangesThatTheTableHas() throws IOException {
        String svg = Files.readString(PanelDiagram.FILE.resolveSibling("alarm-short.svg"));
        Set<String> changes = new TreeSet<>();
        for (Transition row : Transition.TABLE) {
            Phase to = row.to();
            if (to != null) {
                row.from().forEach(from -> changes.add(word(from) + "-" + word(to)));
            }
        }
        List<String> shown = Pattern.compile("<g id=\"([a-z]+-[a-z]+)")
                .matcher(svg)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(changes).containsAll(shown);
        assertThat(shown)
                .contains(
                        "disarmed-arming", "arming-armed", "armed-pending", "pending-triggered", "triggered-disarmed");
        for (Phase phase : Phase.values()) {
            assertThat(svg).contains("font-weight=\"bold\" fill=\"#222222\">" + word(phase) + "</text>");
        }
    }

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    @Test
    void everyRowStandsInThePictureAsAnArrowOrInABox() {
        String svg = PanelDiagram.svg();
        for (Transition row : Transition.TABLE) {
            assertThat(svg)
                    .contains(">" + row.deed().words() + "</text>", row.cause().words());
        }
        assertThat(svg).contains(">" + Transition.TABLE.size() + "</text>");
    }
}
