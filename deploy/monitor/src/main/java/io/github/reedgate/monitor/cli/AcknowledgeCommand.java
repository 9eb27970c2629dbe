package io.github.reedgate.monitor.cli;

import io.github.reedgate.app.ControlSocket;
import io.github.reedgate.cli.Conversation;
import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.monitor.config.MonitorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reedgate-monitor acknowledge}: ends the repetition of the monitor's alarms. */
@Command(
        name = "acknowledge",
        description =
                "Acknowledges the monitor's alarms, so that they are not repeated. Prints the gateways concerned.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 done, 1 no alarm was open, 2 wrong command line, 3 wrong configuration,",
            "4 no monitor answers."
        })
final class AcknowledgeCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigFileOption configFile = new ConfigFileOption();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<MonitorConfig> config = configFile.load(err);
        if (config.isEmpty()) {
            return configFile.failure();
        }
        Path socket = config.get().stateDir().resolve(ControlSocket.NAME);
        try (Conversation monitor = Conversation.with(socket, LIMIT)) {
            String answer = monitor.within(LIMIT, () -> {
                monitor.send("acknowledge\n");
                monitor.endRequest();
                return monitor.line().orElse("error no answer");
            });
            if (!answer.startsWith("ok")) {
                throw new IOException(answer);
            }
            String gateways = answer.substring(2).strip();
            out.println(gateways.isEmpty() ? "no alarm is open" : gateways.replace(" ", System.lineSeparator()));
            out.flush();
            return gateways.isEmpty() ? ExitCode.FAILED : ExitCode.OK;
        } catch (IOException e) {
            err.println("reedgate-monitor: no monitor answers at " + socket + " (" + e.getMessage()
                    + "); start it with reedgate-monitor run, and call this as its user or as root");
            err.flush();
            return ExitCode.UNREACHABLE;
        }
    }
}
