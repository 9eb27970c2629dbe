package io.github.reedgate.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.line.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a level means under each wiring. */
class WiringTest {

    @ParameterizedTest(name = "normally open {0}, open circuit {1}: {2} means {3}")
    @CsvSource({
        "true,  HIGH, LOW,  CLOSED",
        "true,  HIGH, HIGH, OPEN",
        "true,  LOW,  HIGH, CLOSED",
        "true,  LOW,  LOW,  OPEN",
        "false, HIGH, LOW,  OPEN",
        "false, HIGH, HIGH, CLOSED",
        "false, LOW,  HIGH, OPEN",
        "false, LOW,  LOW,  CLOSED",
    })
    void aLevelMeansAPositionAndBack(boolean normallyOpen, Level openCircuit, Level level, Position position) {
        Wiring wiring = new Wiring(normallyOpen, openCircuit);

        assertThat(wiring.position(level)).isEqualTo(position);
        assertThat(wiring.level(position)).isEqualTo(level);
    }
}
