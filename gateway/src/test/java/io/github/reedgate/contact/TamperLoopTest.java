package io.github.reedgate.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.TamperLoop.Kind;
import io.github.reedgate.contact.TamperLoop.Tamper;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the levels of two lines show. */
class TamperLoopTest {

    @ParameterizedTest
    @CsvSource({
        "PAIR,       HIGH, LOW,  LOW,  OK",
        "PAIR,       HIGH, HIGH, LOW,  OK",
        "PAIR,       HIGH, LOW,  HIGH, CUT",
        "PAIR,       LOW,  LOW,  HIGH, OK",
        "PAIR,       LOW,  LOW,  LOW,  CUT",
        "CHANGEOVER, HIGH, LOW,  HIGH, OK",
        "CHANGEOVER, HIGH, HIGH, LOW,  OK",
        "CHANGEOVER, HIGH, HIGH, HIGH, CUT",
        "CHANGEOVER, HIGH, LOW,  LOW,  SHORT",
        "CHANGEOVER, LOW,  LOW,  LOW,  CUT",
        "CHANGEOVER, LOW,  HIGH, HIGH, SHORT",
        "CHANGEOVER, LOW,  HIGH, LOW,  OK"
    })
    void levelsOfTwoLinesShowWhetherSomebodyTampers(
            Kind kind, Level openCircuit, Level own, Level other, Tamper expected) {
        TamperLoop loop = new TamperLoop(kind, new LineSettings(5, Pull.UP), openCircuit);

        for (boolean normallyOpen : new boolean[] {true, false}) {
            assertThat(loop.judge(new Wiring(normallyOpen, openCircuit), own, other))
                    .isEqualTo(expected);
        }
    }
}
