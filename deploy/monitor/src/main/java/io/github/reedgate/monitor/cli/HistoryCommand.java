package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.cli.Moments;
import io.github.reedgate.cli.Pause;
import io.github.reedgate.cli.SafeText;
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
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    private static final int USUAL = 50;
    private static final int MOST = 1_000_000;
    private static final int PAGE = 500;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How events are printed. */
    enum Format {
        /** For people. */
        TABLE,
        /** A JSON object a line. */
        JSONL,
        /** Comma-separated values. */
        CSV
    }

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigFileOption configFile = new ConfigFileOption();

    @Option(names = "--since", paramLabel = "MOMENT", description = "Only events at this moment or later.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "MOMENT", description = "Only events before this moment.")
    private @Nullable String until;

    @Option(
            names = {"-g", "--gateway"},
            paramLabel = "ID",
            split = ",",
            description = "Only events of this gateway; may be given more than once.")
    private List<String> gateways = List.of();

    @Option(
            names = {"-s", "--sensor"},
            paramLabel = "ID",
            split = ",",
            description = "Only events of this sensor; may be given more than once.")
    private List<String> sensors = List.of();

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            split = ",",
            description = "Only events of this type, such as opened; may be given more than once.")
    private List<String> types = List.of();

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Only events whose message contains this, in any case of its letters A to Z.")
    private String text = "";

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            description = "Only the newest N events (default: 50 without --since, else all).")
    private @Nullable Integer last;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table (default), jsonl (a JSON object a line) or csv (RFC 4180).")
    private @Nullable Format format;

    @Option(names = "--json", description = "The same as --format jsonl.")
    private boolean json;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with the events that arrive, until it is stopped.")
    private boolean follow;

    private final Clock clock = Clock.system(ZoneId.systemDefault());
    private final Pause pause = new UntilSignal(LOOK_EVERY);

    @Override
    public Integer call() throws InterruptedException {
        HistoryQuery query = query();
        HistoryFormat how = format();
        int count = count();
        PrintWriter err = spec.commandLine().getErr();
        Optional<MonitorConfig> config = configFile.load(err);
        if (config.isEmpty()) {
            return configFile.failure();
        }
        try {
            long place = list(config.get(), query, count, how);
            if (follow) {
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
        if (follow && until != null) {
            throw wrong("--follow and --until exclude each other: what arrives is later than any end");
        }
        Optional<Instant> from = moment("--since", since, Moments.Edge.EARLIER);
        Optional<Instant> to = moment("--until", until, Moments.Edge.LATER);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw wrong("--since " + from.get() + " is not before --until " + to.get() + ": no event can fit both");
        }
        return new HistoryQuery(from, to, new HashSet<>(gateways), new HashSet<>(sensors), new HashSet<>(types), text);
    }

    private Optional<Instant> moment(String option, @Nullable String words, Moments.Edge edge) {
        if (words == null) {
            return Optional.empty();
        }
        Optional<Instant> moment = new Moments(clock, edge).read(words);
        if (moment.isEmpty()) {
            throw wrong(
                    option + " '" + SafeText.line(words, 60) + "' is no moment; write it as one of: " + Moments.FORMS);
        }
        return moment;
    }

    private int count() {
        Integer given = last;
        if (given == null) {
            return since == null ? USUAL : MOST;
        }
        if (given < (follow ? 0 : 1) || given > MOST) {
            throw wrong("--last is " + given + "; 1 to " + MOST + " is allowed, and 0 with --follow");
        }
        return given;
    }

    private HistoryFormat format() {
        if (json && format != null && format != Format.JSONL) {
            throw wrong("--json and --format exclude each other; --json is --format jsonl");
        }
        if (json || format == Format.JSONL) {
            return HistoryFormat.jsonLines();
        }
        return format == Format.CSV ? HistoryFormat.csv() : HistoryFormat.table(clock.getZone());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
