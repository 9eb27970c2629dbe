package io.github.reedgate.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;

/** A command running on a thread of its own, with what it printed until now. */
final class CommandRun {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Console out = new Console();
    private final Console err = new Console();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    /** Starts a command. */
    static CommandRun start(Object command, String... arguments) {
        CommandRun run = new CommandRun();
        CommandLine commandLine =
                new CommandLine(command).setOut(Printer.to(run.out)).setErr(Printer.to(run.err));
        Thread thread = new Thread(
                () -> {
                    int code = commandLine.execute(arguments);
                    commandLine.getOut().flush();
                    commandLine.getErr().flush();
                    run.exitCode.complete(code);
                },
                "command");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    /** Waits for the end and gives the exit code. */
    int exitCode() {
        try {
            return exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the command did not end; out: " + out.text() + " err: " + err.text(), e);
        }
    }

    /** Waits until standard output has the text in it. */
    void awaitOut(String text) {
        out.await(text);
    }

    /** Waits until standard error has the text in it. */
    void awaitErr(String text) {
        err.await(text);
    }

    /** The lines on standard output so far. */
    List<String> lines() {
        return out.text().lines().toList();
    }

    /** Standard error so far. */
    String errors() {
        return err.text();
    }

    /** A stream that can be waited on. */
    private static final class Console extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int one) {
            bytes.write(one);
            notifyAll();
        }

        @Override
        public synchronized void write(byte[] some, int offset, int length) {
            bytes.write(some, offset, length);
            notifyAll();
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        synchronized void await(String wanted) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            try {
                while (!text().contains(wanted)) {
                    long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                    if (leftMillis <= 0) {
                        throw new AssertionError("'" + wanted + "' was not printed; printed was: " + text());
                    }
                    wait(leftMillis);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
