package io.github.reedgate.cli;

import io.github.reedgate.app.GpioLines;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.Pull;
import io.github.reedgate.output.Output;
import io.github.reedgate.setup.HeaderPin;
import io.github.reedgate.setup.LineActivity;
import io.github.reedgate.setup.PinsWatch;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.setup.SetupException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reedgate pins}: shows what every line of the header does while wires are wiggled. Owned by one command line. */
@Command(
        name = "pins",
        description = {
            "Shows the level, the edges and the bounces of every line on the header, live, while you move doors and"
                    + " wiggle wires. Nothing is published and nothing is written.",
            "On a terminal the picture is kept up to date; otherwise each movement is a line. Ctrl-C ends it.",
            "It takes the lines, so stop the gateway first: sudo systemctl stop reedgate. A line that is in use by"
                    + " something else is left alone, and so is one that switches an output. GPIO0 and GPIO1 are left out,"
                    + " for they belong to add-on boards."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate pins                    # all lines, live",
            "  sudo reedgate pins --line pin11,pin13",
            "  sudo reedgate pins --once --json      # the levels now, for a program",
            "  sudo reedgate pins --for 30s --json   # what happened in 30 seconds, as one document",
            "",
            "bounce: how long the longest bouncing of a move took; sensors.<id>.debounce should be longer.",
            "",
            "Exit codes: 0 shown, 1 no line can be read, 2 wrong command line."
        })
final class PinsCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int LOOKS_A_PICTURE = 10;
    private static final int FIRST_LINE = 2;

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = {"-l", "--line"},
            paramLabel = "WHERE",
            split = ",",
            description = "Only these: pinN on the header or lineN (GPIO). May be given several times.")
    private final List<String> where = new ArrayList<>();

    @Option(
            names = "--pull",
            paramLabel = "PULL",
            description = "The resistor inside the Pi: up (default), down or none.")
    private Pull pull = Pull.UP;

    @Option(names = "--once", description = "Show the levels once and end.")
    private boolean once;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "End after this time, such as 30s, with what happened until then.")
    private @Nullable Duration time;

    @Option(names = "--json", description = "As JSON: one document at the end.")
    private boolean json;

    private final LineSupplier lines;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private final boolean isTerminal;

    /** Where the lines come from. */
    interface LineSupplier {

        /** Opens the source. */
        LineSource open() throws LineException;
    }

    /** The command on this machine. */
    PinsCommand() {
        this(GpioLines::open, System::nanoTime, new UntilSignal(LOOK_EVERY), Terminal.hasColours(System.getenv()));
    }

    /** The command on lines, at a time and with pauses of a test's choice. */
    PinsCommand(LineSupplier lines, LongSupplier nanoTime, Pause pause, boolean isTerminal) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.isTerminal = isTerminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (json && !once && time == null) {
            throw new ParameterException(
                    spec.commandLine(), "--json is one document at the end: give --once or --for TIME with it");
        }
        Optional<Config> known = known();
        List<Integer> wanted = wanted(known.map(Config::outputs).orElse(List.of()));
        PinsView view = new PinsView(known.map(PinsCommand::names).orElse(Map.of()));
        try (LineSource source = lines.open()) {
            PinsWatch watch = new PinsWatch(source, wanted, pull);
            watch.look(nanoTime.getAsLong());
            if (!once) {
                watch(watch, view, out);
            }
            if (json) {
                out.println(LogJson.value(view.json(watch)));
            } else if (once || !drawsPictures(out)) {
                view.header(watch, Printer.columns(out)).forEach(out::println);
            }
            tellTroubles(watch, err);
            known.ifPresent(read -> tellOutputs(read.outputs(), err));
            return watch.watched().isEmpty() ? ExitCode.FAILED : ExitCode.OK;
        } catch (LineException e) {
            err.println("reedgate: " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private void watch(PinsWatch watch, PinsView view, PrintWriter out) throws InterruptedException {
        boolean pictures = drawsPictures(out) && !json;
        String last = "close a switch to ground and its line goes LOW; Ctrl-C ends";
        long startNanos = nanoTime.getAsLong();
        int looks = 0;
        if (pictures) {
            Printer.painted(out, "\u001b[2J");
        }
        do {
            for (LineActivity.Moved moved : watch.look(nanoTime.getAsLong())) {
                last = view.line(moved);
                if (!pictures && !json) {
                    Folded.print(out, last, 2);
                    out.flush();
                }
            }
            if (pictures && looks++ % LOOKS_A_PICTURE == 0) {
                draw(view.header(watch, PinsView.WIDTH), last, out);
            }
        } while (!isOver(startNanos) && !out.checkError() && pause.next());
        watch.look(nanoTime.getAsLong());
    }

    private boolean drawsPictures(PrintWriter out) {
        return isTerminal && Printer.columns(out) >= PinsView.WIDTH;
    }

    private boolean isOver(long startNanos) {
        return time != null && nanoTime.getAsLong() - startNanos >= time.toNanos();
    }

    /** Draws over what was drawn before, without a moment of nothing. */
    private static void draw(List<String> header, String last, PrintWriter out) {
        StringBuilder picture = new StringBuilder("\u001b[H");
        header.forEach(line -> picture.append(line).append("\u001b[K\r\n"));
        picture.append(last).append("\u001b[K\u001b[J\r\n");
        Printer.painted(out, picture.toString());
        out.flush();
    }

    private static void tellTroubles(PinsWatch watch, PrintWriter err) {
        Map<String, List<Integer>> byReason = new LinkedHashMap<>();
        watch.refused()
                .forEach((line, reason) -> byReason.computeIfAbsent(
                                reason.replace("line " + line + " ", ""), key -> new ArrayList<>())
                        .add(line));
        byReason.forEach((reason, refused) -> err.println("reedgate: "
                + refused.stream().map(line -> "line " + line).collect(Collectors.joining(", ")) + " " + reason));
        if (watch.dropped() > 0) {
            err.println(
                    "reedgate: " + watch.dropped() + " edges came faster than they could be counted and are missing");
        }
    }

    private static void tellOutputs(List<Output> outputs, PrintWriter err) {
        outputs.forEach(output -> err.println("reedgate: line " + output.line() + " is left alone: it switches the "
                + output.type().word() + " " + output.id()));
    }

    /** An output's line as an input with a resistor might switch on what is connected: it is never watched. */
    private List<Integer> wanted(List<Output> outputs) {
        Set<Integer> taken = outputs.stream().map(Output::line).collect(Collectors.toSet());
        if (where.isEmpty()) {
            return IntStream.range(FIRST_LINE, HeaderPin.LINES)
                    .filter(line -> !taken.contains(line))
                    .boxed()
                    .toList();
        }
        List<Integer> wanted = new ArrayList<>();
        for (String place : where) {
            try {
                wanted.add(SensorPlan.line(place));
            } catch (SetupException e) {
                throw new ParameterException(spec.commandLine(), "--line: " + e.getMessage(), e);
            }
        }
        for (int line : wanted) {
            if (taken.contains(line)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--line: line " + line + " switches an output, and watching might switch it on");
            }
        }
        return wanted.stream().distinct().toList();
    }

    /** The configuration, if there is one that can be read; it is not needed here. */
    private Optional<Config> known() {
        if (!Files.isReadable(config.file())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ConfigReader().read(config.file()));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    /** The sensors' ids by line. */
    private static Map<Integer, String> names(Config read) {
        return read.sensors().stream()
                .flatMap(sensor -> sensor.lines().stream())
                .collect(Collectors.toMap(sensor -> sensor.line().offset(), sensor -> sensor.id()));
    }
}
