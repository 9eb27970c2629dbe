package io.github.reedgate.monitor.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the history, the same in both databases; docs/history.md describes them. Stateless. */
final class Schema {

    /** The layout that this version writes. */
    static final int VERSION = 1;

    /** How many tables there are. */
    static final int TABLES = 7;

    private Schema() {}

    /** The statements that make tables and indexes. */
    static List<String> statements(Dialect dialect) {
        return List.of(
                "CREATE TABLE event (n " + dialect.counted() + ", gateway TEXT NOT NULL, seq BIGINT NOT NULL,"
                        + " id TEXT NOT NULL, boot BIGINT NOT NULL, time_ms BIGINT NOT NULL,"
                        + " clock_synced SMALLINT NOT NULL, uptime_ms BIGINT NOT NULL, type TEXT NOT NULL, sensor TEXT,"
                        + " name TEXT, state TEXT, incident TEXT, message TEXT NOT NULL, replayed SMALLINT NOT NULL,"
                        + " more TEXT, received_ms BIGINT NOT NULL)",
                "CREATE UNIQUE INDEX event_number ON event (gateway, seq)",
                "CREATE UNIQUE INDEX event_id ON event (gateway, id)",
                "CREATE INDEX event_time ON event (time_ms)",
                "CREATE TABLE gateway (gateway TEXT PRIMARY KEY, first_seq BIGINT NOT NULL, watermark BIGINT NOT NULL,"
                        + " pruned_to BIGINT NOT NULL)",
                "CREATE TABLE unused (gateway TEXT NOT NULL, from_seq BIGINT NOT NULL, to_seq BIGINT NOT NULL,"
                        + " reason TEXT NOT NULL, PRIMARY KEY (gateway, from_seq, to_seq))",
                "CREATE TABLE conflict (n " + dialect.counted() + ", gateway TEXT NOT NULL, seq BIGINT NOT NULL,"
                        + " id TEXT NOT NULL, first_id TEXT NOT NULL, boot BIGINT NOT NULL, time_ms BIGINT NOT NULL,"
                        + " type TEXT NOT NULL, message TEXT NOT NULL, more TEXT, signs TEXT NOT NULL,"
                        + " received_ms BIGINT NOT NULL, UNIQUE (gateway, seq, id))",
                "CREATE TABLE rejected (n " + dialect.counted() + ", received_ms BIGINT NOT NULL, topic TEXT NOT NULL,"
                        + " reason TEXT NOT NULL, bytes INTEGER NOT NULL, payload TEXT NOT NULL)",
                "CREATE TABLE present (topic TEXT PRIMARY KEY, gateway TEXT NOT NULL, name TEXT NOT NULL,"
                        + " payload TEXT NOT NULL, received_ms BIGINT NOT NULL)",
                "CREATE TABLE own_event (seq BIGINT PRIMARY KEY, id TEXT NOT NULL, time_ms BIGINT NOT NULL,"
                        + " type TEXT NOT NULL, gateway TEXT, message TEXT NOT NULL, more TEXT NOT NULL,"
                        + " published SMALLINT NOT NULL)",
                "CREATE INDEX own_waiting ON own_event (seq) WHERE published = 0");
    }

    /** Makes all of it, within the caller's transaction. */
    static void create(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(dialect)) {
                statement.execute(sql);
            }
        }
    }
}
