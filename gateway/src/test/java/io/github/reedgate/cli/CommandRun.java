package io.github.reedgate.cli;

import java.io.PrintWriter;
import java.io.Writer;
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
                new CommandLine(command).setOut(new PrintWriter(run.out, true)).setErr(new PrintWriter(run.err, true));
        Thread thread = new Thread(() -> run.exitCode.complete(commandLine.execute(arguments)), "command");
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

    /** A writer that can be waited on. */
    private static final class Console extends Writer {

        private final StringBuilder text = new StringBuilder();

        @Override
        public synchronized void write(char[] characters, int offset, int length) {
            text.append(characters, offset, length);
            notifyAll();
        }

        synchronized String text() {
            return text.toString();
        }

        synchronized void await(String wanted) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            try {
                while (text.indexOf(wanted) < 0) {
                    long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                    if (leftMillis <= 0) {
                        throw new AssertionError("'" + wanted + "' was not printed; printed was: " + text);
                    }
                    wait(leftMillis);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
