package io.github.reedgate.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second place for what the alarm panel has to remember, {@code panel.json} beside the database: a store that is found
 * damaged must not disarm the house. Written after the database, read only if that has nothing. Born complete: a temporary
 * name, forced to disk, renamed. Used by one thread.
 */
final class PanelCopy {

    /** The file's name in the state folder. */
    static final String NAME = "panel.json";

    private static final Logger LOG = LoggerFactory.getLogger(PanelCopy.class);

    private final Path file;

    PanelCopy(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** Writes it; what goes wrong is only logged, as the database has it. */
    void put(String document) {
        Path fresh = file.resolveSibling(NAME + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap((Layout.checked(document) + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("the copy of the alarm panel's state {} can't be written: {}", file, e.toString());
        }
    }

    /** What it holds; empty text if there is none, or it is not as it was written. */
    String get() {
        try {
            return Layout.unchecked(Files.readString(file).stripTrailing());
        } catch (NoSuchFileException e) {
            LOG.trace("{} is not there", file);
            return "";
        } catch (IOException e) {
            LOG.warn("the copy of the alarm panel's state {} can't be read: {}", file, e.toString());
            return "";
        }
    }
}
