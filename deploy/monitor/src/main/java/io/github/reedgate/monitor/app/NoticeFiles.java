package io.github.reedgate.monitor.app;

import io.github.reedgate.file.NewFolder;
import io.github.reedgate.file.WholeFile;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.supervision.DamagedFileException;
import io.github.reedgate.monitor.supervision.KeptFile;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notify.NoticeStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each notification that waits as a file of its own in a folder. Used by one thread; blocks on the disk. What can't be
 * written is sent all the same, but would not survive a restart.
 */
final class NoticeFiles implements NoticeStore {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeFiles.class);
    private static final String SUFFIX = ".json";
    private static final int MOST_BYTES = 64 * 1024;

    private final Path folder;
    private final Consumer<OwnEvent> reports;
    private final WholeFile whole = new WholeFile();

    /**
     * Makes the folder if it is missing. What is in its place and no folder is moved aside.
     *
     * @param reports takes the reports of damaged files
     * @throws IOException if it can't be made
     */
    NoticeFiles(Path folder, Consumer<OwnEvent> reports) throws IOException {
        this.folder = folder;
        this.reports = reports;
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
            reports.accept(Watching.damaged(folder, KeptFile.moveAside(folder), "it is no folder"));
        }
        NewFolder.make(folder);
    }

    /**
     * What an earlier start kept, by number. Damaged files are moved aside and reported; files with other names are left alone.
     *
     * @throws IOException if this user may not read one of them; says what to do
     */
    Map<Long, String> all() throws IOException {
        Map<Long, String> all = new TreeMap<>();
        for (Path file : files()) {
            try {
                String name = String.valueOf(file.getFileName());
                Optional<String> document = KeptFile.text(file, MOST_BYTES);
                if (document.isPresent() && Notice.read(document.get()).isPresent()) {
                    all.put(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())), document.get());
                } else if (document.isPresent()) {
                    setAside(file, "it is no notification");
                }
            } catch (DamagedFileException e) {
                setAside(file, String.valueOf(e.getMessage()));
            }
        }
        return all;
    }

    private void setAside(Path file, String reason) throws IOException {
        reports.accept(Watching.damaged(
                file, KeptFile.moveAside(file), reason + "; the notification that was in it is not sent any more"));
    }

    private List<Path> files() throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*" + SUFFIX)) {
            files.forEach(all::add);
        } catch (AccessDeniedException e) {
            throw KeptFile.forbidden(folder, e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        all.removeIf(file -> !String.valueOf(file.getFileName()).matches("[0-9]{1,18}\\.json"));
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
