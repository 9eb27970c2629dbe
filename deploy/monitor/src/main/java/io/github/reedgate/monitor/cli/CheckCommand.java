package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.monitor.config.MonitorConfig;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reedgate-monitor check}: says whether the configuration is valid and what it means. */
@Command(
        name = "check",
        description = {
            "Checks the configuration and says what it means.",
            "All mistakes are reported at once, each with its line and column. Nothing is started or connected."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 valid, 2 wrong command line, 3 not valid."})
final class CheckCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigFileOption configFile = new ConfigFileOption();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Optional<MonitorConfig> read = configFile.load(spec.commandLine().getErr());
        if (read.isEmpty()) {
            return configFile.failure();
        }
        MonitorConfig config = read.get();
        out.println(configFile.file() + " is valid");
        out.println("monitor   " + config.id() + ", its own topics below " + config.root());
        out.println("records   " + config.topicPrefix() + "/+ from "
                + config.broker().server() + " as client "
                + config.broker().clientId() + "; the broker keeps messages for "
                + config.sessionExpiry().toDays() + " days");
        out.println("history   " + store(config) + ", at most "
                + config.store().maxAge().toDays() + " days and "
                + config.store().maxBytes() + " bytes");
        out.flush();
        return ExitCode.OK;
    }

    private static String store(MonitorConfig config) {
        return config.store()
                .server()
                .map(server -> "PostgreSQL " + server.host() + ":" + server.port() + "/" + server.database() + " as "
                        + server.user() + (server.isTlsRequired() ? ", TLS required" : ""))
                .orElse("SQLite in " + config.stateDir());
    }
}
