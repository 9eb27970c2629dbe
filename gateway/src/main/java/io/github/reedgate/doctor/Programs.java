package io.github.reedgate.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks programs of this machine. */
@FunctionalInterface
public interface Programs {

    /**
     * Standard output of a program; blocks for five seconds at most.
     *
     * @param command the program and its arguments
     * @return empty if it is not there, fails or takes too long
     */
    Optional<String> output(List<String> command);

    /** The programs of this machine. */
    static Programs ofThisMachine() {
        return Programs::run;
    }

    private static Optional<String> run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
