package io.github.reedgate.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate check}: tells whether the configuration is valid and what it means. Owned by one command line. */
@Command(
        name = "check",
        description = {
            "Checks the configuration and says what it means.",
            "All mistakes are told at once, each with its line and column. Nothing is started or connected."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  reedgate check",
            "  reedgate check --config ./reedgate.yaml",
            "  reedgate check --json",
            "",
            "Exit codes: 0 valid (perhaps with warnings), 2 wrong command line, 3 not valid."
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    private final Map<String, String> environment;

    /** The command in this process's environment. */
    CheckCommand() {
        this(System.getenv());
    }

    /** The command in an environment of a test's choice. */
    CheckCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        String file = config.file().toString();
        try {
            Config read = new ConfigReader().read(config.file());
            List<String> warnings = new SetupWarnings(read, environment).find(config.file());
            ConfigSummary summary = new ConfigSummary(file, read, warnings);
            if (json) {
                print(summary.json(), out);
            } else {
                summary.lines(Printer.columns(out)).forEach(out::println);
                warnings.forEach(warning -> err.println("warning: " + warning));
            }
            return ExitCode.OK;
        } catch (ConfigException e) {
            if (json) {
                print(ConfigSummary.json(file, e.problems()), out);
            }
            ConfigOption.print(e, err);
            return ConfigOption.exitCode(e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static void print(Map<String, Object> result, PrintWriter out) throws IOException {
        out.print(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(result));
        out.println();
    }
}
