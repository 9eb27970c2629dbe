package io.github.reedgate.cli;

import io.github.reedgate.config.Config;
import io.github.reedgate.file.SudoHint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the control socket of the simulator is, and talking to it. Mixed into each command that does. */
final class SimSocketOption {

    /** The socket's name in the state folder. */
    static final String SOCKET = "sim.sock";

    @Spec(Spec.Target.MIXEE)
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "The gateway's state folder (default: what the configuration says).")
    private @Nullable Path stateDir;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "The simulator's control socket (default: " + SOCKET + " in the state folder).")
    private @Nullable Path socket;

    /** A conversation with the simulator. */
    @FunctionalInterface
    interface Conversation {

        /** Asks, prints and returns the exit code. */
        int with(SimClient client) throws IOException;
    }

    /** Connects and talks; prints why if that is not possible. Returns the exit code. */
    int talk(Conversation conversation) {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> path = path(err);
        if (path.isEmpty()) {
            return configOption.failure();
        }
        try (SimClient client = SimClient.connect(path.get())) {
            return conversation.with(client);
        } catch (IllegalArgumentException wrong) {
            err.println("reedgate: " + wrong.getMessage());
            return ExitCode.USAGE;
        } catch (IOException unreachable) {
            err.println("reedgate: no simulator answers at " + path.get() + " (" + unreachable.getMessage()
                    + "); start one with 'reedgate run --simulate', or say where with --state-dir or --socket;"
                    + " only the gateway's user and root may use it" + SudoHint.at(path.get()));
            return ExitCode.UNREACHABLE;
        } finally {
            err.flush();
            spec.commandLine().getOut().flush();
        }
    }

    /** Prints an answer's first line on standard output, or with its mistakes on standard error. Returns the exit code. */
    int tell(SimAnswer answer) {
        if (answer.ok()) {
            Folded.print(spec.commandLine().getOut(), answer.text(), 2);
            return ExitCode.OK;
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println("reedgate: " + answer.text());
        answer.body().forEach(err::println);
        return ExitCode.FAILED;
    }

    private Optional<Path> path(PrintWriter err) {
        if (socket != null) {
            return Optional.of(socket);
        }
        if (stateDir != null) {
            return Optional.of(stateDir.resolve(SOCKET));
        }
        return configOption.load(err).map(Config::stateDir).map(folder -> folder.resolve(SOCKET));
    }
}
