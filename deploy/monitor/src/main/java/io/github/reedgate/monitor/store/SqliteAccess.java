package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.store.Database;
import io.github.reedgate.store.Database.Work;
import io.github.reedgate.store.StoreException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file {@value SqliteFormat#NAME} in the state folder, opened when it is first needed. Owned by one thread. */
final class SqliteAccess implements Access {

    /** The bytes of each other table and its indexes. */
    private static final String OTHERS =
            "SELECT COALESCE(SUM(pgsize), 0) FROM dbstat WHERE aggregate = TRUE AND name IN"
                    + " (SELECT name FROM sqlite_schema WHERE tbl_name <> 'event')";

    private final Path folder;
    private @Nullable Database database;

    SqliteAccess(Path folder) {
        this.folder = folder;
    }

    private Database open() throws StoreException {
        Database open = database;
        if (open == null) {
            open = Database.open(folder, new SqliteFormat());
            database = open;
        }
        return open;
    }

    @Override
    public <T> T write(String what, Work<T> work) throws HistoryException {
        try {
            return open().write(what, work);
        } catch (StoreException e) {
            throw new HistoryException(String.valueOf(e.getMessage()), e, DataFailure.ofSqlite(e.getCause()));
        }
    }

    @Override
    public <T> T read(String what, Work<T> work) throws HistoryException {
        try {
            return open().read(what, work);
        } catch (StoreException e) {
            throw new HistoryException(String.valueOf(e.getMessage()), e, DataFailure.ofSqlite(e.getCause()));
        }
    }

    @Override
    public long bytes(long bound) throws HistoryException {
        return read("measuring the history", open -> {
            long all = Database.number(open, "PRAGMA page_size")
                    * (Database.number(open, "PRAGMA page_count") - Database.number(open, "PRAGMA freelist_count"));
            // reads all pages of the other tables, so only if it matters
            return all <= bound ? all : all - Database.number(open, OTHERS);
        });
    }

    @Override
    public void close() {
        Database open = database;
        database = null;
        if (open != null) {
            open.close();
        }
    }
}
