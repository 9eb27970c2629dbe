package io.github.reedgate.cli;

import io.github.reedgate.app.ArchiveTrial;
import io.github.reedgate.app.GatewayRun;
import io.github.reedgate.app.StartException;
import io.github.reedgate.config.Config;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.link.HiveMqLink;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate run}: the gateway itself, until it is told to stop. */
@Command(
        name = "run",
        description = "Runs the gateway until SIGTERM or SIGINT.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reedgate run -c reedgate.yaml",
            "  reedgate run -c reedgate.yaml --simulate   # no hardware; drive it with: reedgate sim open front_door"
        })
final class RunCommand implements Callable<Integer> {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);
    /** A virtual machine whose archive is damaged does not get so old. */
    private static final long TRIAL_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Option(
            names = "--simulate",
            description = "Read simulated switches instead of GPIO lines, whatever the file says; opens the socket"
                    + " STATE_DIR/sim.sock for 'reedgate sim'.")
    private boolean simulate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the simulated bounces; the same seed bounces the same (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Override
    public Integer call() throws InterruptedException {
        ArchiveTrial.ofThisProcess()
                .begin(
                        CompletableFuture.delayedExecutor(TRIAL_SECONDS, TimeUnit.SECONDS, Runnable::run),
                        end -> Runtime.getRuntime().addShutdownHook(new Thread(end, "archive-trial")));
        PrintWriter err = spec.commandLine().getErr();
        Optional<Config> read = configOption.load(err);
        if (read.isEmpty()) {
            return configOption.failure();
        }
        Config config = simulate ? read.get().withProvider(Config.Provider.SIMULATOR) : read.get();
        BrokerSettings broker = config.broker().withUserOf(System.getenv(CredentialSource.USER_VARIABLE));
        ClientFactory clients = new ClientFactory(broker, new CredentialSource(broker, System.getenv()));
        try {
            GatewayRun run = GatewayRun.start(config, seed, will -> new HiveMqLink(broker, clients, will));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run), "shutdown"));
            run.await();
            return ExitCode.OK;
        } catch (StartException e) {
            err.println("reedgate: " + e.getMessage());
            err.flush();
            return ExitCode.FAILED;
        }
    }

    private static void stop(GatewayRun run) {
        try {
            if (!run.stop(STOP_LIMIT)) {
                LOG.warn("did not stop within {} s; what was not acknowledged is lost", STOP_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
