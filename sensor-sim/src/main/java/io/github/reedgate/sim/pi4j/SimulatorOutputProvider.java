package io.github.reedgate.sim.pi4j;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import io.github.reedgate.sim.SimulatedLines;
import java.util.function.Supplier;

/** Pi4J digital outputs beside the switches of a {@link SimulatorInputProvider}. One provider serves one context. */
public final class SimulatorOutputProvider extends DigitalOutputProviderBase {

    /** The provider's id. */
    public static final String ID = "simulator-digital-output";

    private final Supplier<SimulatedLines> lines;

    /** Outputs whose levels are noted down there; asked for when the first one is made. */
    SimulatorOutputProvider(Supplier<SimulatedLines> lines) {
        super(ID, "reedgate simulator digital output");
        this.lines = lines;
    }

    /**
     * Requests a line.
     *
     * @throws IllegalArgumentException if a switch is on that line
     */
    @Override
    public DigitalOutput create(DigitalOutputConfig config) {
        int offset = config.address();
        if (lines.get().hasOffset(offset)) {
            throw new IllegalArgumentException("a simulated switch is on line " + offset);
        }
        SimulatedOutput output = new SimulatedOutput(this, config, lines.get().outputs());
        context().registry().add(output);
        return output;
    }
}
