package io.github.reedgate.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The picture of the panel's states shows the table as it is. */
class PanelDiagramTest {

    @Test
    void pictureShowsTheTable() throws IOException {
        assertThat(Files.readString(PanelDiagram.FILE))
                .as("draw it anew with PanelDiagram.main")
                .isEqualTo(PanelDiagram.svg());
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
