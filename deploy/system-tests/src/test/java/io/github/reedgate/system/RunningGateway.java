package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.system.Installation.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A gateway process on simulated lines, in a folder of its own that outlives it. Owned by one thread; {@link #close} ends
 * the process if it still runs.
 */
final class RunningGateway implements AutoCloseable {

    private static final int STOP_SECONDS = 20;

    /** A virtual machine starts in a second; on a machine that is busy with other builds it was seen to take thirty. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private static final String NO_SOCKET = "control.sock can't be opened";

    private final Path configuration;
    private final Map<String, String> environment = new HashMap<>();
    private List<String> program = List.of(Installation.LAUNCHER.toString(), "run", "--simulate");
    private @Nullable Process process;

    private RunningGateway(Path folder, Path configuration) {
        this.folder = folder;
        this.configuration = configuration;
    }

    /** Sets a variable for the starts from now on. */
    RunningGateway with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts another program from now on; the option with the configuration is added. */
    RunningGateway by(List<String> command) {
        program = List.copyOf(command);
        return this;
    }

    /** A gateway with that configuration, not started; {@code state_dir} is added. */
    static RunningGateway configured(Path folder, String yaml) {
        try {
            Path file = Files.writeString(
                    folder.resolve("reedgate.yaml"), "state_dir: " + folder.resolve("state") + "\n" + yaml);
            return new RunningGateway(folder, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, started. */
    static RunningGateway started(Path folder, String yaml) {
        return configured(folder, yaml).start();
    }

    /**
     * Starts it and waits until it serves its control socket, or says that it can't have one; an AssertionError with its log if
     * it ends instead.
     */
    RunningGateway start() {
        int refused = Files.exists(log()) ? loggedLines(NO_SOCKET).size() : 0;
        Process started = launch();
        Path socket = folder.resolve("state/control.sock");
        try {
            Waiting.until(
                    "the gateway runs",
                    START_LIMIT,
                    () -> Files.exists(socket) || loggedLines(NO_SOCKET).size() > refused || !started.isAlive());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + logged(), e);
        }
        assertThat(started.isAlive()).as(logged()).isTrue();
        return this;
    }

    /** Starts it and waits for nothing. */
    Process launch() {
        Path socket = folder.resolve("state/control.sock");
        try {
            Files.deleteIfExists(socket); // of one that was killed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-c", configuration.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Installation.useThisJava(builder.environment());
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            started.getOutputStream().close();
            process = started;
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("gateway.log");
    }

    /** Everything it has logged since the first start. */
    String logged() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> loggedLines(String part) {
        return logged().lines().filter(line -> line.contains(part)).toList();
    }

    /** The folder that outlives it. */
    Path stateFolder() {
        return folder.resolve("state");
    }

    /** Its process id; it has to run. */
    long pid() {
        if (process == null) {
            throw new IllegalStateException("the gateway is not running");
        }
        return process.pid();
    }

    /**
     * How long its threads have waited for a processor in all, those of the compiler apart: the second number of Linux's
     * {@code schedstat}. It has to run.
     */
    Duration starved() {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid()), "task"))) {
            for (Path thread : threads) {
                nanos += starvedNanos(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Duration.ofNanos(nanos);
    }

    private static long starvedNanos(Path thread) {
        try {
            boolean compiles = Files.readString(thread.resolve("comm")).contains("CompilerThre");
            return compiles
                    ? 0
                    : Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ", -1)[1]);
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Runs a command with this gateway's configuration; it has to succeed. Returns what it printed. */
    String succeeds(String... words) {
        Ended ended = command(words);
        assertThat(ended.code())
                .as(String.join(" ", words) + ": " + ended.err())
                .isZero();
        return ended.out();
    }

    /** Runs a command with this gateway's configuration. */
    Ended command(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("-c", configuration.toString()));
        return Installation.reedgate(arguments.toArray(String[]::new));
    }

    /** Plays a scenario to its end. */
    void plays(String scenario) {
        try {
            Path file = Files.writeString(folder.resolve("play.scenario"), scenario);
            succeeds("sim", "play", "--wait", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM; waits and returns the exit code. */
    int terminate() {
        return end(false);
    }

    /** SIGKILL; waits and returns the exit code. */
    int kill() {
        return end(true);
    }

    private int end(boolean forcibly) {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the gateway is not running");
        }
        if (forcibly) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
        try {
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new AssertionError("the gateway did not stop within " + STOP_SECONDS + " s:\n" + logged());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the gateway stopped", e);
        }
        process = null;
        return running.exitValue();
    }

    @Override
    public void close() {
        if (process != null) {
            terminate();
        }
    }
}
