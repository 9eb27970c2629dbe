package io.github.reedgate.wizard.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The port to other programs of this machine. */
@FunctionalInterface
public interface Commands {

    /** The exit code of a program that is not there or took too long. */
    int NOT_RUN = -1;

    /** How long a program may take to end when it is told to. */
    int LAST_SECONDS = 5;

    /**
     * What came of a program.
     *
     * @param code its exit code, or {@link #NOT_RUN}
     * @param out what it printed
     * @param err what it printed on standard error
     */
    record Ran(int code, String out, String err) {

        /** True if it ended well. */
        boolean isWell() {
            return code == 0;
        }
    }

    /** Runs a program; blocks until it ends, for the limit at most. */
    Ran run(List<String> command, Duration limit) throws InterruptedException;

    /** The programs of this machine. */
    static Commands ofThisMachine() {
        return Commands::start;
    }

    /** Waits for a program; ends it if this thread is interrupted. */
    private static boolean hasEnded(Process process, Duration limit) throws InterruptedException {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroy();
            process.waitFor(LAST_SECONDS, TimeUnit.SECONDS); // it may have to put something back
            throw e;
        }
    }

    private static Ran start(List<String> command, Duration limit) throws InterruptedException {
        try {
            Path out = Files.createTempFile("reedgate-setup", ".out");
            Path err = Files.createTempFile("reedgate-setup", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                process.getOutputStream().close();
                if (!hasEnded(process, limit)) {
                    process.destroy();
                    return new Ran(NOT_RUN, "", command.get(0) + " did not end within " + limit.toSeconds() + " s");
                }
                return new Ran(
                        process.exitValue(),
                        Files.readString(out, StandardCharsets.ISO_8859_1),
                        Files.readString(err, StandardCharsets.ISO_8859_1));
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            return new Ran(NOT_RUN, "", command.get(0) + " can't be run: " + e.getMessage());
        }
    }
}
