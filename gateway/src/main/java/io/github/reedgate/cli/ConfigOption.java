package io.github.reedgate.cli;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.config.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The option {@code --config} of every command that needs the configuration; mix it in with {@code @Mixin}. Owned by one
 * command line.
 */
final class ConfigOption {

    /** Where the file is unless somebody says otherwise. */
    static final String DEFAULT_FILE = "/etc/reedgate/reedgate.yaml";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = {"The configuration file; if left out", DEFAULT_FILE})
    private Path file = Path.of(DEFAULT_FILE);

    private int failure = ExitCode.CONFIG;

    /** The file as it was named. */
    Path file() {
        return file;
    }

    /**
     * Reads the file; blocks on the file system.
     *
     * @param err where everything that is wrong with it is printed, one problem a line
     * @return empty if anything is wrong: the command then ends with {@link #failure}
     */
    Optional<Config> load(PrintWriter err) {
        try {
            return Optional.of(new ConfigReader().read(file));
        } catch (ConfigException e) {
            print(e, err);
            failure = exitCode(e);
            return Optional.empty();
        }
    }

    /** What a command ends with for which {@link #load} found nothing. */
    int failure() {
        return failure;
    }

    /**
     * The exit code of a command that gives up over it. The service is not started again after {@link ExitCode#CONFIG}, so
     * that is only for what no second try heals.
     */
    static int exitCode(ConfigException e) {
        return e.mayPass() ? ExitCode.FAILED : ExitCode.CONFIG;
    }

    /** Reads the file if that is possible, and says nothing if it is not. */
    Optional<Config> ifUsable() {
        try {
            return Optional.of(new ConfigReader().read(file));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    /** Prints everything that is wrong, one problem a line. */
    static void print(ConfigException e, PrintWriter err) {
        for (Problem problem : e.problems()) {
            err.println(problem);
        }
        err.flush();
    }
}
