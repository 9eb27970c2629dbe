package io.github.reedgate.store;

import java.sql.SQLException;
import java.util.Set;

/** The primary result codes of SQLite that decide what is done about a failure. */
final class SqliteCode {

    /** SQLITE_FULL: no room on the disk. */
    static final int FULL = 13;

    private static final int UNKNOWN = 0;

    /** SQLITE_CORRUPT: the structure of the file is broken, or the disk refused to read a page of it. */
    private static final int CORRUPT = 11;

    /**
     * The disk's fault or a moment's: PERM, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL, NOLFS,
     * AUTH. Our statements are right and fixed, so that all other codes mean that the file is not what we wrote.
     */
    private static final Set<Integer> NO_DAMAGE = Set.of(UNKNOWN, 3, 5, 6, 7, 8, 9, 10, FULL, 14, 15, 22, 23);

    private SqliteCode() {}

    /** The primary code. */
    static int of(SQLException failure) {
        return failure.getErrorCode() & 0xFF;
    }

    /** True if the disk's refusal to read looks the same. */
    static boolean mayBeUnread(SQLException failure) {
        return of(failure) == CORRUPT;
    }

    /** True if it tells that the file is damaged. */
    static boolean isDamage(SQLException failure) {
        return !NO_DAMAGE.contains(of(failure));
    }
}
