package io.github.reedgate.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The note that the start script leaves when it starts this process with a class-data archive. A damaged archive may crash
 * the virtual machine, which then removes nothing; the next start finds the note and does without the archive. Immutable.
 */
public final class ArchiveTrial {

    /** The system property that says where the note is. */
    private static final String PROPERTY = "reedgate.trial";

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveTrial.class);

    private final Optional<Path> note;

    ArchiveTrial(Optional<Path> note) {
        this.note = note;
    }

    /** The trial of this process; nothing happens if there is none. */
    public static ArchiveTrial ofThisProcess() {
        return new ArchiveTrial(
                Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of));
    }

    /**
     * Begins; returns at once.
     *
     * @param later runs what it is given once a process has lived for so long that its archive is none that crashes it
     * @param atTheEnd runs what it is given when the process ends in order
     */
    public void begin(Executor later, Executor atTheEnd) {
        note.ifPresent(file -> {
            later.execute(() -> remove(file));
            atTheEnd.execute(() -> remove(file));
        });
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn(
                    "{} can't be removed ({}); the next start does without the class-data archive", file, e.toString());
        }
    }
}
