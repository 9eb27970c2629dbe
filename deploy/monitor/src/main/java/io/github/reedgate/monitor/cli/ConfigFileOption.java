package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.ExitCode;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.config.MonitorReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option {@code --config} of every command; mix it in with {@code @Mixin}. Owned by one command line. */
final class ConfigFileOption {

    /** Where the file is unless somebody says otherwise. */
    static final String DEFAULT_FILE = "/etc/reedgate-monitor/reedgate-monitor.yaml";

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
    Optional<MonitorConfig> load(PrintWriter err) {
        try {
            return Optional.of(MonitorReader.read(file));
        } catch (ConfigException e) {
            e.problems().forEach(err::println);
            err.flush();
            failure = e.mayPass() ? ExitCode.FAILED : ExitCode.CONFIG;
            return Optional.empty();
        }
    }

    /** What a command ends with for which {@link #load} found nothing. */
    int failure() {
        return failure;
    }
}
