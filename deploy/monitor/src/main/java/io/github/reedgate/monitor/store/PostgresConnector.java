package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.config.MonitorConfig.Server;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.secrets.SecretException;
import io.github.reedgate.secrets.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connects to a PostgreSQL server, reading the password anew each time. Immutable. */
final class PostgresConnector {

    private static final int LONGEST_PASSWORD = 4096;

    private final Server server;

    PostgresConnector(Server server) {
        this.server = server;
    }

    /** The server and database, for messages. */
    String name() {
        return server.host() + ":" + server.port() + "/" + server.database();
    }

    /**
     * Connects; blocks for 10 s at most.
     *
     * @throws HistoryException if it can't; says why, and what to do about it
     */
    Connection connect() throws HistoryException {
        Properties properties = new Properties();
        properties.setProperty("user", server.user());
        properties.setProperty("ApplicationName", "reedgate-monitor");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("sslmode", server.isTlsRequired() ? "verify-full" : "prefer");
        if (server.isTlsRequired() && server.caFile().isEmpty()) {
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        server.caFile().ifPresent(file -> properties.setProperty("sslrootcert", file.toString()));
        if (server.passwordFile().isPresent()) {
            properties.setProperty("password", password(server.passwordFile().get()));
        }
        try {
            Connection connection = DriverManager.getConnection("jdbc:postgresql://" + name(), properties);
            try (Statement statement = connection.createStatement()) {
                // what is acknowledged has to be on disk, whatever the server's default is
                statement.execute("SET synchronous_commit TO on");
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure("connecting", e);
        }
    }

    private static String password(Path file) throws HistoryException {
        try {
            byte[] content = SecretFile.read("store.password_file", file, LONGEST_PASSWORD);
            return new String(content, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (SecretException e) {
            throw new HistoryException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What the server or the driver said, with a fix. */
    HistoryException failure(String what, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String fix = "see the server's log";
        if (state.startsWith("08") || state.startsWith("57P")) {
            fix = "see that the server runs, that it is reached from here, and that its certificate is right";
        } else if (state.startsWith("28")) {
            fix = "see store.user, store.password_file and the server's pg_hba.conf";
        } else if (state.startsWith("3D")) {
            fix = "create the database: createdb -O " + server.user() + " " + server.database();
        } else if (state.startsWith("53")) {
            fix = "see the server's log, its disk and its limits";
        } else if (state.equals("42501")) {
            fix = "let user " + server.user() + " own the database, or the tables in it";
        }
        String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return new HistoryException(
                what + " at PostgreSQL " + name() + " failed (" + text + "); " + fix, e, DataFailure.ofPostgres(e));
    }
}
