package io.github.reedgate.store;

import io.github.reedgate.file.NotOrdinaryException;
import io.github.reedgate.file.OrdinaryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second place for what must still be known after a restart, {@code panel.json} beside the database: a store that is found
 * damaged must not disarm the house. Written after the database; what that has counts. Born complete: a temporary
 * name, forced to disk, renamed. Used by one thread.
 */
final class SnapshotCopy {

    /** The file's name in the state folder. */
    static final String NAME = "panel.json";

    private static final int MOST_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotCopy.class);

    private final Path folder;
    private final Path file;
    private boolean isFailing;

    SnapshotCopy(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
    }

    /**
     * Writes it. If that fails, a former copy is removed: older than the database, it must not be believed once that is damaged.
     *
     * @return whether it is written; a failure is logged once, as the database has it all
     */
    boolean put(String document) {
        Path fresh = file.resolveSibling(NAME + ".new");
        try {
            OrdinaryFile.requireIfThere(file);
            OrdinaryFile.clear(fresh);
            try (FileChannel channel = FileChannel.open(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
                ByteBuffer bytes = ByteBuffer.wrap((Layout.checked(document) + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isFailing = false;
            forceFolder();
            return true;
        } catch (IOException e) {
            String outcome = discard();
            if (!isFailing) {
                LOG.warn(
                        "the copy of the gateway's state {} can't be written: {}; it is tried again{}",
                        file,
                        e.toString(),
                        outcome);
            }
            isFailing = true;
            return false;
        }
    }

    /** Removes what is there, for good, or empties it; gives what to say of it if neither is possible. */
    private String discard() {
        try {
            OrdinaryFile.clear(file);
            forceFolder();
            return "";
        } catch (IOException e) {
            LOG.debug("{} can't be removed: {}", file, e.toString());
        }
        try {
            if (OrdinaryFile.requireIfThere(file)) {
                empty();
            }
            return "";
        } catch (IOException e) {
            return ". It is older than the store, and can't be removed: " + e;
        }
    }

    private void empty() throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.force(true);
        }
    }

    /** A name that is new, or gone, must be so after a power cut, too; a file system that can't do that has to do without. */
    private void forceFolder() {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            LOG.debug("the names in {} can't be forced to disk: {}", folder, e.toString());
        }
    }

    /** What it holds, or why it holds nothing. */
    SnapshotRecall get() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return SnapshotRecall.NOTHING;
        }
        try {
            String document = Layout.unchecked(
                    new String(OrdinaryFile.read(file, MOST_BYTES), StandardCharsets.UTF_8).stripTrailing());
            return new SnapshotRecall("", document, document.isEmpty() ? NAME + " is damaged" : "");
        } catch (NotOrdinaryException | NoSuchFileException e) {
            LOG.warn("the copy of the gateway's state {} is no ordinary file: {}", file, e.toString());
            return new SnapshotRecall("", "", NAME + " is no ordinary file");
        } catch (IOException e) {
            LOG.warn("the copy of the gateway's state {} can't be read: {}", file, e.toString());
            return new SnapshotRecall("", "", NAME + " can't be read");
        }
    }
}
