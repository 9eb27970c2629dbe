package io.github.reedgate.cli;

import io.github.reedgate.config.Config;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the gateway's store is; mix it in with {@code @Mixin}. Owned by one command line. */
final class StoreOption {

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "The gateway's state folder (default: what the configuration says).")
    private @Nullable Path stateDir;

    /**
     * The state folder; reads the configuration file if it is not named.
     *
     * @param err where everything that is wrong with the file is printed
     * @return empty if anything is: the command then ends with {@link #failure}
     */
    Optional<Path> folder(PrintWriter err) {
        return stateDir == null ? configOption.load(err).map(Config::stateDir) : Optional.of(stateDir);
    }

    /** What a command ends with for which {@link #folder} found nothing. */
    int failure() {
        return configOption.failure();
    }
}
