package io.github.reedgate.sim.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import io.github.reedgate.sim.LineLevel;
import io.github.reedgate.sim.SimulatedOutputs;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Outputs beside the switches, inside a real Pi4J context. */
final class SimulatorOutputProviderTest {

    private final SimulatorInputProvider inputs = new SimulatorInputProvider();
    private final Context context = Pi4J.newContextBuilder()
            .noAutoDetect()
            .add(inputs, new SimulatorOutputProvider(inputs::lines))
            .property(SimulatorInputProvider.LINES, "front_door=17:high")
            .build();

    @AfterEach
    void stop() {
        context.shutdown();
    }

    private DigitalOutput output(int offset, DigitalState initial, DigitalState shutdown) {
        return context.create(DigitalOutput.newConfigBuilder(context)
                .id("output-" + offset)
                .address(offset)
                .initial(initial)
                .shutdown(shutdown)
                .build());
    }

    private Map<Integer, LineLevel> levels() {
        return inputs.lines().outputs().levels();
    }

    @Test
    void outputHasItsFirstLevelAtOnceAndThoseThatItIsGiven() {
        DigitalOutput siren = output(24, DigitalState.LOW, DigitalState.LOW);
        output(5, DigitalState.HIGH, DigitalState.HIGH);
        assertThat(levels()).containsExactly(Map.entry(5, LineLevel.HIGH), Map.entry(24, LineLevel.LOW));

        siren.high();
        assertThat(levels()).containsEntry(24, LineLevel.HIGH).containsEntry(5, LineLevel.HIGH);
        siren.low();
        assertThat(levels()).containsEntry(24, LineLevel.LOW);
    }

    @Test
    void endOfTheContextGivesTheLastLevel() {
        DigitalOutput siren = output(24, DigitalState.LOW, DigitalState.LOW);
        siren.high();

        context.shutdown();

        assertThat(levels()).containsEntry(24, LineLevel.LOW);
    }

    @Test
    void lineOfASwitchIsNoOutput() {
        assertThatThrownBy(() -> output(17, DigitalState.LOW, DigitalState.LOW))
                .hasMessageContaining("a simulated switch is on line 17");
        assertThat(levels()).isEmpty();
    }

    @Test
    void levelIsToldAsARowAndAsJson() {
        assertThat(SimulatedOutputs.row(24, LineLevel.HIGH))
                .isEqualTo("(output)                           24            high ");
        assertThat(SimulatedOutputs.json(24, LineLevel.LOW))
                .isEqualTo("{\"output\":true,\"line\":24,\"level\":\"low\"}");
    }
}
