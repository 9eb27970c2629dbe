package io.github.reedgate.monitor.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that refuses the data from one that is full, damaged or can't be reached. Stateless. */
final class DataFailure {

    /** Classes of SQLSTATE: data exception, integrity constraint violation, program limit exceeded. */
    private static final Set<String> CLASSES = Set.of("22", "23", "54");

    /** Primary result codes of SQLite: TOOBIG, CONSTRAINT, MISMATCH. */
    private static final Set<Integer> SQLITE_CODES = Set.of(18, 19, 20);

    private DataFailure() {}

    /** True if PostgreSQL refused the data. */
    static boolean ofPostgres(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.length() >= 2 && CLASSES.contains(state.substring(0, 2));
    }

    /** True if a failure was caused by SQLite that refused the data. */
    static boolean ofSqlite(@Nullable Throwable cause) {
        return cause instanceof SQLException failure && SQLITE_CODES.contains(failure.getErrorCode() & 0xff);
    }
}
