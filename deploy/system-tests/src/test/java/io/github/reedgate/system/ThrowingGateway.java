package io.github.reedgate.system;

import io.github.reedgate.app.GatewayRun;
import io.github.reedgate.app.StartException;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepFunction;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.link.HiveMqLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The shipped gateway, composed as {@code reedgate run --simulate -c FILE} does it, but for a core that throws: an exception
 * for each test alarm; an error for each edge of {@code door_3} while the file {@link #EDGES} lies in the state folder; an
 * exception for everything while {@link #EVERYTHING} does.
 */
final class ThrowingGateway {

    /** Name of a file. */
    static final String EDGES = "throw-edges";

    /** Name of a file. */
    static final String EVERYTHING = "throw-everything";

    private static final int DOOR = 3;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

    private ThrowingGateway() {}

    /** Runs it until it is told to stop; the arguments are {@code -c} and the configuration file. */
    public static void main(String[] arguments) throws ConfigException, StartException, InterruptedException {
        Config config = new ConfigReader().read(Path.of(arguments[1])).withProvider(Config.Provider.SIMULATOR);
        ClientFactory clients =
                new ClientFactory(config.broker(), new CredentialSource(config.broker(), System.getenv()));
        GatewayRun run = GatewayRun.start(
                config,
                1,
                will -> new HiveMqLink(config.broker(), clients, will),
                step -> throwing(step, config.stateDir()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run)));
        run.await();
    }

    private static StepFunction throwing(StepFunction step, Path folder) {
        return (state, event, now) -> {
            if (event instanceof Input.TestRequested || Files.exists(folder.resolve(EVERYTHING))) {
                throw new IllegalStateException("planted");
            }
            if (event instanceof Input.Edge edge && edge.sensor() == DOOR && Files.exists(folder.resolve(EDGES))) {
                throw new StackOverflowError("planted");
            }
            return step.step(state, event, now);
        };
    }

    private static void stop(GatewayRun run) {
        try {
            run.stop(STOP_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
