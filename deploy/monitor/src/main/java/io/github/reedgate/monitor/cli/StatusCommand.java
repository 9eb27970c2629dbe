package io.github.reedgate.monitor.cli;

import io.github.reedgate.app.ControlSocket;
import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate-monitor status}: how the running monitor is. */
@Command(
        name = "status",
        description = "Says how the running monitor is: connection, history, supervision, gateways.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 connected, storing and supervising, 1 not so, 2 wrong command line,",
            "3 wrong configuration, 4 no monitor answers."
        })
final class StatusCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigFileOption configFile = new ConfigFileOption();

    @Option(names = "--json", description = "Print the status as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<MonitorConfig> config = configFile.load(err);
        if (config.isEmpty()) {
            return configFile.failure();
        }
        Path socket = config.get().stateDir().resolve(ControlSocket.NAME);
        try {
            String answer = MonitorSocket.ask(socket, "status");
            if (!answer.startsWith("ok ")) {
                throw new IOException(answer);
            }
            Map<String, @Nullable Object> status = JsonObject.read(answer.substring(3));
            if (json) {
                out.println(answer.substring(3));
            } else {
                print(status, out);
            }
            out.flush();
            boolean isWell = Boolean.TRUE.equals(status.get("connected"))
                    && Boolean.TRUE.equals(status.get("storing"))
                    && status.get("recorder_trouble") == null
                    && Boolean.TRUE.equals(status.get("supervising"));
            return isWell ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            err.println("reedgate-monitor: no monitor answers at " + socket + " (" + e.getMessage()
                    + "); start it with reedgate-monitor run, and call this as its user or as root");
            err.flush();
            return ExitCode.UNREACHABLE;
        }
    }

    private static void figures(@Nullable Object all, PrintWriter out) {
        if (all instanceof Map<?, ?> figures) {
            figures.forEach((name, value) -> out.println("          " + name + " " + value));
        }
    }

    private static void print(Map<String, @Nullable Object> status, PrintWriter out) {
        boolean isUp = Boolean.TRUE.equals(status.get("connected"));
        boolean isStoring = Boolean.TRUE.equals(status.get("storing"));
        out.println("broker    " + (isUp ? "connected since " + status.get("connected_since") : status.get("trouble")));
        out.println("history   "
                + (isStoring
                        ? "stores"
                        : "not stored since " + status.get("store_fault_since") + ": " + status.get("store_fault")));
        if (status.get("recorder_trouble") != null) {
            out.println("recorder  does not work: " + status.get("recorder_trouble"));
        }
        figures(status.get("figures"), out);
        out.println("silence   "
                + (Boolean.TRUE.equals(status.get("supervising"))
                        ? "supervised"
                        : "not supervised: "
                                + Objects.requireNonNullElse(
                                        status.get("supervision_trouble"), "the monitor says nothing of it")));
        figures(status.get("supervision"), out);
        if (status.get("asking") instanceof Map<?, ?> asking) {
            asking.forEach((gateway, range) -> out.println("asking    " + gateway + " for " + range));
        }
        if (status.get("gateways") instanceof Map<?, ?> gateways) {
            gateways.forEach((gateway, state) -> out.println("gateway   " + gateway + " " + state));
        }
    }
}
