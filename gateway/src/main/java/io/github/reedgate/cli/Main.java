package io.github.reedgate.cli;

import java.io.PrintWriter;
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
        subcommands = {
            RunCommand.class,
            InitCommand.class,
            CheckCommand.class,
            PinsCommand.class,
            WatchCommand.class,
            PublishCommand.class,
            TestAlarmCommand.class,
            LogCommand.class,
            OutboxCommand.class,
            PurgeCommand.class,
            StatusCommand.class,
            WalkTestCommand.class,
            ArmCommand.class,
            DisarmCommand.class,
            AckCommand.class,
            UserCommand.class,
            SignCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            SimCommand.class,
            CommandLine.HelpCommand.class
        },
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

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line with all commands; for tests and the manual page too. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        tellVersion(line);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            PrintWriter err = command.getErr();
            err.println("reedgate: " + failure);
            err.flush();
            return ExitCode.FAILED;
        });
        return line;
    }

    /** Each command answers {@code --version} as the whole does. */
    private static void tellVersion(CommandLine line) {
        line.getCommandSpec().versionProvider(new Version());
        line.getSubcommands().values().forEach(Main::tellVersion);
    }

    /** Without a command: the usage, as an error. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
