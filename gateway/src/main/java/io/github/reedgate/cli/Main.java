package io.github.reedgate.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code reedgate}. */
@Command(
        name = "reedgate",
        description = "Door and alarm sensor gateway: reads reed switches on GPIO lines and tells an MQTT broker.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:it failed, for a reason told on standard error",
            "2:the command line is wrong",
            "3:the configuration is wrong",
            "4:the broker or the running gateway cannot be reached",
            "5:the broker refused: wrong credentials or missing permission",
            "6:it did not finish within the time given"
        },
        footer = {
            "",
            "Try it without hardware: deploy/demo in the source folder.",
            "Each command has its own help: reedgate run --help"
        })
public final class Main implements Runnable {

    /** The commands, in the order of the help. */
    private static final List<String> NAMES = List.of(
            "run",
            "setup",
            "init",
            "check",
            "pins",
            "watch",
            "publish",
            "test-alarm",
            "log",
            "outbox",
            "purge",
            "status",
            "walktest",
            "arm",
            "disarm",
            "ack",
            "user",
            "sign",
            "explain",
            "doctor",
            "sim",
            "help");

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        StandardStreams streams = StandardStreams.ofThisProcess();
        // what is thrown here has to end the process although other threads live on
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
            System.err.println("reedgate: " + thrown);
            System.exit(ExitCode.FAILED);
        });
        System.exit(streams.run(arguments));
    }

    /**
     * The command line that reads the given words. To build one takes longer than to start the JVM, most of it for its
     * commands; so if the first word is the name of a command, it has that one only. Else it has all of them, as the help, the
     * manual pages and the documents name them.
     */
    public static CommandLine commandLine(String... words) {
        CommandLine line = new CheckedCommandLine(new Main());
        boolean isOneEnough = words.length > 0 && NAMES.contains(words[0]) && !words[0].equals("help");
        for (String name : isOneEnough ? List.of(words[0]) : NAMES) {
            line.addSubcommand(name, command(name));
        }
        tellVersion(line);
        return prepared(line, "reedgate");
    }

    /**
     * A command line that reads words, prints help and ends with the exit codes of {@link ExitCode} as this one does.
     *
     * @param line a new command line with its commands
     * @param program the program's name, for messages
     */
    public static CommandLine prepared(CommandLine line, String program) {
        line.setExpandAtFiles(false);
        line.registerConverter(Path.class, CheckedCommandLine::path);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionStrategy(Main::execute);
        line.setParameterExceptionHandler(new UsageError(program));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            PrintWriter err = command.getErr();
            err.println(program + ": " + failure);
            err.flush();
            return ExitCode.FAILED;
        });
        return line;
    }

    /** Loads the class of one command, and of no other. */
    private static Class<?> command(String name) {
        return switch (name) {
            case "run" -> RunCommand.class;
            case "setup" -> SetupCommand.class;
            case "init" -> InitCommand.class;
            case "check" -> CheckCommand.class;
            case "pins" -> PinsCommand.class;
            case "watch" -> WatchCommand.class;
            case "publish" -> PublishCommand.class;
            case "test-alarm" -> TestAlarmCommand.class;
            case "log" -> LogCommand.class;
            case "outbox" -> OutboxCommand.class;
            case "purge" -> PurgeCommand.class;
            case "status" -> StatusCommand.class;
            case "walktest" -> WalkTestCommand.class;
            case "arm" -> ArmCommand.class;
            case "disarm" -> DisarmCommand.class;
            case "ack" -> AckCommand.class;
            case "user" -> UserCommand.class;
            case "sign" -> SignCommand.class;
            case "explain" -> ExplainCommand.class;
            case "doctor" -> DoctorCommand.class;
            case "sim" -> SimCommand.class;
            case "help" -> CommandLine.HelpCommand.class;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Each command answers {@code --version} as the whole does. */
    private static void tellVersion(CommandLine line) {
        line.getCommandSpec().versionProvider(new Version());
        line.getSubcommands().values().forEach(Main::tellVersion);
    }

    /** Help is text of our own, with colours; all else is printed by the commands. */
    private static int execute(CommandLine.ParseResult parsed) {
        Integer[] help = {null};
        own(parsed.commandSpec().commandLine().getOut(), () -> help[0] = CommandLine.executeHelpRequest(parsed));
        return help[0] != null ? help[0] : new CommandLine.RunLast().execute(parsed);
    }

    private static void own(PrintWriter out, Runnable printing) {
        if (out instanceof Printer printer) {
            printer.trusting(printing);
        } else {
            printing.run();
        }
    }

    /** Without a command: the usage, as an error. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
