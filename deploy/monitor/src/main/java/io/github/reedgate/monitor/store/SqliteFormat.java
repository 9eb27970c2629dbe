package io.github.reedgate.monitor.store;

import io.github.reedgate.store.Database;
import io.github.reedgate.store.StoreFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The history as a file of SQLite. Immutable. */
public final class SqliteFormat implements StoreFormat {

    /** The file's name in the state folder. */
    public static final String NAME = "history.db";

    /** "ReMo" in ASCII: whose file it is. */
    private static final int APPLICATION = 0x52654d6f;

    @Override
    public String fileName() {
        return NAME;
    }

    @Override
    public int application() {
        return APPLICATION;
    }

    @Override
    public int version() {
        return Schema.VERSION;
    }

    @Override
    public String loss() {
        return "the history begins anew; what can be saved of the old one: sqlite3 FILE .recover";
    }

    @Override
    public List<String> settings() {
        // the indexes of a long history are larger than the cache of a gateway's
        return List.of("PRAGMA cache_size=-16384", "PRAGMA wal_autocheckpoint=4000");
    }

    @Override
    public int tables(int version) {
        return version == 0 ? 0 : Schema.TABLES;
    }

    @Override
    public void create(Connection connection) throws SQLException {
        Database.execute(connection, "BEGIN IMMEDIATE");
        Schema.create(connection, Dialect.SQLITE);
        Database.execute(connection, "PRAGMA application_id=" + APPLICATION);
        Database.execute(connection, "PRAGMA user_version=" + Schema.VERSION);
        Database.execute(connection, "COMMIT");
    }

    @Override
    public void migrate(Connection connection, int version) throws SQLException {
        throw new SQLException("layout " + version + " is none that a version of the monitor wrote");
    }
}
