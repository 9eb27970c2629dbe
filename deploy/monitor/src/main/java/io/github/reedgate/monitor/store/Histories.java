package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.store.LogException;
import io.github.reedgate.store.ReadConnection;
import java.security.SecureRandom;
import java.sql.SQLException;

/** Opens the history that the configuration names. Stateless. */
public final class Histories {

    private Histories() {}

    /** A history to write to; nothing is opened before the first call. Used by one thread. */
    public static StoredHistory toWrite(MonitorConfig config) {
        MonitorConfig.Store store = config.store();
        Access access = store.server().isPresent()
                ? new PostgresAccess(new PostgresConnector(store.server().get()))
                : new SqliteAccess(config.stateDir());
        Bounds bounds = new Bounds(store.maxAge(), store.maxBytes());
        return new StoredHistory(access, bounds, new SecureRandom().nextLong());
    }

    /**
     * A history to read; nothing in it is changed. Blocks.
     *
     * @throws HistoryException if it can't be read; says why, and what to do about it
     */
    public static HistoryReader toRead(MonitorConfig config) throws HistoryException {
        if (config.store().server().isPresent()) {
            PostgresConnector connector =
                    new PostgresConnector(config.store().server().get());
            try {
                return HistoryReader.of(connector.connect());
            } catch (SQLException e) {
                throw connector.failure("reading the history", e);
            }
        }
        try {
            return HistoryReader.of(ReadConnection.in(config.stateDir(), new SqliteFormat()));
        } catch (LogException e) {
            throw new HistoryException(String.valueOf(e.getMessage()), e);
        }
    }
}
