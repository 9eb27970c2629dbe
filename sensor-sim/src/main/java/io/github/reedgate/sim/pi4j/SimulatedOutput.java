package io.github.reedgate.sim.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import io.github.reedgate.sim.LineLevel;
import io.github.reedgate.sim.SimulatedOutputs;

/** One line that somebody switches; its level is noted down for whoever asks. Used as the base class is. */
final class SimulatedOutput extends DigitalOutputBase {

    private final SimulatedOutputs outputs;

    /** An output that has no level before it is initialised. */
    SimulatedOutput(DigitalOutputProvider provider, DigitalOutputConfig config, SimulatedOutputs outputs) {
        super(provider, config);
        this.outputs = outputs;
    }

    /** Low unless the configuration says otherwise, as on real hardware. */
    @Override
    public DigitalOutput initialize(Context context) {
        state(config.initialState() == null ? DigitalState.LOW : config.initialState());
        return super.initialize(context);
    }

    @Override
    public DigitalOutput state(DigitalState state) {
        outputs.set(config.address(), state == DigitalState.HIGH ? LineLevel.HIGH : LineLevel.LOW);
        return super.state(state);
    }
}
