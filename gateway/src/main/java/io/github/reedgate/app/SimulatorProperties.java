package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the simulator is told through Pi4J's properties: where its socket is, its seed, and the lines with their rest. */
final class SimulatorProperties {

    private SimulatorProperties() {}

    /** The properties for the sensors of a configuration. */
    static Map<String, String> of(Config config, long seed) {
        return Map.of(
                "reedgate.sim.socket", config.stateDir().resolve("sim.sock").toString(),
                "reedgate.sim.seed", Long.toString(seed),
                "reedgate.sim.lines",
                        config.sensors().stream()
                                .flatMap(sensor -> sensor.lines().stream())
                                .map(SimulatorProperties::line)
                                .collect(Collectors.joining(";")));
    }

    private static String line(Sensor sensor) {
        return sensor.id() + "=" + sensor.line().offset() + ":"
                + sensor.wiring().level(Position.OPEN).name().toLowerCase(Locale.ROOT);
    }
}
