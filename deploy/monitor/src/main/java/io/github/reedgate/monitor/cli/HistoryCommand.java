package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.EventsOption;
import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.cli.Moments;
import io.github.reedgate.cli.Pause;
import io.github.reedgate.cli.UntilSignal;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.history.HistoryQuery;
import io.github.reedgate.monitor.history.HistoryRow;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.store.Histories;
import io.github.reedgate.monitor.store.HistoryReader;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate-monitor history}: prints events. Owned by one command line. */
@Command(
        name = "history",
        description = {
            "Prints recorded events, the oldest first.",
            "It reads the history only, and works whether the monitor runs or not."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reedgate-monitor history                                      the newest 50 events of all gateways",
            "  reedgate-monitor history --gateway home --since 2h            of one house in two hours",
            "  reedgate-monitor history --since yesterday --type triggered,duress --format csv",
            "  reedgate-monitor history --text 'front door' --last 10",
            "  reedgate-monitor history --last 0 --follow --json             what comes from now on",
            "",
            "Moments: " + Moments.FORMS + ".",
            "Exit codes: 0 printed, perhaps nothing, 1 the history can't be read, 2 wrong command line, 3 wrong"
                    + " configuration."
        })
final class HistoryCommand implements Callable<Integer> {

    private static final int PAGE = 500;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigFileOption configFile = new ConfigFileOption();

    @Mixin
    private final EventsOption events = new EventsOption();

    @Option(
            names = {"-g", "--gateway"},
            paramLabel = "ID",
            split = ",",
            description = "Only events of this gateway; may be given more than once.")
    private List<String> gateways = List.of();

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Only events whose message contains this, whatever the case of its letters.")
    private String text = "";

    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final Pause pause = new UntilSignal(LOOK_EVERY);

    @Override
    public Integer call() throws InterruptedException {
        HistoryQuery query = query();
        HistoryFormat how = format();
        // all that fit, if no number is given
        int count = events.count().orElse(Integer.MAX_VALUE);
        PrintWriter err = spec.commandLine().getErr();
        Optional<MonitorConfig> config = configFile.load(err);
        if (config.isEmpty()) {
            return configFile.failure();
        }
        try {
            long place = list(config.get(), query, count, how);
            if (events.follows()) {
                follow(config.get(), query, place, how);
            }
            return ExitCode.OK;
        } catch (HistoryException e) {
            err.println("reedgate-monitor: " + e.getMessage());
            err.flush();
            return ExitCode.FAILED;
        }
    }

    private long list(MonitorConfig config, HistoryQuery query, int count, HistoryFormat how) throws HistoryException {
        try (HistoryReader history = Histories.toRead(config)) {
            long place = history.lastPlace();
            print(how.head());
            if (count > 0) {
                history.newest(query, count, row -> print(how.lines(List.of(row))));
            }
            return place;
        }
    }

    private void follow(MonitorConfig config, HistoryQuery query, long place, HistoryFormat how)
            throws HistoryException, InterruptedException {
        long after = place;
        boolean isWanted = true;
        while (isWanted && pause.next()) {
            try (HistoryReader history = Histories.toRead(config)) {
                List<HistoryRow> rows = history.arrived(query, after, PAGE);
                while (isWanted && !rows.isEmpty()) {
                    after = rows.get(rows.size() - 1).place();
                    isWanted = print(how.lines(rows));
                    rows = history.arrived(query, after, PAGE);
                }
            }
        }
    }

    /** Prints; false if nobody reads standard output any more. */
    private boolean print(String printed) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(printed);
        return !out.checkError();
    }

    private HistoryQuery query() {
        EventsOption.Span span = events.span(clock);
        return new HistoryQuery(
                span.from(), span.to(), new HashSet<>(gateways), events.sensors(), new HashSet<>(events.types()), text);
    }

    private HistoryFormat format() {
        return switch (events.format()) {
            case JSONL -> HistoryFormat.jsonLines();
            case CSV -> HistoryFormat.csv();
            case TABLE -> HistoryFormat.table(clock.getZone());
        };
    }
}
