package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.json.Json;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.history.GatewayReport;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.store.Histories;
import io.github.reedgate.monitor.store.HistoryReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate-monitor verify}: whether any event is missing. */
@Command(
        name = "verify",
        description = {
            "Says of each gateway how many events are present, skipped, missing and gone.",
            "It reads the history only, and works whether the monitor runs or not."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Skipped: the gateway declared after a power cut or a restored backup that it did not use the numbers.",
            "Gone: the gateway has the events no more, or they were pruned here.",
            "Exit codes: 0 nothing is missing, 1 something is, or the history can't be read, 2 wrong command line,",
            "3 wrong configuration."
        })
final class VerifyCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigFileOption configFile = new ConfigFileOption();

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
            List<GatewayReport> reports = history.verify();
            if (json) {
                reports.forEach(report -> out.println(json(report)));
            } else {
                print(reports, out);
            }
            out.flush();
            long missing =
                    reports.stream().mapToLong(GatewayReport::missingCount).sum();
            if (missing == 0) {
                return ExitCode.OK;
            }
            MonitorSocket.printAsking(config.get(), err);
            err.println("reedgate-monitor: " + missing + (missing == 1 ? " event is" : " events are")
                    + " missing; reedgate-monitor gaps lists them");
        } catch (HistoryException e) {
            err.println("reedgate-monitor: " + e.getMessage());
        }
        err.flush();
        return ExitCode.FAILED;
    }

    private static void print(List<GatewayReport> reports, PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                "%-32s %12s %12s %10s %10s %10s %10s %9s",
                "gateway",
                "from",
                "to",
                "present",
                "skipped",
                "missing",
                "gone",
                "conflicts"));
        for (GatewayReport report : reports) {
            boolean isEmpty = report.expected().isEmpty();
            out.println(String.format(
                    Locale.ROOT,
                    "%-32s %12s %12s %10d %10d %10d %10d %9d",
                    report.gateway(),
                    isEmpty ? "-" : report.expected().from(),
                    isEmpty ? "-" : report.expected().to(),
                    report.present(),
                    report.skipped(),
                    report.missingCount(),
                    report.gone(),
                    report.conflicts()));
        }
    }

    private static String json(GatewayReport report) {
        return Json.write(fields -> {
            fields.text("gateway", report.gateway());
            fields.number("from", report.expected().from());
            fields.number("to", report.expected().to());
            fields.number("present", report.present());
            fields.number("skipped", report.skipped());
            fields.number("missing", report.missingCount());
            fields.number("gone", report.gone());
            fields.number("conflicts", report.conflicts());
        });
    }
}
