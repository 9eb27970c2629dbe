package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A size that is not known is none. */
final class TerminalSizeTest {

    @Test
    void rowsComeFirst() {
        assertThat(TerminalSize.of("24 80\n")).contains(new TerminalSize(80, 24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0 0", "24", "24 0", "stty: not a tty", "24 80 1", "99999 80", "-1 80"})
    void anythingElseIsNotKnown(String printed) {
        assertThat(TerminalSize.of(printed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"80, 24, true", "200, 60, true", "79, 24, false", "80, 23, false"})
    void boardNeedsEightyColumnsAndTwentyFourRows(int columns, int rows, boolean fits) {
        assertThat(Picture.fits(columns, rows)).isEqualTo(fits);
    }

    @Test
    void reasonSaysWhatIsNeededAndWhatThereIs() {
        assertThat(TerminalSize.whyNoBoard(Optional.of(new TerminalSize(70, 20))))
                .isEqualTo(
                        "the board needs 80 columns and 24 rows; this terminal has 70 and 20. So what happens is shown"
                                + " as text that scrolls.");
        assertThat(TerminalSize.whyNoBoard(Optional.empty())).contains("not known");
    }
}
