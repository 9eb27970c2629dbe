package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.config.MonitorConfig.Kafka;
import io.github.reedgate.monitor.config.MonitorConfig.Kind;
import io.github.reedgate.monitor.config.MonitorConfig.Source;
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
        config.broker()
                .ifPresent(broker -> out.println("records   " + config.topicPrefix() + "/+ from " + broker.server()
                        + " as client " + broker.clientId() + "; the broker keeps messages for "
                        + config.sessionExpiry().toDays() + " days"));
        if (config.source() == Source.KAFKA) {
            config.kafka()
                    .ifPresent(kafka -> out.println("records   " + config.topicPrefix() + "/+ from "
                            + kafka(kafka) + ", group " + kafka.group()));
        }
        out.println("history   " + store(config));
        out.flush();
        return ExitCode.OK;
    }

    private static String store(MonitorConfig config) {
        MonitorConfig.Store store = config.store();
        if (store.kind() == Kind.KAFKA) {
            return config.kafka().map(kafka -> "passed on to " + kafka(kafka)).orElse("");
        }
        return store.server()
                        .map(server -> "PostgreSQL " + server.host() + ":" + server.port() + "/" + server.database()
                                + " as " + server.user() + (server.isTlsRequired() ? ", TLS required" : ""))
                        .orElse("SQLite in " + config.stateDir())
                + ", at most " + store.maxAge().toDays() + " days and " + store.maxBytes() + " bytes";
    }

    private static String kafka(Kafka kafka) {
        return "Kafka " + kafka.bootstrap() + ", topic " + kafka.topic()
                + kafka.user().map(user -> " as " + user).orElse("")
                + (kafka.isTlsRequired() ? ", TLS required" : "");
    }
}
