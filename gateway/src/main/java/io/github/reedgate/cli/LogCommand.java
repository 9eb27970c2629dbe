package io.github.reedgate.cli;

import io.github.reedgate.config.Nearest;
import io.github.reedgate.event.EventType;
import io.github.reedgate.store.EventQuery;
import io.github.reedgate.store.LogException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reedgate log}: prints events from the gateway's store. Owned by one command line. */
@Command(
        name = "log",
        description = {
            "Prints events that the gateway keeps on this machine, the oldest first.",
            "It only reads, and works whether the gateway runs or not. Run it as the gateway's user or as root."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  reedgate log                                     the newest 50 events",
            "  reedgate log --since 2h --sensor front_door      of one door in two hours",
            "  reedgate log --since '7d ago' --alarms           all alarms of a week",
            "  reedgate log --since yesterday --until today --type opened,closed",
            "  reedgate log --last 0 --follow                   what comes from now on",
            "  reedgate log --since 2026-01-01 --format csv > events.csv",
            "",
            "Moments: " + Moments.FORMS + ".",
            "Exit codes: 0 printed, perhaps nothing, 1 the store cannot be read, 2 wrong command line, 3 wrong"
                    + " configuration."
        })
final class LogCommand implements Callable<Integer> {

    private static final int USUAL = 50;
    private static final int MOST = 1_000_000;
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
    private final StoreOption store = new StoreOption();

    @Option(names = "--since", paramLabel = "MOMENT", description = "Only events at this moment or later.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "MOMENT", description = "Only events before this moment.")
    private @Nullable String until;

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

    @Option(names = "--alarms", description = "Only alarms.")
    private boolean alarms;

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
            description = "Go on with the events that come, until it is stopped.")
    private boolean follow;

    private final Map<String, String> environment;
    private final Clock clock;
    private final Pause pause;

    /** The command in this process. */
    LogCommand() {
        this(System.getenv(), Clock.system(ZoneId.systemDefault()), new UntilSignal(LOOK_EVERY));
    }

    /** The command in an environment, at a time and with pauses of a test's choice. */
    LogCommand(Map<String, String> environment, Clock clock, Pause pause) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public Integer call() throws InterruptedException {
        EventQuery query = query();
        LogFormat how = format();
        OptionalInt count = count();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> folder = store.folder(err);
        if (folder.isEmpty()) {
            return store.failure();
        }
        LogReading.Output output = new LogReading.Output(how, text -> print(out, text), line -> {
            err.println("log: " + line);
            err.flush();
        });
        LogReading reading = new LogReading(folder.get(), query, output);
        try {
            reading.list(count);
            if (follow) {
                reading.follow(pause);
            }
            return ExitCode.OK;
        } catch (LogException e) {
            err.println("reedgate: " + e.getMessage());
            err.flush();
            return ExitCode.FAILED;
        }
    }

    /** Prints; false if nobody reads standard output any more, as behind {@code | head -1}. */
    private static boolean print(PrintWriter out, String text) {
        Printer.painted(out, text);
        return !out.checkError();
    }

    private EventQuery query() {
        if (follow && until != null) {
            throw wrong("--follow and --until exclude each other: what comes is later than any end");
        }
        Optional<Instant> from = moment("--since", since, Moments.Edge.EARLIER);
        Optional<Instant> to = moment("--until", until, Moments.Edge.LATER);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw wrong("--since " + from.get() + " is not before --until " + to.get() + ": no event can fit both");
        }
        Set<EventType> wanted = new LinkedHashSet<>();
        types.forEach(word -> wanted.add(type(word)));
        return new EventQuery(from, to, new HashSet<>(sensors), wanted, alarms);
    }

    private Optional<Instant> moment(String option, @Nullable String text, Moments.Edge edge) {
        if (text == null) {
            return Optional.empty();
        }
        Optional<Instant> moment = new Moments(clock, edge).read(text);
        if (moment.isEmpty()) {
            throw wrong(
                    option + " '" + SafeText.line(text, 60) + "' is no moment; write it as one of: " + Moments.FORMS);
        }
        return moment;
    }

    private EventType type(String word) {
        Map<String, EventType> known = new LinkedHashMap<>();
        for (EventType type : EventType.values()) {
            known.put(type.word(), type);
        }
        EventType type = known.get(word);
        if (type == null) {
            String hint = Nearest.of(word, known.keySet())
                    .map(near -> "did you mean '" + near + "'? ")
                    .orElse("");
            throw wrong("--type '" + SafeText.line(word, 60) + "' is no type of event; " + hint + "known are: "
                    + String.join(", ", known.keySet()));
        }
        return type;
    }

    private OptionalInt count() {
        Integer given = last;
        if (given == null) {
            return since == null ? OptionalInt.of(USUAL) : OptionalInt.empty();
        }
        if (given < (follow ? 0 : 1) || given > MOST) {
            throw wrong("--last is " + given + "; 1 to " + MOST + " is allowed, and 0 with --follow");
        }
        return OptionalInt.of(given);
    }

    private LogFormat format() {
        if (json && format != null && format != Format.JSONL) {
            throw wrong("--json and --format " + format.name().toLowerCase(Locale.ROOT)
                    + " exclude each other; --json is --format jsonl");
        }
        if (json || format == Format.JSONL) {
            return new LogJson();
        }
        return format == Format.CSV
                ? new LogCsv()
                : new LogTable(
                        clock.getZone(),
                        Terminal.hasColours(environment),
                        Printer.columns(spec.commandLine().getOut()));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
