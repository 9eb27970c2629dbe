package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.monitor.app.MonitorRun;
import io.github.reedgate.monitor.config.MonitorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reedgate-monitor run}: records until it is told to stop. */
@Command(
        name = "run",
        description = "Records until SIGTERM or SIGINT.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reedgate-monitor run -c reedgate-monitor.yaml"})
final class RunCommand implements Callable<Integer> {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigFileOption configFile = new ConfigFileOption();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Optional<MonitorConfig> config = configFile.load(err);
        if (config.isEmpty()) {
            return configFile.failure();
        }
        try {
            MonitorRun run = MonitorRun.start(config.get(), System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run), "shutdown"));
            run.await();
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("reedgate-monitor: " + e.getMessage());
            err.flush();
            return ExitCode.FAILED;
        }
    }

    private static void stop(MonitorRun run) {
        try {
            if (!run.stop(STOP_LIMIT)) {
                LOG.warn("did not stop within {} s; what was not acknowledged comes again", STOP_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
