package io.github.reedgate.store;

import io.github.reedgate.file.NewFolder;
import io.github.reedgate.file.Owner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native library. The driver unpacks it from its jar file; here into a folder of our own inside the state
 * folder, as {@code /tmp} may be mounted {@code noexec}. The folder is removed as soon as the library is loaded, so nothing
 * stays behind, however the process ends. Safe for use by any thread.
 */
final class SqliteLibrary {

    private static final String TARGET = "org.sqlite.tmpdir";
    private static final String ELSEWHERE = "org.sqlite.lib.path";
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);

    private SqliteLibrary() {}

    /**
     * Loads the library unless it is loaded already; blocks for some 100 ms the first time. Whoever names a folder with the
     * driver's own properties is obeyed. If root loads it and the folder is another user's, or if the folder can't be written or is full, the driver takes the JVM's temporary
     * folder.
     *
     * @param folder an existing folder
     * @throws IOException if the library can't be unpacked or loaded; the message holds the fix
     */
    static synchronized void load(Path folder) throws IOException {
        // its owner could exchange what root is about to load
        boolean isAnothers = Owner.isRootsHost(folder);
        if (isAnothers || System.getProperty(TARGET) != null || System.getProperty(ELSEWHERE) != null) {
            initialize();
            return;
        }
        Path unpacked = folder.resolve("native");
        try {
            remove(unpacked);
            Files.createDirectory(unpacked, PosixFilePermissions.asFileAttribute(NewFolder.PRIVATE));
        } catch (IOException e) {
            LOG.debug("{} can't be used to unpack SQLite: {}", unpacked, e.toString());
            initialize();
            return;
        }
        System.setProperty(TARGET, unpacked.toString());
        try {
            initialize();
            return;
        } catch (IOException e) {
            LOG.warn("SQLite can't be unpacked into {} ({}); another folder is tried", unpacked, e.toString());
        } finally {
            System.clearProperty(TARGET);
            removeQuietly(unpacked);
        }
        initialize();
    }

    private static void removeQuietly(Path unpacked) {
        try {
            remove(unpacked);
        } catch (IOException e) {
            LOG.debug("{} can't be removed: {}", unpacked, e.toString());
        }
    }

    private static void initialize() throws IOException {
        try {
            if (SQLiteJDBCLoader.initialize()) {
                return;
            }
        } catch (Exception e) {
            throw new IOException(problem(e.toString()), e);
        }
        throw new IOException(problem("it can't be unpacked or loaded"));
    }

    private static String problem(String reason) {
        return "SQLite's library could not be loaded: " + reason
                + "; name a folder that is not mounted noexec with -Dorg.sqlite.tmpdir=FOLDER in REEDGATE_JAVA_OPTS";
    }

    private static void remove(Path unpacked) throws IOException {
        if (!Files.isDirectory(unpacked, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unpacked, "sqlite-*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(unpacked);
    }
}
