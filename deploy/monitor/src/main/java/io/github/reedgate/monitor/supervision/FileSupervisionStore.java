package io.github.reedgate.monitor.supervision;

import io.github.reedgate.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps the supervision's document as a file, which is replaced as a whole. Used by one thread; blocks on the disk. */
public final class FileSupervisionStore implements SupervisionStore {

    /** The file's name in the state folder. */
    public static final String NAME = "supervision.json";

    private static final int MOST_BYTES = 64 << 20;

    private final Path file;
    private final WholeFile whole = new WholeFile();

    /** A store in the monitor's state folder. */
    public FileSupervisionStore(Path folder) {
        this.file = folder.resolve(NAME);
    }

    @Override
    public Optional<String> load() throws IOException {
        return KeptFile.text(file, MOST_BYTES);
    }

    @Override
    public void save(String document) throws IOException {
        whole.write(file, document.getBytes(StandardCharsets.UTF_8), WholeFile::toOwnerOfFolder);
    }

    /**
     * Moves a document aside that can't be read, so that somebody can look at it.
     *
     * @return where it is
     * @throws IOException if it can't be moved
     */
    public Path setAside() throws IOException {
        return KeptFile.moveAside(file);
    }

    /** Where the document is. */
    public Path file() {
        return file;
    }
}
