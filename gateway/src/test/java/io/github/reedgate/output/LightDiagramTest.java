package io.github.reedgate.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The picture of the status LED and the table beside it show the patterns as they are. */
class LightDiagramTest {

    @Test
    void pictureShowsThePatterns() throws IOException {
        assertThat(Files.readString(LightDiagram.FILE))
                .as("draw it anew with LightDiagram.main")
                .isEqualTo(LightDiagram.svg());
    }

    @Test
    void everythingThatIsShownStandsInTheTable() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "alarm.md"));
        for (Light light : Light.values()) {
            assertThat(page).contains("| " + light.words() + " | ");
        }
    }
}
