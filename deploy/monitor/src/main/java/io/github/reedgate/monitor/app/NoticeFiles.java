package io.github.reedgate.monitor.app;

import io.github.reedgate.file.NewFolder;
import io.github.reedgate.file.WholeFile;
import io.github.reedgate.notify.NoticeStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each notification that waits as a file of its own in a folder. Used by one thread; blocks on the disk. What can't be
 * written is sent all the same, but would not survive a restart.
 */
final class NoticeFiles implements NoticeStore {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeFiles.class);
    private static final String SUFFIX = ".json";
    private static final long MOST_BYTES = 64L * 1024;

    private final Path folder;
    private final WholeFile whole = new WholeFile();

    /**
     * Makes the folder if it is missing.
     *
     * @throws IOException if it can't be made
     */
    NoticeFiles(Path folder) throws IOException {
        this.folder = folder;
        NewFolder.make(folder);
    }

    /** What an earlier start kept, by number. Files with other names or more than 64 KiB are left alone. */
    Map<Long, String> all() throws IOException {
        Map<Long, String> all = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                String digits = name.substring(0, name.length() - SUFFIX.length());
                if (digits.matches("[0-9]{1,18}") && Files.size(file) <= MOST_BYTES) {
                    all.put(Long.parseLong(digits), Files.readString(file));
                }
            }
        }
        return all;
    }

    @Override
    public void keep(long id, String document) {
        try {
            whole.write(file(id), document.getBytes(StandardCharsets.UTF_8), WholeFile::toOwnerOfFolder);
        } catch (IOException e) {
            LOG.error("a notification can't be stored and would not survive a restart: {}", e.toString());
        }
    }

    @Override
    public void forget(long id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            LOG.error("a notification can't be removed and is sent again after a restart: {}", e.toString());
        }
    }

    private Path file(long id) {
        return folder.resolve(id + SUFFIX);
    }
}
