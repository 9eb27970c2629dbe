package io.github.reedgate.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * A connection to a store that can't write to it. Used by one thread; all calls block.
 *
 * <p>SQLite would make the files {@code -wal} and {@code -shm} if they are missing, and if they belonged to another user the
 * gateway could not use them. So a file that stands alone is read as one that nobody changes, and the index {@code -shm} is
 * mapped read-only; it is made only for the owner of the file and for root, who gives it to the owner.
 */
public final class ReadConnection implements AutoCloseable {

    /** How long to wait for somebody who holds the file, in milliseconds. */
    private static final int PATIENCE_MILLIS = 5_000;

    private static final int ATTEMPTS = 3;

    private final Path log;
    private final boolean isAlone;
    private final Connection connection;

    private ReadConnection(Path log, boolean isAlone, Connection connection) {
        this.log = log;
        this.isAlone = isAlone;
        this.connection = connection;
    }

    /** What is asked of the store in one look: all of it sees the same moment. */
    @FunctionalInterface
    interface Look<T> {

        /** Asks. */
        T at(ReadConnection store) throws SQLException;
    }

    /** What becomes of the rows of an answer. */
    @FunctionalInterface
    interface Answer<T> {

        /** Reads the rows, the first of which is still to come. */
        T from(ResultSet rows) throws SQLException;
    }

    /**
     * Opens a store.
     *
     * @throws SQLException if SQLite can't read it
     * @throws LogException if it is not a store of this format
     */
    static ReadConnection open(Path file) throws SQLException, LogException {
        return open(file, new GatewayFormat());
    }

    /**
     * Opens a file of some format in a folder, and explains why it can't be read.
     *
     * @throws LogException if it is missing, damaged, of a newer version or not to be read by this user; says what to do
     */
    public static ReadConnection in(Path folder, StoreFormat format) throws LogException {
        Path file = folder.resolve(format.fileName());
        ReadTrouble.identity(file);
        for (int attempt = 1; ; attempt++) {
            try {
                return open(file, format);
            } catch (SQLException e) {
                // The writer may have stopped, or started, between the look at its files and the opening.
                if (attempt == ATTEMPTS || !ReadTrouble.isOpening(e)) {
                    throw ReadTrouble.of(file, e);
                }
            }
        }
    }

    private static ReadConnection open(Path file, StoreFormat format) throws SQLException, LogException {
        ReadTrouble.requireOrdinary(file);
        Path log = SqliteFile.beside(file, "-wal");
        boolean isAlone = !Files.exists(log);
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(PATIENCE_MILLIS);
        String url =
                "jdbc:sqlite:" + file.toAbsolutePath().toUri() + "?mode=ro" + (isAlone ? "&immutable=1" : index(file));
        ReadConnection store = new ReadConnection(log, isAlone, config.createConnection(url));
        try {
            store.check(file, format);
            return store;
        } catch (SQLException | LogException e) {
            try (store) {
                throw e;
            }
        }
    }

    private static String index(Path file) {
        boolean isThere = Files.exists(SqliteFile.beside(file, "-shm"));
        return isThere || !isOurs(file) ? "&readonly_shm=1" : "";
    }

    private static boolean isOurs(Path file) {
        String user = System.getProperty("user.name", "");
        try {
            return user.equals("root") || Files.getOwner(file).getName().equals(user);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void check(Path file, StoreFormat wanted) throws SQLException, LogException {
        long application = number("PRAGMA application_id");
        int format = (int) number("PRAGMA user_version");
        if (application != wanted.application()) {
            throw ReadTrouble.foreign(file);
        }
        if (format > wanted.version()) {
            throw ReadTrouble.newer(file, format, wanted.version());
        }
        long tables = number("SELECT count(*) FROM sqlite_master WHERE type = 'table'");
        if (format == 0 || tables < wanted.tables(format)) {
            throw ReadTrouble.foreign(file);
        }
    }

    /** The connection, to read with. */
    public Connection connection() {
        return connection;
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** True if a writer has come since this was opened: what is read without looking at its files may be wrong. */
    boolean isOutdated() {
        return isAlone && Files.exists(log);
    }

    /** Asks in one look. */
    <T> T look(Look<T> look) throws SQLException {
        connection.setAutoCommit(false);
        try {
            return look.at(this);
        } finally {
            connection.rollback();
        }
    }

    /**
     * Asks one thing.
     *
     * @param sql with a question mark for each value
     * @param values whole numbers and texts
     * @param answer takes the rows
     */
    <T> T ask(String sql, List<Object> values, Answer<T> answer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                return answer.from(rows);
            }
        }
    }

    /** How much of the disk a store takes, with the files beside it, in bytes. */
    static long bytes(Path file) throws IOException {
        long sum = 0;
        for (String end : List.of("", "-wal", "-shm")) {
            try {
                sum += Files.size(SqliteFile.beside(file, end));
            } catch (NoSuchFileException e) {
                sum += 0;
            }
        }
        return sum;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
