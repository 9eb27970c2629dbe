package io.github.reedgate.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.monitor.config.MonitorConfig.Server;
import io.github.reedgate.monitor.record.Batch;
import io.github.reedgate.monitor.record.Coverage;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.record.Pruned;
import io.github.reedgate.monitor.record.Samples;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The history in PostgreSQL. */
class PostgresHistoryTest extends HistoryContract {

    private static @Nullable PostgresServer server;

    private @Nullable Server database;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        PostgresServer running = server;
        if (running != null) {
            running.close();
        }
    }

    private static PostgresServer server() {
        return Objects.requireNonNull(server);
    }

    private Server database() throws Exception {
        Server known = database;
        if (known == null) {
            known = server().database();
            database = known;
        }
        return known;
    }

    @Override
    StoredHistory open(Bounds bounds) throws Exception {
        return new StoredHistory(new PostgresAccess(new PostgresConnector(database())), bounds, 1);
    }

    @Override
    HistoryReader reader() throws Exception {
        return HistoryReader.of(new PostgresConnector(database()).connect());
    }

    private static Batch batch(long seq) {
        return new Batch(
                List.of(Samples.recorded("home", seq, "a-" + seq)), List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void serverThatDiesAndComesBackHasWhatWasCommitted() throws Exception {
        try (StoredHistory history = open(new Bounds(Duration.ofDays(10), 1L << 40))) {
            history.write(batch(1), done -> List.of());
            server().kill();
            assertThatThrownBy(() -> history.write(batch(2), done -> List.of()))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("PostgreSQL 127.0.0.1")
                    .hasMessageContaining("see that the server runs")
                    .isInstanceOfSatisfying(
                            HistoryException.class,
                            failure -> assertThat(failure.isOfData()).isFalse());
            server().startAgain();

            history.write(batch(2), done -> List.of());

            assertThat(history.coverage()
                            .getOrDefault("home", new Coverage())
                            .present()
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void tablesOfOthersInTheDatabaseAreNotMeasured() throws Exception {
        try (Connection connection = new PostgresConnector(database()).connect();
                Statement statement = connection.createStatement()) {
            for (String schema : List.of("one", "two", "three")) {
                statement.execute("CREATE SCHEMA " + schema);
                statement.execute("CREATE TABLE " + schema + ".event AS SELECT generate_series(1, 100000) AS n");
                statement.execute("ANALYZE " + schema + ".event");
            }
        }
        try (StoredHistory history = open(new Bounds(Duration.ofDays(10), 1L << 20))) {
            history.write(batch(1), done -> List.of());

            assertThat(history.prune(Samples.NOW)).isEqualTo(Pruned.NOTHING);
        }
    }

    @Test
    void databaseThatDoesNotExistIsNamedWithTheWayOut() throws Exception {
        Server nowhere = new Server(
                database().host(), database().port(), "nowhere", "postgres", Optional.empty(), Optional.empty(), false);

        assertThatThrownBy(() -> new PostgresConnector(nowhere).connect())
                .hasMessageContaining("create the database: createdb -O postgres nowhere");
    }
}
