package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.json.Json;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.history.GatewayReport;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.store.Histories;
import io.github.reedgate.monitor.store.HistoryReader;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate-monitor gaps}: which events are missing. */
@Command(
        name = "gaps",
        description = "Lists the numbers of missing events, a range a line.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 nothing is missing, 1 something is, or the history can't be read, 2 wrong command line,",
            "3 wrong configuration."
        })
final class GapsCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigFileOption configFile = new ConfigFileOption();

    @Option(
            names = {"-g", "--gateway"},
            paramLabel = "ID",
            split = ",",
            description = "Only of this gateway; may be given more than once.")
    private List<String> gateways = List.of();

    @Option(names = "--json", description = "Print a JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<MonitorConfig> config = configFile.load(err);
        if (config.isEmpty()) {
            return configFile.failure();
        }
        try (HistoryReader history = Histories.toRead(config.get())) {
            List<GatewayReport> reports = new ArrayList<>(history.verify());
            reports.removeIf(report -> !gateways.isEmpty() && !gateways.contains(report.gateway()));
            boolean isComplete = true;
            for (GatewayReport report : reports) {
                for (NumberRange range : report.missing()) {
                    isComplete = false;
                    out.println(line(report.gateway(), range));
                }
            }
            out.flush();
            if (!isComplete) {
                MonitorSocket.printAsking(config.get(), err);
                err.flush();
            }
            return isComplete ? ExitCode.OK : ExitCode.FAILED;
        } catch (HistoryException e) {
            err.println("reedgate-monitor: " + e.getMessage());
            err.flush();
            return ExitCode.FAILED;
        }
    }

    private String line(String gateway, NumberRange range) {
        if (json) {
            return Json.write(fields -> {
                fields.text("gateway", gateway);
                fields.number("from", range.from());
                fields.number("to", range.to());
            });
        }
        return String.format(Locale.ROOT, "%-32s %12d %12d  %d", gateway, range.from(), range.to(), range.count());
    }
}
