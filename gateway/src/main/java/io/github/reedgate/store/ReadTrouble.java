package io.github.reedgate.store;

import io.github.reedgate.file.FileReason;
import io.github.reedgate.file.NotOrdinaryException;
import io.github.reedgate.file.SudoHint;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import org.sqlite.NativeLibraryNotFoundException;

/** Says why a store can't be read, and what to do about it. Stateless. */
final class ReadTrouble {

    private static final int BUSY = 5;
    private static final int READ_ONLY = 8;
    private static final int DISK_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int CANNOT_OPEN = 14;
    private static final int NOT_A_DATABASE = 26;

    private ReadTrouble() {}

    /**
     * Looks whether the file is there and this user may read it; blocks on the file system.
     *
     * @return identity of the file: another one means that the store was replaced
     * @throws LogException if not
     */
    static Object identity(Path file) throws LogException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new LogException(file + " is not a file; name the gateway's state folder with --state-dir", null);
            }
            if (!Files.isReadable(file)) {
                throw notAllowed(file);
            }
            Object key = attributes.fileKey();
            return key == null ? attributes.creationTime() : key;
        } catch (NoSuchFileException e) {
            requireOrdinary(file);
            throw new LogException(
                    file + " does not exist: the gateway keeps its events there once it has run; start it, or name its"
                            + " state folder with --state-dir",
                    e);
        } catch (AccessDeniedException e) {
            throw notAllowed(file);
        } catch (IOException e) {
            throw new LogException(file + " can't be read: " + FileReason.of(e), e);
        }
    }

    /**
     * Refuses a store that SQLite would wait at, or could not read.
     *
     * @throws LogException if it, or a file beside it, is a pipe, device, folder or link to nothing
     */
    static void requireOrdinary(Path file) throws LogException {
        try {
            SqliteFile.require(file);
        } catch (NotOrdinaryException e) {
            throw new LogException(e.getMessage() + "; move that away, and restart the gateway", e);
        } catch (IOException e) {
            throw new LogException(file + " can't be looked at: " + FileReason.of(e), e);
        }
    }

    private static LogException notAllowed(Path file) {
        return new LogException(
                file + " may not be read by user " + System.getProperty("user.name")
                        + "; call this as root or as the gateway's user (sudo -u reedgate reedgate …)"
                        + SudoHint.text(),
                null);
    }

    /** A store of a format that this version does not know. */
    static LogException newer(Path file, int format, int known) {
        return new LogException(
                file + " was written by a newer version of reedgate: its format is " + format + ", this version reads "
                        + known + "; call the newer reedgate",
                null);
    }

    /** A database without the tables of a store. */
    static LogException foreign(Path file) {
        return new LogException(
                file + " is not a store of reedgate, or one that the gateway is just making; try again,"
                        + " or name the gateway's state folder with --state-dir",
                null);
    }

    /** True if the file, or one beside it, could not be opened. */
    static boolean isOpening(SQLException e) {
        int code = SqliteCode.of(e);
        return code == CANNOT_OPEN || code == READ_ONLY;
    }

    /** What SQLite said, in words. */
    static LogException of(Path file, SQLException e) {
        if (e.getErrorCode() == 0 && e.getCause() instanceof NativeLibraryNotFoundException) {
            return new LogException(
                    "SQLite's library could not be loaded: " + e.getCause().getMessage()
                            + "; name a folder that you may write and that is not mounted noexec with"
                            + " -Dorg.sqlite.tmpdir=FOLDER in REEDGATE_JAVA_OPTS",
                    e);
        }
        String what = switch (SqliteCode.of(e)) {
            case CORRUPT, NOT_A_DATABASE ->
                " is damaged; the gateway moves it aside at its next start and begins a new one (sudo systemctl"
                        + " restart reedgate); what can be saved of it: sqlite3 FILE .recover";
            case BUSY -> " is held by another program; try again";
            case DISK_ERROR -> " can't be read from the disk; look for its errors with dmesg";
            case CANNOT_OPEN, READ_ONLY ->
                " can't be read together with the files " + file.getFileName() + "-wal and -shm beside it; call this"
                        + " as root or as the gateway's user, or copy all three to a folder of your own";
            default -> " can't be read";
        };
        return new LogException(file + what + " (" + e.getMessage() + ")", e);
    }
}
