package io.github.reedgate.cli;

import io.github.reedgate.config.Nearest;
import io.github.reedgate.event.EventType;
import io.github.reedgate.store.EventQuery;
import io.github.reedgate.store.LogException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
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

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final EventsOption events = new EventsOption();

    @Option(names = "--alarms", description = "Only alarms.")
    private boolean alarms;

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
        OptionalInt count = events.count();
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
            if (events.follows()) {
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
        EventsOption.Span span = events.span(clock);
        Set<EventType> wanted = new LinkedHashSet<>();
        events.types().forEach(word -> wanted.add(type(word)));
        return new EventQuery(span.from(), span.to(), events.sensors(), wanted, alarms);
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

    private LogFormat format() {
        return switch (events.format()) {
            case JSONL -> new LogJson();
            case CSV -> new LogCsv();
            case TABLE ->
                new LogTable(
                        clock.getZone(),
                        Terminal.hasColours(environment),
                        Printer.columns(spec.commandLine().getOut()));
        };
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
