package io.github.reedgate.store;

import io.github.reedgate.file.NotOrdinaryException;
import io.github.reedgate.file.OrdinaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks at what SQLite is about to open by its path: a database and the files beside it. SQLite waits for ever at a pipe, and makes
 * a file where a link leads that leads to nothing. Blocks on the disk; stateless.
 *
 * <p>Between this look and SQLite's own opening somebody may exchange a file for a pipe or a device. Only users who may write to
 * the state folder can do that: its owner, which is the gateway's own user, and root. The folder has mode 700 where the gateway or
 * its package made it; {@code reedgate doctor} warns of one that everybody may write to. Whoever has these rights can delete the store
 * as well. The exchange makes the store's thread hang, or a command that root runs; it gives away no right and writes no file of
 * another folder's owner.
 *
 * <p>It can't be closed here. SQLite opens files by their paths: the database when a connection is made, but the write-ahead
 * log, its index and a journal only within the first statement, which at once reads them. A look at {@code /proc/self/fd} in
 * between would find the database only. SQLite forms the names of the others from the database's path, so that a path below
 * {@code /proc/self/fd} would put them elsewhere.
 */
final class SqliteFile {

    /** What the names of the files end in, the database first. */
    static final List<String> ENDINGS = List.of("", "-wal", "-shm", "-journal");

    private SqliteFile() {}

    /** The file beside a database, or the database itself. */
    static Path beside(Path database, String ending) {
        return database.resolveSibling(database.getFileName() + ending);
    }

    /**
     * Refuses what is there but no ordinary file.
     *
     * @param database the path that SQLite gets
     * @throws NotOrdinaryException naming the first that is a folder, pipe, socket, device or link to nothing
     * @throws IOException if looking fails
     */
    static void require(Path database) throws IOException {
        for (String ending : ENDINGS) {
            OrdinaryFile.requireIfThere(beside(database, ending));
        }
    }

    /** True if one of them is a pipe, a socket or a device, which can hold nothing of ours. A folder or a link might lead to it. */
    static boolean isNoStore(Path database) {
        return ENDINGS.stream().map(ending -> beside(database, ending)).anyMatch(SqliteFile::isPipeOrDevice);
    }

    private static boolean isPipeOrDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /** True if anything is there, a link that leads to nothing, too. */
    static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
