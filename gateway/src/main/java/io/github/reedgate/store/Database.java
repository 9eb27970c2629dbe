package io.github.reedgate.store;

import io.github.reedgate.file.NewFolder;
import io.github.reedgate.file.NotOrdinaryException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * The one writing connection to the store's file. A file that is found damaged, at the start or later, is moved aside and a
 * new one begun; after any other failure but a full disk the next call begins with a new connection. Owned by one thread.
 */
public final class Database implements AutoCloseable {

    private static final String[] SETTINGS = {
        Examination.PATIENCE,
        "PRAGMA page_size=" + StoreFile.PAGE,
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA journal_size_limit=4194304",
        "PRAGMA cache_size=-512",
        "PRAGMA temp_store=MEMORY",
    };
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final StoreFile file;
    private final Examination examination;
    private @Nullable Connection connection;
    private @Nullable Path movedAside;
    private boolean distrusted;
    private boolean doubted;
    private int begun;

    private Database(StoreFile file) {
        this.file = file;
        this.examination = new Examination(file);
    }

    /** Something done with the connection. */
    @FunctionalInterface
    public interface Work<T> {

        /** Works with the connection, within the transaction of {@link #write}. */
        T on(Connection connection) throws SQLException;
    }

    /** Opens the file, making it or moving a damaged one aside; as {@link EventStore#open}. */
    static Database open(Path folder) throws StoreException {
        return open(folder, new GatewayFormat());
    }

    /**
     * Opens a file of some format, making it or moving a damaged one aside. Blocks on the disk.
     *
     * @param folder the file's folder; made if it is missing
     * @throws StoreException if the file can't be used, with the fix
     */
    public static Database open(Path folder, StoreFormat format) throws StoreException {
        StoreFile file = new StoreFile(folder, format);
        try {
            NewFolder.make(folder);
            file.keepFromOthers();
            SqliteLibrary.load(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        Database database = new Database(file);
        database.connection();
        return database;
    }

    private static StoreException unusable(Path folder, Exception cause) {
        if (cause instanceof NotOrdinaryException) {
            return new StoreException(
                    StoreException.Trouble.DISK_FAILED,
                    "store in " + folder + " can't be used: " + cause.getMessage()
                            + "; move that away, and the gateway makes a file there",
                    cause);
        }
        return new StoreException(
                StoreException.Trouble.DISK_FAILED,
                "store in " + folder + " can't be used: " + cause
                        + "; make the folder writable for the user that runs reedgate, and see that the disk works",
                cause);
    }

    /** Where a file that could not be used was moved last. */
    public Optional<Path> movedAside() {
        return Optional.ofNullable(movedAside);
    }

    /** How many files were begun anew since this was opened: each begins without any row. */
    public int begun() {
        return begun;
    }

    /**
     * Reads.
     *
     * @param what for the message of a failure
     */
    public <T> T read(String what, Work<T> work) throws StoreException {
        Connection open = connection();
        try {
            T result = work.on(open);
            doubted = false;
            return result;
        } catch (SQLException e) {
            throw failed(what, open, e);
        }
    }

    /**
     * Writes in one transaction: all of it or nothing.
     *
     * @param what for the message of a failure
     */
    public <T> T write(String what, Work<T> work) throws StoreException {
        return read(what, open -> {
            settle(open);
            execute(open, "BEGIN IMMEDIATE");
            boolean thrown = true;
            try {
                T result = work.on(open);
                thrown = false;
                execute(open, "COMMIT");
                return result;
            } finally {
                if (thrown) {
                    rollBack(open);
                }
            }
        });
    }

    /**
     * After a failed fsync the kernel may have dropped what it could not write, and calls the next one a success. So what the
     * write-ahead log still holds is brought into the file, which forces it anew, before anything is written behind it.
     */
    private void settle(Connection open) throws SQLException {
        if (distrusted) {
            boolean busy = number(open, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
            distrusted = busy; // somebody reads it just now
        }
    }

    private StoreException failed(String what, Connection open, SQLException cause) {
        if (SqliteCode.isDamage(cause)) {
            close();
            if (SqliteCode.mayBeUnread(cause) && !doubted && !examination.confirmsDamage()) {
                doubted = true;
                return StoreException.of(what, cause);
            }
            return startAnew(what, cause);
        }
        rollBack(open);
        if (SqliteCode.of(cause) != SqliteCode.FULL) {
            distrusted = true;
            close();
        }
        return StoreException.of(what, cause);
    }

    private StoreException startAnew(String what, SQLException cause) {
        try {
            moveAside(StoreFile.Unfit.DAMAGED, what + ": " + cause.getMessage());
            connection();
            return new StoreException(
                    StoreException.Trouble.DAMAGED,
                    what + " failed, the file was damaged (" + cause.getMessage() + "); it is now " + movedAside
                            + ", and a new one was begun",
                    cause);
        } catch (IOException e) {
            return unusable(file.folder(), e);
        } catch (StoreException e) {
            return e;
        }
    }

    private void rollBack(Connection open) {
        try {
            execute(open, "ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back: {}", e.getMessage());
        }
    }

    public static void execute(Connection open, String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first number of a query's result; 0 if there is none. */
    public static long number(Connection open, String sql) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** The connection; a new one if there is none. Package-private for tests. */
    Connection connection() throws StoreException {
        Connection open = connection;
        if (open != null) {
            return open;
        }
        try {
            Optional<StoreFile.Unfit> unfit = examination.fault(false);
            if (unfit.isPresent()) {
                moveAside(unfit.get(), "found when it was opened");
            }
            open = connectToWhole();
            connection = open;
            return open;
        } catch (SQLException | IOException e) {
            throw unusable(file.folder(), e);
        }
    }

    private Connection connectToWhole() throws SQLException, IOException {
        try {
            return connect();
        } catch (SQLException e) {
            if (!SqliteCode.isDamage(e) || (SqliteCode.mayBeUnread(e) && !examination.confirmsDamage())) {
                throw e;
            }
            moveAside(StoreFile.Unfit.DAMAGED, String.valueOf(e.getMessage()));
            return connect();
        }
    }

    private void moveAside(StoreFile.Unfit why, String reason) throws IOException {
        Path target = file.moveAside(why);
        movedAside = target;
        LOG.error(
                "the store {} {} ({}); it was moved to {} and a new one begun: {}",
                file.path(),
                why == StoreFile.Unfit.NEWER ? "was written by a later version of reedgate" : "is damaged",
                reason,
                target,
                file.format().loss());
    }

    private Connection connect() throws SQLException, IOException {
        SqliteFile.require(file.path());
        file.make();
        Connection open = new SQLiteConfig().createConnection("jdbc:sqlite:" + file.path());
        try {
            for (String setting : SETTINGS) {
                execute(open, setting);
            }
            for (String setting : file.format().settings()) {
                execute(open, setting);
            }
            long version = number(open, "PRAGMA user_version");
            if (version == 0) {
                begun++; // also if it is made and that is not reported
                file.format().create(open);
            } else if (version < file.format().version()) {
                file.format().migrate(open, (int) version);
            }
            return open;
        } catch (SQLException e) {
            open.close();
            throw e;
        }
    }

    /** Brings all into the file and closes it; a later call opens it again. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try (open) {
            execute(open, "PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            LOG.debug("{} was not closed in order: {}", file.path(), e.getMessage());
        }
    }
}
