package io.github.reedgate.app;

import io.github.reedgate.time.ClockEvidence;
import io.github.reedgate.time.ClockTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the machine shows about its wall clock, for {@link ClockTrust}. Linux has no file that says whether the kernel's
 * clock is synchronised. So this looks for the file of systemd-timesyncd, then asks {@code timedatectl}, which knows of any
 * program that keeps the clock. A file that is missing or can't be read says nothing. Immutable; any thread may use it.
 */
public final class ClockSync {

    private static final Logger LOG = LoggerFactory.getLogger(ClockSync.class);
    private static final int LIMIT_BYTES = 1 << 20;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    /** What x86 processors say to a guest; the same flag for every hypervisor. */
    private static final Pattern HYPERVISOR = Pattern.compile("(?m)^flags\\s*:.*\\bhypervisor\\b");

    private final Path root;
    private final Clock clock;
    private final BooleanSupplier timedatectl;

    /**
     * A reader of a machine of a test's choice.
     *
     * @param root what stands for {@code /}: {@code run}, {@code proc} and {@code sys} are read below it
     * @param clock the wall clock
     * @param timedatectl asks whether the kernel's clock is synchronised; may block for seconds
     */
    ClockSync(Path root, Clock clock, BooleanSupplier timedatectl) {
        this.root = root;
        this.clock = clock;
        this.timedatectl = timedatectl;
    }

    /** Returns who keeps this machine's clock. Blocks for 5 s at most. */
    public static ClockTrust ofThisMachine() {
        return ClockTrust.of(new ClockSync(Path.of("/"), Clock.systemUTC(), ClockSync::timedatectlSaysYes).read());
    }

    /** Returns whether this machine's clock can be trusted. Blocks for 5 s at most. */
    static boolean isTrustedHere() {
        return new ClockSync(Path.of("/"), Clock.systemUTC(), ClockSync::timedatectlSaysYes).isTrusted();
    }

    /** Returns the same as {@link #read} leads to. Asks {@code timedatectl}, which takes its time, only if files don't suffice. */
    boolean isTrusted() {
        return ClockTrust.of(evidence(isMarked())).isTrusted()
                || (timedatectl.getAsBoolean() && ClockTrust.of(evidence(true)).isTrusted());
    }

    /** Returns what the machine shows now. Blocks as long as {@code timedatectl} does. */
    ClockEvidence read() {
        return evidence(isMarked() || timedatectl.getAsBoolean());
    }

    /** Whether systemd-timesyncd has left the file that says so. */
    private boolean isMarked() {
        return Files.exists(root.resolve("run/systemd/timesync/synchronized"));
    }

    private ClockEvidence evidence(boolean isSynchronised) {
        return new ClockEvidence(clock.instant(), isSynchronised, realTimeClocks(), isGuest());
    }

    /** One whose battery was empty can't be read, or says 1970 or 2000. */
    private List<Instant> realTimeClocks() {
        List<Instant> times = new ArrayList<>();
        try (DirectoryStream<Path> clocks = Files.newDirectoryStream(root.resolve("sys/class/rtc"), "rtc*")) {
            for (Path each : clocks) {
                time(text(each.resolve("since_epoch"))).ifPresent(times::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("real-time clocks can't be listed: {}", e.toString());
        }
        return times;
    }

    private static Optional<Instant> time(String seconds) {
        try {
            return NUMBER.matcher(seconds).matches()
                    ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The kernel of the first subsystem for Linux has Microsoft's name with a capital letter and shows no hypervisor. */
    private boolean isGuest() {
        return HYPERVISOR.matcher(text(root.resolve("proc/cpuinfo"))).find()
                || text(root.resolve("proc/sys/kernel/osrelease")).contains("Microsoft");
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LIMIT_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            LOG.debug("{} says nothing of the clock: {}", file, e.toString());
            return "";
        }
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
