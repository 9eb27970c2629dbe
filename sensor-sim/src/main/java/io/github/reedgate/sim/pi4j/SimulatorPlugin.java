package io.github.reedgate.sim.pi4j;

import com.pi4j.extension.Plugin;
import com.pi4j.extension.PluginService;

/** What Pi4J's service loader finds: registers a new {@link SimulatorInputProvider} with its outputs. Stateless. */
public final class SimulatorPlugin implements Plugin {

    /** For the service loader. */
    public SimulatorPlugin() {}

    /** Registers the providers, which do nothing before a context initialises them. */
    @Override
    public void initialize(PluginService service) {
        SimulatorInputProvider inputs = new SimulatorInputProvider();
        service.register(inputs, new SimulatorOutputProvider(inputs::lines));
    }
}
