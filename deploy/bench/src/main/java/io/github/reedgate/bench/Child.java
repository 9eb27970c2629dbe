package io.github.reedgate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of this measurement: ends when its standard input does. Owned by one thread. */
final class Child implements AutoCloseable {

    private static final int LIMIT_SECONDS = 20;

    private final String name;
    private final Process process;
    private final Path log;
    private final BufferedReader out;
    private final PrintStream in;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    }

    /**
     * Starts a process; its standard error goes to a file.
     *
     * @param name what it is called, also in the file's name
     * @param folder where the file is made
     * @param command program and arguments
     */
    static Child start(String name, Path folder, List<String> command) {
        Path log = folder.resolve(name + ".log");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            return new Child(name, process, log);
        } catch (IOException e) {
            throw new BenchException("cannot run " + command.get(0), e);
        }
    }

    /** Starts this program in a JVM of its own. */
    static Child java(String name, Path folder, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add(Main.class.getName());
        command.addAll(Arrays.asList(arguments));
        return start(name, folder, command);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Begins a beat; {@link #times} then waits for its end. */
    void begin(Beat beat) {
        in.println(beat.line());
    }

    /** Waits for the end of the beat and returns the times of its events. */
    List<Long> times() {
        return Arrays.stream(line().split(" ", -1)).map(Long::valueOf).toList();
    }

    /** Waits for the next line that it prints. */
    String line() {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new BenchException("the process " + name + " ended; its log is " + log);
            }
            return line;
        } catch (IOException e) {
            throw new BenchException("the process " + name + " can't be read; its log is " + log, e);
        }
    }

    /** Asks it to end, as by SIGTERM, and waits; it is killed if that takes more than 20 s. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    @Override
    public void close() {
        in.close();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
