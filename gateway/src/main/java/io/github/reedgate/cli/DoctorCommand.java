package io.github.reedgate.cli;

import io.github.reedgate.app.ClockSync;
import io.github.reedgate.app.DescriptionSize;
import io.github.reedgate.app.GpioLines;
import io.github.reedgate.app.SocketPath;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.discovery.DiscoveryFormat;
import io.github.reedgate.doctor.CheckName;
import io.github.reedgate.doctor.Checkup;
import io.github.reedgate.doctor.Finding;
import io.github.reedgate.doctor.PacketLimit;
import io.github.reedgate.doctor.Programs;
import io.github.reedgate.doctor.ReadConfig;
import io.github.reedgate.doctor.Status;
import io.github.reedgate.doctor.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reedgate doctor}: finds out what is wrong, and says how to mend it. Owned by one command line. */
@Command(
        name = "doctor",
        description = {
            "Finds out what is wrong on this machine, on the way to the broker and at the broker, and says how to mend"
                    + " it.",
            "It may be called while the gateway runs and does not disturb it: lines are then not tried, and at the"
                    + " broker it logs in as the viewer, if there is one (broker.viewer). Run it as root to see all."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate doctor",
            "  sudo reedgate doctor --json",
            "  reedgate doctor --only dns,tcp,tls,login",
            "  reedgate doctor --simulate   # without hardware",
            "",
            "Exit codes: 0 nothing fails (perhaps with warnings), 1 something fails, 2 wrong command line, 3 the"
                    + " configuration cannot be used."
        })
final class DoctorCommand implements Callable<Integer> {

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Print one JSON document when all is done.")
    private boolean json;

    @Option(
            names = "--only",
            paramLabel = "CHECK",
            split = ",",
            description =
                    "Make these checks only: java, config, temp, unit, board, chip, permissions, lines, level, pull,"
                            + " clock, disk, store, users, secrets, dns, tcp, tls, login, publish, subscribe, retain.")
    private List<String> only = List.of();

    @Option(names = "--skip", paramLabel = "CHECK", split = ",", description = "Don't make these.")
    private List<String> skip = List.of();

    @Option(names = "--simulate", description = "Pass over board, chip and lines, as for 'run --simulate'.")
    private boolean simulate;

    @Option(
            names = "--login-beside",
            description =
                    "Log in at the broker although the gateway runs. Not with a broker that makes the user name the"
                            + " client id (mosquitto: use_username_as_clientid): it would throw the gateway out.")
    private boolean loginBeside;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long each check may take (default: 45s).")
    private Duration timeout = Duration.ofSeconds(45);

    private final Surroundings here;
    private final boolean isTerminal;

    /** The command on this machine. */
    DoctorCommand() {
        this(
                new Surroundings(
                        Path.of("/"),
                        System.getenv(),
                        System.getProperty("user.name", ""),
                        System.getProperty("os.arch", ""),
                        Clock.systemUTC(),
                        ClockSync::ofThisMachine,
                        Programs.ofThisMachine(),
                        GpioLines::open),
                Terminal.hasColours(System.getenv()));
    }

    /** The command on a machine of a test's choice. */
    DoctorCommand(Surroundings here, boolean isTerminal) {
        this.here = here;
        this.isTerminal = isTerminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<CheckName> wanted = wanted();
        if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw wrong("--timeout is " + Durations.text(timeout) + "; 1ms to 10m is allowed");
        }
        PrintWriter out = spec.commandLine().getOut();
        int configured;
        List<Finding> findings;
        try (Checkup checkup = new Checkup(here, new Checkup.Options(timeout, simulate, loginBeside))) {
            configured = configure(checkup);
            if (configured != ExitCode.OK) {
                wanted.add(CheckName.CONFIG);
            }
            findings = checkup.examine(wanted, begins(out), found(out));
        }
        out.print(json ? DoctorReport.json(findings) : "\n" + DoctorReport.summary(findings));
        out.println();
        out.flush();
        if (configured != ExitCode.OK) {
            return configured;
        }
        return DoctorReport.count(findings, Status.FAIL) == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** What the doctor ends with because of the configuration. */
    private int configure(Checkup checkup) {
        String file = config.file().toString();
        try {
            Config read = new ConfigReader().read(config.file());
            checkup.with(
                    simulate ? read.withProvider(Config.Provider.SIMULATOR) : read,
                    new ReadConfig(
                            config.file(),
                            file + ": gateway " + read.gatewayId() + ", "
                                    + read.sensors().size() + " sensors, "
                                    + read.broker().url(),
                            SocketPath.trouble(read.stateDir()),
                            new PacketLimit(
                                    DescriptionSize.bytes(read),
                                    read.discovery().format() == DiscoveryFormat.DEVICE)));
            return ExitCode.OK;
        } catch (ConfigException e) {
            String problems = e.problems().stream().map(String::valueOf).collect(Collectors.joining(" | "));
            checkup.withoutConfig(
                    problems,
                    e.mayPass()
                            ? "see that the disk works (dmesg), then: reedgate check --config " + file
                            : "correct it, then: reedgate check --config " + file);
            return ConfigOption.exitCode(e);
        }
    }

    /** While a check takes its time, a terminal shows which one it is. */
    private Consumer<CheckName> begins(PrintWriter out) {
        return check -> {
            if (isTerminal && !json) {
                Printer.painted(out, "...   " + check.word() + "\r");
                out.flush();
            }
        };
    }

    private Consumer<Finding> found(PrintWriter out) {
        return finding -> {
            if (!json) {
                Printer.painted(out, isTerminal ? "\u001B[K" : "");
                DoctorReport.lines(finding, isTerminal, Printer.columns(out), ZoneId.systemDefault())
                        .forEach(line -> Printer.painted(out, line + System.lineSeparator()));
                out.flush();
            }
        };
    }

    private Set<CheckName> wanted() {
        Set<CheckName> wanted = only.isEmpty() ? EnumSet.allOf(CheckName.class) : named(only);
        wanted.removeAll(named(skip));
        if (wanted.isEmpty()) {
            throw wrong("--only and --skip leave nothing to check");
        }
        return wanted;
    }

    private Set<CheckName> named(List<String> words) {
        Set<CheckName> named = EnumSet.noneOf(CheckName.class);
        for (String word : words) {
            named.add(Arrays.stream(CheckName.values())
                    .filter(check -> check.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> wrong("there is no check '" + SafeText.line(word, 40) + "'; there are: "
                            + Arrays.stream(CheckName.values())
                                    .map(CheckName::word)
                                    .collect(Collectors.joining(", ")))));
        }
        return named;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
