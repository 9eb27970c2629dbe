package io.github.reedgate.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The gateway's own file, {@value StoreFile#NAME}. Immutable. */
final class GatewayFormat implements StoreFormat {

    @Override
    public String fileName() {
        return StoreFile.NAME;
    }

    @Override
    public int application() {
        return StoreFile.APPLICATION;
    }

    @Override
    public int version() {
        return StoreFile.VERSION;
    }

    @Override
    public String loss() {
        return "the event log begins anew, and what still waited for the broker in it is not sent";
    }

    @Override
    public List<String> settings() {
        return List.of();
    }

    @Override
    public int tables(int version) {
        return Layout.tables(version);
    }

    @Override
    public void create(Connection connection) throws SQLException {
        Layout.create(connection);
    }

    @Override
    public void migrate(Connection connection, int version) throws SQLException {
        Layout.bringUp(connection, version);
    }
}
