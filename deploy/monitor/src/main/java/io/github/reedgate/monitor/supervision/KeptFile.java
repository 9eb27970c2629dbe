package io.github.reedgate.monitor.supervision;

import io.github.reedgate.file.OrdinaryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file that the monitor keeps for its next start, and moves it aside if it is damaged, so that somebody can look at it.
 * Blocks on the disk; stateless.
 */
public final class KeptFile {

    /** So many damaged files of a folder are kept; then the one that was moved first is removed, which is logged. */
    public static final int MOST_DAMAGED = 10;

    private static final String SUFFIX = ".damaged";
    private static final Logger LOG = LoggerFactory.getLogger(KeptFile.class);

    private KeptFile() {}

    /**
     * Reads the text.
     *
     * @param mostBytes longest content
     * @return empty if there is no file
     * @throws DamagedFileException if it is no file with UTF-8 text of at most so many bytes
     * @throws IOException if this user may not read it; says what to do
     */
    public static Optional<String> text(Path file, int mostBytes) throws IOException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = OrdinaryFile.read(file, mostBytes);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new DamagedFileException("it is no UTF-8 text", e);
        } catch (AccessDeniedException e) {
            throw forbidden(file, e);
        } catch (IOException e) {
            throw new DamagedFileException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What to tell whoever starts the monitor as a user that may not read a file. */
    public static IOException forbidden(Path file, AccessDeniedException cause) {
        return new IOException(
                file + " may not be read by user " + System.getProperty("user.name")
                        + "; give it to the monitor's user with chown, or move it away",
                cause);
    }

    /**
     * Renames a file to the first free one of {@code <name>.damaged}, {@code <name>.damaged-2} and so on; overwrites nothing.
     *
     * @return where it is now
     * @throws IOException if it can't be moved; says what to do
     */
    public static Path moveAside(Path file) throws IOException {
        String name = file.getFileName() + SUFFIX;
        Path aside = file.resolveSibling(name);
        for (int number = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); number++) {
            aside = file.resolveSibling(name + "-" + number);
        }
        try {
            Files.move(file, aside);
        } catch (IOException e) {
            throw new IOException(file + " is damaged and can't be moved aside (" + e + "); move it away", e);
        }
        removeFirst(aside);
        return aside;
    }

    private static void removeFirst(Path latest) throws IOException {
        List<Moved> damaged = new ArrayList<>();
        Path folder = latest.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{*.json,notices}" + SUFFIX + "*")) {
            for (Path each : files) {
                damaged.add(new Moved(each, changed(each)));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        damaged.removeIf(each -> each.file().getFileName().equals(latest.getFileName()));
        damaged.sort(Comparator.comparing(Moved::changed));
        for (Moved each : damaged.subList(0, Math.max(0, damaged.size() - MOST_DAMAGED + 1))) {
            try {
                Files.delete(each.file());
                LOG.warn("{} is removed, as {} damaged files moved later are kept", each.file(), MOST_DAMAGED);
            } catch (IOException e) {
                LOG.warn("{} is one damaged file too many and can't be removed: {}", each.file(), e.toString());
            }
        }
    }

    /** A file that was moved, and when its name changed last. */
    private record Moved(Path file, FileTime changed) {}

    private static FileTime changed(Path file) throws IOException {
        return (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    }
}
