package io.github.reedgate.line.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutput;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.LineSink;
import io.github.reedgate.line.Pull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Output lines through Pi4J, on its own mock provider. */
class Pi4jLineSinkTest {

    @SuppressWarnings("NullAway.Init")
    private Context context;

    @SuppressWarnings("NullAway.Init")
    private Pi4jLineSource source;

    @BeforeEach
    void create() throws LineException {
        context = Pi4jContexts.create("mock", Map.of());
        source = new Pi4jLineSource(context, () -> 0);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private MockDigitalOutput output(int offset) {
        return context.registry().get("reedgate-output-" + offset, MockDigitalOutput.class);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void lineHasTheLevelOfItsRestFromTheBeginningAndIsToldItForTheEnd(Level rest) throws LineException {
        source.sink().open(24, rest);

        DigitalState expected = DigitalState.valueOf(rest.name());
        assertThat(output(24).state()).isEqualTo(expected);
        assertThat(output(24).config().initialState()).isEqualTo(expected);
        assertThat(output(24).config().shutdownState()).isEqualTo(expected);
        assertThat(output(24).config().address()).isEqualTo(24);
    }

    @Test
    void eachLineIsSwitchedForItself() throws LineException {
        LineSink sink = source.sink();
        sink.open(24, Level.LOW);
        sink.open(25, Level.HIGH);

        sink.write(24, Level.HIGH);
        assertThat(output(24).state()).isEqualTo(DigitalState.HIGH);
        assertThat(output(25).state()).isEqualTo(DigitalState.HIGH);
        sink.write(25, Level.LOW);
        sink.write(24, Level.LOW);
        assertThat(output(24).state()).isEqualTo(DigitalState.LOW);
        assertThat(output(25).state()).isEqualTo(DigitalState.LOW);
    }

    @Test
    void endSwitchesEachLineToItsRest() throws LineException {
        LineSink sink = source.sink();
        sink.open(24, Level.LOW);
        sink.open(25, Level.HIGH);
        sink.write(24, Level.HIGH);
        sink.write(25, Level.LOW);
        List<DigitalOutput> outputs = List.of(output(24), output(25));

        source.close();

        assertThat(outputs).extracting(DigitalOutput::state).containsExactly(DigitalState.LOW, DigitalState.HIGH);
        assertThatThrownBy(() -> sink.write(24, Level.HIGH)).hasMessage("line 24 is not open");
    }

    @Test
    void inputsAreReadBesideOutputs() throws LineException {
        source.open(new LineSettings(17, Pull.UP), edge -> {});
        source.sink().open(24, Level.LOW);

        assertThat(source.read(17)).isIn(Level.LOW, Level.HIGH);
        source.sink().write(24, Level.HIGH);
        assertThat(output(24).state()).isEqualTo(DigitalState.HIGH);
    }

    @Test
    void lineThatIsTakenIsRefusedEachTimeAndTheOthersStay() throws LineException {
        source.open(new LineSettings(17, Pull.UP), edge -> {});
        source.sink().open(24, Level.LOW);

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> source.sink().open(17, Level.LOW))
                    .isInstanceOf(LineException.class)
                    .hasMessageStartingWith("line 17 can't be opened: ")
                    .hasMessageEndingWith(
                            "; check that nothing else uses it (gpioinfo) and that this user may (group gpio)");
        }
        source.sink().write(24, Level.HIGH);
        assertThat(output(24).state()).isEqualTo(DigitalState.HIGH);
    }

    @Test
    void changesAreMadeOneByOneInOrder() throws LineException {
        source.sink().open(24, Level.LOW);
        List<DigitalState> seen = new ArrayList<>();
        output(24).addListener(event -> seen.add(event.state()));

        for (int i = 0; i < 6; i++) {
            source.sink().write(24, i % 2 == 0 ? Level.HIGH : Level.LOW);
        }

        assertThat(seen)
                .containsExactly(
                        DigitalState.HIGH,
                        DigitalState.LOW,
                        DigitalState.HIGH,
                        DigitalState.LOW,
                        DigitalState.HIGH,
                        DigitalState.LOW);
    }
}
