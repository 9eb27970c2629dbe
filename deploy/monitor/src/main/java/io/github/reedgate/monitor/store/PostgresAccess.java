package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.store.Database;
import io.github.reedgate.store.Database.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL database, connected to when it is first needed, and anew after each failure. Owned by one thread. */
final class PostgresAccess implements Access {

    /** The first number of the lock that keeps a second monitor out while tables are made: "ReMo". */
    private static final long LOCK = 0x52654d6fL;

    /** Bytes that the indexes take of each event, roughly. */
    private static final int INDEX_BYTES = 200;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresAccess.class);

    private final PostgresConnector connector;
    private @Nullable Connection connection;

    PostgresAccess(PostgresConnector connector) {
        this.connector = connector;
    }

    private Connection open() throws HistoryException {
        Connection open = connection;
        if (open != null) {
            return open;
        }
        open = connector.connect();
        try {
            open.setAutoCommit(false);
            prepare(open);
            open.commit();
            connection = open;
            return open;
        } catch (SQLException e) {
            closeQuietly(open);
            throw connector.failure("opening the history", e);
        } catch (HistoryException e) {
            closeQuietly(open);
            throw e;
        }
    }

    private void prepare(Connection open) throws SQLException, HistoryException {
        Database.execute(open, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
        boolean isMade = Database.number(
                        open,
                        "SELECT COUNT(*) FROM information_schema.tables WHERE table_name ="
                                + " 'reedgate_layout' AND table_schema = current_schema()")
                > 0;
        if (!isMade) {
            Database.execute(open, "CREATE TABLE reedgate_layout (version INTEGER NOT NULL)");
            Schema.create(open, Dialect.POSTGRESQL);
            try (Statement statement = open.createStatement()) {
                statement.execute("INSERT INTO reedgate_layout VALUES (" + Schema.VERSION + ")");
            }
            return;
        }
        long version = Database.number(open, "SELECT MAX(version) FROM reedgate_layout");
        if (version != Schema.VERSION) {
            throw new HistoryException(
                    "the history at PostgreSQL " + connector.name() + " has layout " + version
                            + ", and this version writes " + Schema.VERSION + "; run the newer reedgate-monitor",
                    null);
        }
    }

    @Override
    public <T> T write(String what, Work<T> work) throws HistoryException {
        Connection open = open();
        try {
            T result = work.on(open);
            open.commit();
            return result;
        } catch (SQLException e) {
            throw failed(what, open, e);
        } catch (RuntimeException e) {
            // nothing of it may be committed with what comes next
            failed(what, open, new SQLException(e));
            throw e;
        }
    }

    @Override
    public <T> T read(String what, Work<T> work) throws HistoryException {
        return write(what, work);
    }

    /** After any failure the next call begins with a new connection: nobody knows what this one is still good for. */
    private HistoryException failed(String what, Connection open, SQLException cause) {
        connection = null;
        closeQuietly(open);
        Throwable next = cause.getNextException();
        return connector.failure(what, next instanceof SQLException first ? first : cause);
    }

    private static void closeQuietly(Connection open) {
        try {
            open.close();
        } catch (SQLException e) {
            LOG.debug("the connection was not closed in order: {}", e.getMessage());
        }
    }

    @Override
    public long bytes(long bound) throws HistoryException {
        return read("measuring the history", open -> {
            long rows = Database.number(
                    open,
                    "SELECT COALESCE(n_live_tup, 0) FROM pg_stat_user_tables WHERE relname = 'event'"
                            + " AND schemaname = current_schema()");
            try (PreparedStatement query = open.prepareStatement("SELECT COALESCE(AVG(pg_column_size(e.*)), 0) FROM"
                            + " (SELECT * FROM event ORDER BY n DESC LIMIT 1000) AS e");
                    ResultSet row = query.executeQuery()) {
                return row.next() ? rows * (row.getLong(1) + INDEX_BYTES) : 0;
            }
        });
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            closeQuietly(open);
        }
    }
}
