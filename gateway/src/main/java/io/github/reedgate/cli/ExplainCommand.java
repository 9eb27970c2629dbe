package io.github.reedgate.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.app.Explanation;
import io.github.reedgate.config.Config;
import io.github.reedgate.contact.Sensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reedgate explain}: tells what would follow if a contact opened. Owned by one command line. */
@Command(
        name = "explain",
        description = {
            "Tells what would follow if a sensor's contact opened: each event, each line to the phone and each state,"
                    + " with its time.",
            "The gateway's own core is asked, in a time of its own, with the settings in the configuration and all"
                    + " other contacts closed. Nothing is opened, sent or kept, and no gateway need run."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  reedgate explain front_door --mode away",
            "  reedgate explain front_door --mode away --disarm-after 20s",
            "  reedgate explain freezer --close-after 2h --for 3h",
            "",
            "Exit codes: 0 told, 2 wrong command line, 3 wrong configuration."
        })
final class ExplainCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofDays(7);

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "SENSOR", description = "The id of the sensor that opens.")
    private @SuppressWarnings("NullAway.Init") String sensor;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "What the panel is armed for: home, away or night. If left out, it is disarmed.")
    private @Nullable AlarmMode mode;

    @Option(
            names = "--close-after",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "When it closes again, within --for. If left out, it stays open.")
    private @Nullable Duration closeAfter;

    @Option(
            names = "--disarm-after",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "When somebody disarms the panel, within --for. If left out, nobody does.")
    private @Nullable Duration disarmAfter;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long is looked at, from 1s to 7d (default: 15m).")
    private Duration length = Duration.ofMinutes(15);

    @Option(names = "--json", description = "As one JSON document, with each message as it would be published.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Config> read = config.load(spec.commandLine().getErr());
        if (read.isEmpty()) {
            return config.failure();
        }
        Explanation.Question question = question(read.get());
        Sensor opened = read.get().sensors().get(question.sensor());
        List<ExplainedLine> lines = Explanation.of(read.get(), question).stream()
                .map(told -> ExplainedLine.of(read.get(), told))
                .flatMap(Optional::stream)
                .toList();
        if (json) {
            out.print(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(json(opened, lines)));
            out.println();
        } else {
            Folded.print(out, head(opened), 0);
            new Repeats(lines).print(out);
            Folded.print(out, "That is all of " + Durations.text(length) + ".", 0);
        }
        out.flush();
        return ExitCode.OK;
    }

    private Explanation.Question question(Config read) {
        int index = read.sensors().stream().map(Sensor::id).toList().indexOf(sensor);
        if (index < 0) {
            String known =
                    String.join(", ", read.sensors().stream().map(Sensor::id).toList());
            throw wrong("'" + SafeText.line(sensor, 40) + "' is no sensor in " + config.file() + "; allowed: " + known);
        }
        if (read.panel() == null && (mode != null || disarmAfter != null)) {
            throw wrong("--mode and --disarm-after need an alarm panel; add an alarm section to " + config.file());
        }
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(LONGEST) > 0) {
            throw wrong("--for: '" + Durations.text(length) + "' is out of range; allowed: 1s to 7d");
        }
        within("--close-after", closeAfter);
        within("--disarm-after", disarmAfter);
        return new Explanation.Question(mode, index, closeAfter, disarmAfter, length);
    }

    /** What comes later than the end would not be seen. */
    private void within(String option, @Nullable Duration after) {
        if (after != null && after.compareTo(length) >= 0) {
            throw wrong(option + ": '" + Durations.text(after) + "' is not before the end of what is looked at, "
                    + Durations.text(length) + "; look longer with --for, 7d at most");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private String panelWord() {
        return mode == null ? "disarmed" : mode.armed().word();
    }

    private String head(Sensor opened) {
        return "The panel is " + panelWord() + ". " + opened.name() + " opens"
                + (closeAfter == null ? " and stays open" : ", and closes after " + Durations.text(closeAfter))
                + (disarmAfter == null ? "" : "; somebody disarms after " + Durations.text(disarmAfter)) + ".";
    }

    private Map<String, Object> json(Sensor opened, List<ExplainedLine> lines) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("panel", panelWord());
        all.put("sensor", opened.id());
        all.put("told", lines.stream().map(ExplainedLine::json).toList());
        return all;
    }
}
