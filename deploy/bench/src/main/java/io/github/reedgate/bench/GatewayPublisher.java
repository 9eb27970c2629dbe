package io.github.reedgate.bench;

import com.pi4j.context.Context;
import io.github.reedgate.app.GatewayRun;
import io.github.reedgate.app.StartException;
import io.github.reedgate.command.Policy;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ViewerAccount;
import io.github.reedgate.contact.Debounce;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.contact.TroublePolicy;
import io.github.reedgate.contact.Wiring;
import io.github.reedgate.discovery.DiscoverySettings;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import io.github.reedgate.line.pi4j.Pi4jContexts;
import io.github.reedgate.line.pi4j.Pi4jLineSource;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.link.HiveMqLink;
import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.pi4j.SimulatorInputProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway as it is installed, with one simulated door that opens with a clean contact. Its limits are so high that no
 * rate of openings passes for chattering; everything else is as usual.
 */
final class GatewayPublisher extends Publisher {

    /** The quiet time after which an opening is true; taken off the latency. */
    static final Duration DEBOUNCE = Duration.ofMillis(2);

    static final String DOOR = "front_door";
    static final String ROOT = "reedgate/bench";

    private static final int LINE = 17;

    private final SimulatedLines lines;
    private volatile long levelChangedNanos;

    private GatewayPublisher(SimulatedLines lines) {
        this.lines = lines;
        lines.observe(edge -> levelChangedNanos = edge.atNanos());
    }

    /** The process: arguments are the broker's port and an empty folder for the gateway's state. */
    static void run(int port, Path stateDir) throws IOException, LineException, StartException, InterruptedException {
        Config config = config(port, stateDir);
        Context context =
                Pi4jContexts.create("simulator", Map.of(SimulatorInputProvider.LINES, DOOR + "=" + LINE + ":high"));
        SimulatorInputProvider provider = context.provider(SimulatorInputProvider.ID);
        ClientFactory clients = new ClientFactory(config.broker(), new CredentialSource(config.broker(), Map.of()));
        GatewayRun run = GatewayRun.start(
                config,
                () -> new Pi4jLineSource(context, System::nanoTime),
                will -> new HiveMqLink(config.broker(), clients, will));
        new GatewayPublisher(provider.lines()).serve();
        run.stop(Duration.ofSeconds(10));
    }

    private static Config config(int port, Path stateDir) {
        BrokerSettings broker = new BrokerSettings(
                URI.create("mqtt://localhost:" + port),
                "bench-gateway",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BrokerSettings.Timing.DEFAULT);
        return new Config(
                "bench",
                "bench",
                "reedgate",
                "reedgate-monitor",
                stateDir,
                broker,
                new ViewerAccount(Optional.empty(), Optional.empty(), stateDir.resolve("viewer.password")),
                new Config.Gpio(Config.Provider.SIMULATOR, Duration.ofMillis(100), 4_096),
                Config.Store.DEFAULT,
                new Config.Limits(1_000_000, 1_000_000, Duration.ofSeconds(10)),
                Config.Diagnostics.DEFAULT,
                DiscoverySettings.OFF,
                List.of(door()),
                null,
                Policy.STRICT,
                List.of(),
                List.of(),
                List.of());
    }

    private static Sensor door() {
        return new Sensor(
                DOOR,
                "Front door",
                SensorType.DOOR,
                new LineSettings(LINE, Pull.UP),
                new Wiring(true, Level.HIGH),
                new Debounce(DEBOUNCE, DEBOUNCE, Debounce.CAP),
                Sensor.AlarmPolicy.ALWAYS,
                null,
                null,
                TroublePolicy.DEFAULT);
    }

    @Override
    long cause() {
        lines.move(DOOR, DoorPosition.OPEN, BounceModel.CLEAN);
        return levelChangedNanos;
    }

    @Override
    void relax() {
        lines.move(DOOR, DoorPosition.CLOSED, BounceModel.CLEAN);
    }
}
