package io.github.reedgate.wizard.host;

import io.github.reedgate.file.FileReason;
import io.github.reedgate.setup.SetupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Tells what a former run of setup has left that did not come to its end. Stateless; blocks on the disk. */
public final class LastRun {

    private static final String PUT_BACK =
            "# The last run of reedgate setup was ended by a signal, and has put everything back.\n";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private LastRun() {}

    /** Leaves a word for the next run: a signal has ended this one, and all is as it was. */
    static void leaveWord(Path file) throws IOException {
        Files.writeString(Change.before(file), PUT_BACK, StandardOpenOption.CREATE_NEW);
    }

    /**
     * What the last run has left. It is told once: the copy of the former configuration gets another name, or is deleted if it
     * is of no use.
     *
     * @param file the configuration
     * @param clock names the copy
     * @return a sentence or two; empty if the last run came to its end
     * @throws SetupException if another run is at work, or what it left can't be read
     */
    public static Optional<String> tell(Path file, Clock clock) throws SetupException {
        Path before = Change.before(file);
        if (!Files.exists(before)) {
            return Optional.empty();
        }
        try {
            requireNobodyAtWork(before);
            return Optional.of(told(file, before, clock));
        } catch (IOException e) {
            throw new SetupException(
                    "the last run of setup was cut off, and what it left in " + before + " can't be used: "
                            + FileReason.of(e),
                    e);
        }
    }

    private static void requireNobodyAtWork(Path before) throws IOException, SetupException {
        try (FileChannel channel = FileChannel.open(before, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new SetupException("another run of setup is at work; wait until it has ended", e);
        }
        throw new SetupException("another run of setup is at work; wait until it has ended");
    }

    private static String told(Path file, Path before, Clock clock) throws IOException {
        byte[] former = Files.readAllBytes(before);
        if (Arrays.equals(former, PUT_BACK.getBytes(StandardCharsets.UTF_8))) {
            Files.delete(before);
            return "The last run of setup was ended in its last step, such as by a lost connection. It has put " + file
                    + " and the service back as they were.";
        }
        boolean wasNone = Change.isNone(before);
        if (wasNone ? !Files.exists(file) : Arrays.equals(former, Files.readAllBytes(file))) {
            Files.delete(before);
            return "The last run of setup was cut off before it " + (wasNone ? "wrote " : "changed ") + file
                    + ". Do again what you wanted.";
        }
        String written = "The last run of setup was cut off after it had written " + file
                + ", and before the gateway was tried with it. ";
        if (wasNone) {
            Files.delete(before);
            return written + "Task 4 below, or sudo reedgate setup --test-alarm, tries it now.";
        }
        Path copy = file.resolveSibling(file.getFileName() + ".before-" + STAMP.format(clock.instant()));
        Files.move(before, copy);
        return written + "Task 4 below, or sudo reedgate setup --test-alarm, tries it now. The former one is in " + copy
                + ". To go back: sudo mv " + copy + " " + file + " && sudo systemctl restart reedgate";
    }
}
