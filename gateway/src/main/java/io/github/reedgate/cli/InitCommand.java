package io.github.reedgate.cli;

import io.github.reedgate.setup.Answers;
import io.github.reedgate.setup.Dialogue;
import io.github.reedgate.setup.Interview;
import io.github.reedgate.setup.Plan;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.setup.SetupFiles;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reedgate init}: asks for what the gateway has to know and writes its configuration. Owned by one command line. */
@Command(
        name = "init",
        description = {
            "Sets this gateway up: asks for its id, its broker and its sensors, shows where they are wired, and writes"
                    + " the configuration and, in a file of its own, the password.",
            "What an option tells is not asked for. Without a terminal nothing is asked: what is missing is an error.",
            "A configuration that is there is replaced only if you say so, and is kept under another name; the example"
                    + " that the package brings is replaced as long as nobody has changed it."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate init",
            "  sudo reedgate init --gateway-id home --broker mqtts://broker.example.org:8883 --user home \\",
            "      --password-from password.txt --ca ca.pem --sensor front_door=pin11 --sensor shed=line27,type=window",
            "",
            "Exit codes: 0 written, 1 not written, for a reason told on standard error, 2 wrong command line, 3 an"
                    + " answer",
            "cannot be used."
        })
final class InitCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--gateway-id", paramLabel = "ID", description = "The gateway's id: a-z, 0-9, _ and -.")
    private Optional<String> gatewayId = Optional.empty();

    @Option(names = "--gateway-name", paramLabel = "NAME", description = "Its name for people.")
    private Optional<String> gatewayName = Optional.empty();

    @Option(
            names = "--broker",
            paramLabel = "URL",
            description = "Where the broker is, such as mqtts://broker.example.org:8883.")
    private Optional<String> broker = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "User name at the broker.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--password-from",
            paramLabel = "FILE",
            description =
                    "File whose first line is the password; - is standard input. Never the password itself: every user"
                            + " of this machine can see a command line.")
    private Optional<Path> passwordFrom = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            converter = CheckedCommandLine.OrNone.class,
            description = "PEM file with the authority that signed the broker's certificate, if it is your own. It is"
                    + " copied.")
    private Optional<Path> ca = Optional.empty();

    @Option(names = "--insecure", description = "Allow a broker on another machine without encryption.")
    private boolean insecure;

    @Option(
            names = {"-s", "--sensor"},
            paramLabel = "ID=WHERE[,KEY=VALUE...]",
            description =
                    "A sensor and where it is wired: pinN on the header or lineN (GPIO). Keys: name, type, contact,"
                            + " pull. May be given several times.")
    private final List<String> sensors = new ArrayList<>();

    @Option(names = "--force", description = "Replace a configuration that is there without asking.")
    private boolean force;

    private final Supplier<Optional<Dialogue>> person;
    private final Clock clock;

    /** The command at this process's terminal. */
    InitCommand() {
        this(ConsoleDialogue::ofThisProcess, Clock.systemUTC());
    }

    /** The command with a person of a test's choice. */
    InitCommand(Supplier<Optional<Dialogue>> person, Clock clock) {
        this.person = person;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            return write(out, err);
        } catch (SetupException e) {
            err.println("reedgate: " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int write(PrintWriter out, PrintWriter err) throws SetupException {
        Answers given = given();
        SetupFiles files = new SetupFiles(config.file(), SetupFiles.GROUP, clock);
        Optional<Interview> interview = (passwordFrom
                                .filter(PasswordSource::isInput)
                                .isPresent()
                        ? Optional.<Dialogue>empty()
                        : person.get())
                .map(dialogue -> new Interview(dialogue, config.file(), hostName()));
        if (files.exists() && !files.isExample() && !force && !mayReplace(interview)) {
            throw new SetupException(
                    config.file() + " is there already and stays; --force replaces it and keeps it under another name");
        }
        Optional<Answers> complete = complete(given, interview);
        if (complete.isEmpty()) {
            throw new SetupException("nothing was written, for the questions were not answered to the end");
        }
        Plan plan = complete.get().plan(files.hasPassword(), files.hasCa());
        List<String> problems = plan.problems(config.file());
        if (!problems.isEmpty()) {
            problems.forEach(problem -> err.println("reedgate: " + problem));
            return ExitCode.CONFIG;
        }
        show(plan, out);
        Optional<Path> before = files.write(plan, complete.get());
        before.ifPresent(path -> out.println("the former configuration is now " + path));
        next(plan, out);
        return ExitCode.OK;
    }

    private boolean mayReplace(Optional<Interview> interview) {
        return interview.isPresent()
                && interview
                        .get()
                        .confirm(
                                config.file() + " is there already. Replace it (it is kept under another name)?",
                                false);
    }

    private Optional<Answers> complete(Answers given, Optional<Interview> interview) {
        List<String> missing = given.missing();
        if (missing.isEmpty()) {
            return Optional.of(given); // all that has to be there was told; the rest has defaults
        }
        if (interview.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no terminal to ask at; missing: " + String.join(", ", missing));
        }
        return interview.get().complete(given);
    }

    private Answers given() throws SetupException {
        List<SensorPlan> plans = new ArrayList<>();
        for (String sensor : sensors) {
            plans.add(SensorPlan.parse(sensor));
        }
        return new Answers(gatewayId, gatewayName, broker, user, password(), ca, insecure, plans);
    }

    private Optional<String> password() throws SetupException {
        return passwordFrom.isPresent() ? Optional.of(PasswordSource.read(passwordFrom.get())) : Optional.empty();
    }

    private static void show(Plan plan, PrintWriter out) {
        out.println();
        plan.header().forEach(out::println);
        out.println();
    }

    private void next(Plan plan, PrintWriter out) {
        String option = config.file().toString().equals(ConfigOption.DEFAULT_FILE) ? "" : " -c " + config.file();
        out.println("wrote " + config.file());
        if (plan.broker().hasPassword()) {
            out.println("the password is in " + config.file().resolveSibling(Plan.PASSWORD_FILE));
        }
        out.println();
        out.println("Next:");
        out.println("  sudo reedgate pins" + "                      # move the doors: is every switch wired right?");
        out.println("  sudo systemctl enable --now reedgate    # start it, now and with every boot");
        out.println("  sudo reedgate log --follow" + option + "              # see what the gateway records");
        out.println("  sudo reedgate test-alarm" + option + "                # does an alarm reach the broker?");
        Folded.print(
                out,
                "To see what a phone sees: sudo reedgate watch, which logs in as the viewer (reedgate-broker setup).",
                0);
    }

    /** This machine's name as far as it can be an id. */
    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            String id = name.replaceAll("\\..*", "").replaceAll("[^a-z0-9_-]", "_");
            return id.isEmpty() ? "home" : id.substring(0, Math.min(32, id.length()));
        } catch (UnknownHostException e) {
            return "home";
        }
    }
}
