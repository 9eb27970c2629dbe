package io.github.reedgate.sim.pi4j;

import com.pi4j.extension.Plugin;
import com.pi4j.extension.PluginService;

/** What Pi4J's service loader finds: registers a new {@link SimulatorInputProvider}. Stateless. */
public final class SimulatorPlugin implements Plugin {

    /** For the service loader. */
    public SimulatorPlugin() {}

    /** Registers the provider, which does nothing before a context initialises it. */
    @Override
    public void initialize(PluginService service) {
        service.register(new SimulatorInputProvider());
    }
}
