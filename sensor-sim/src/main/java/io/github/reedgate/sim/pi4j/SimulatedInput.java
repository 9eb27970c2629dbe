package io.github.reedgate.sim.pi4j;

import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import io.github.reedgate.sim.LineLevel;
import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.Throwing;

/** One requested line. Its state is the switch's level at the time of the call; safe for use by any thread. */
final class SimulatedInput extends DigitalInputBase {

    private final SimulatedLines lines;
    private final int offset;

    /** An input on one of the lines. */
    SimulatedInput(DigitalInputProvider provider, DigitalInputConfig config, SimulatedLines lines) {
        super(provider, config);
        this.lines = lines;
        this.offset = config.address();
    }

    @Override
    public DigitalState state() {
        Throwing throwing = lines.throwing(offset);
        if (throwing.strikesReading()) {
            throwing.strike("reading line " + offset);
        }
        return state(lines.level(offset));
    }

    /** Tells the listeners of an edge, on the caller's thread. */
    void deliver(LineLevel level) {
        Throwing throwing = lines.throwing(offset);
        dispatch(
                throwing.strikesEdges()
                        ? new BrokenEvent(this, throwing)
                        : new DigitalStateChangeEvent<>(this, state(level)));
    }

    /** An event that throws as soon as somebody looks into it. */
    private static final class BrokenEvent extends DigitalStateChangeEvent<SimulatedInput> {

        private final Throwing throwing;

        BrokenEvent(SimulatedInput source, Throwing throwing) {
            super(source, DigitalState.UNKNOWN);
            this.throwing = throwing;
        }

        @Override
        public DigitalState state() {
            throwing.strike("telling an edge of line " + source().offset);
            return super.state();
        }
    }

    private static DigitalState state(LineLevel level) {
        return level == LineLevel.HIGH ? DigitalState.HIGH : DigitalState.LOW;
    }
}
