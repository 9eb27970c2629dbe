package io.github.reedgate.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the wall clock is synchronised: by the file that systemd-timesyncd keeps, else by asking {@code timedatectl}. A Pi
 * has no clock that outlives the power, so until one of them says yes the answer is no. Stateless.
 */
public final class ClockSync {

    private static final Logger LOG = LoggerFactory.getLogger(ClockSync.class);
    private static final Path TIMESYNCD = Path.of("/run/systemd/timesync/synchronized");

    private ClockSync() {}

    /** Looks it up; may block for five seconds. */
    public static boolean isSynchronised() {
        return Files.exists(TIMESYNCD) || timedatectlSaysYes();
    }

    private static boolean timedatectlSaysYes() {
        try {
            Process process = new ProcessBuilder("timedatectl", "show", "-p", "NTPSynchronized", "--value")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .equals("yes");
        } catch (IOException e) {
            LOG.debug("timedatectl can't be run: {}", e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
