package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.CheckedCommandLine;
import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.cli.Main;
import io.github.reedgate.cli.StandardStreams;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code reedgate-monitor}. */
@Command(
        name = "reedgate-monitor",
        description = "Records the events of every gateway of a broker, and proves which are missing.",
        mixinStandardHelpOptions = true,
        versionProvider = MonitorMain.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well; of verify and gaps: nothing is missing",
            "1:it failed, for a reason on standard error; of verify and gaps: something is missing",
            "2:the command line is wrong",
            "3:the configuration is wrong",
            "4:the running monitor cannot be reached"
        },
        footer = {"", "Each command has its own help: reedgate-monitor history --help"})
public final class MonitorMain implements Runnable {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        StandardStreams streams = StandardStreams.ofThisProcess();
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
            System.err.println("reedgate-monitor: " + thrown);
            System.exit(ExitCode.FAILED);
        });
        System.exit(streams.run(commandLine(), arguments));
    }

    /** The command line with all its commands. */
    public static CommandLine commandLine() {
        CommandLine line = new CheckedCommandLine(new MonitorMain());
        line.addSubcommand(new RunCommand());
        line.addSubcommand(new CheckCommand());
        line.addSubcommand(new StatusCommand());
        line.addSubcommand(new AcknowledgeCommand());
        line.addSubcommand(new HistoryCommand());
        line.addSubcommand(new GapsCommand());
        line.addSubcommand(new VerifyCommand());
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
        return Main.prepared(line, "reedgate-monitor");
    }

    /** Without a command: the usage, as an error. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Tells the version from the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(MonitorMain.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
            return new String[] {"reedgate-monitor " + version, "Java " + Runtime.version()};
        }
    }
}
