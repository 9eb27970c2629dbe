package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store with a table of messages that wait becomes one whose log is the queue, wherever that is cut off. */
class MigrationTest {

    @TempDir(factory = MemoryFolder.class)
    private Path work = Path.of("");

    /** What has to be the same however often the migration began. */
    private record Seen(List<LogRow> rows, DeliveryState state, String snapshot, Map<Long, String> notices) {}

    private Path sample(String name) throws Exception {
        return sample("layout4/", name);
    }

    private Path sample(String of, String name) throws Exception {
        Path folder = Files.createDirectories(work.resolve(name));
        try (InputStream resource = Objects.requireNonNull(
                        MigrationTest.class.getResourceAsStream("/stores/" + of + name + ".zip"), name);
                ZipInputStream zip = new ZipInputStream(resource)) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                Files.copy(zip, folder.resolve(entry.getName()), StandardCopyOption.REPLACE_EXISTING);
                entry = zip.getNextEntry();
            }
        }
        return folder;
    }

    private static Seen open(Path folder) throws Exception {
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.movedAside()).isEmpty();
            return new Seen(
                    store.events(0, 10_000), store.delivery(), store.snapshot().row(), store.notices());
        }
    }

    private static void sql(Path folder, String text) throws SQLException {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(StoreFile.NAME));
                Statement statement = open.createStatement()) {
            statement.executeUpdate(text);
        }
    }

    /** The migration, cut off at its n-th statement; true if there was one of that number. */
    private static boolean cutOffAt(Path folder, int nth, int version) throws Exception {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(StoreFile.NAME))) {
            int[] count = {0};
            Connection mortal = (Connection) Proxy.newProxyInstance(
                    MigrationTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (self, method, arguments) -> {
                        boolean isStatement = method.getName().endsWith("Statement");
                        if (isStatement && ++count[0] >= nth) {
                            throw new SQLException("cut off");
                        }
                        try {
                            return method.invoke(open, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            assertThat(Database.number(open, "PRAGMA user_version")).isEqualTo(version);
            Layout.migrate(mortal, version);
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    private void loseNothing(String name, int step) throws Exception {
        loseNothing("layout4/", name, 4, step);
    }

    private void loseNothing(String of, String name, int version, int step) throws Exception {
        Seen whole = open(sample(of, name));
        assertThat(whole.rows()).isNotEmpty();
        int cuts = 0;
        for (int nth = 1; cutOffAt(sample(of, name), nth, version); nth += step) {
            assertThat(open(work.resolve(name)))
                    .as("%s, cut off at statement %d", name, nth)
                    .isEqualTo(whole);
            cuts++;
        }
        assertThat(cuts).isGreaterThan(10);
    }

    @Test
    void cutOffAtAnyStatementItIsDoneByTheNextOpening() throws Exception {
        loseNothing("waiting", 1);
        loseNothing("paused", 1);
    }

    @Test
    void fileOfAnyEarlierLayoutIsMigratedByTheNextOpeningWhereverItWasCutOff() throws Exception {
        loseNothing("", "layout1", 1, 1);
        loseNothing("", "layout2", 2, 1);
        for (String name : List.of("waiting", "paused", "notices", "arming", "nonces", "remembered", "damaged")) {
            loseNothing("", name, 3, 1);
        }
    }

    @Test
    void cutOffAtAnyOfManyPagesItIsDoneByTheNextOpening() throws Exception {
        loseNothing("pruned", 31);
    }

    @Test
    void topicThatWasPausedSendsOnlyWhatWasNotAcknowledged() throws Exception {
        Seen paused = open(sample("paused"));
        assertThat(paused.state().event()).isEqualTo(new DeliveryState.Progress(1, List.of(new SeqRange(3, 4))));
        assertThat(paused.state().alarm().upTo()).isEqualTo(7);
    }

    @Test
    void lineWhoseEventIsInNoTableAnyMoreIsSent() throws Exception {
        Path folder = sample("waiting");
        sql(folder, "DELETE FROM event WHERE seq = 2");
        sql(folder, "DELETE FROM outbox WHERE seq = 2 AND topic LIKE '%/event'");
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.rows(LogTopic.ALARM, new SeqRange(1, 100), 10))
                    .first()
                    .satisfies(row -> {
                        assertThat(row.seq()).isEqualTo(2);
                        assertThat(row.message()).isEqualTo("Front door opened");
                        assertThat(row.type()).isEqualTo("opened");
                    });
            assertThat(store.delivery().alarm().upTo()).isEqualTo(1);
        }
    }

    @Test
    void renumberingThatWasCutOffIsFinishedFirst() throws Exception {
        Path folder = sample("waiting");
        Seen plain = open(folder);
        folder = sample("waiting");
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(StoreFile.NAME))) {
            Layout.put(open, Renumbering.NOTE, "2 8 1000");
        }
        Seen moved = open(folder);
        assertThat(moved.rows().stream().map(LogRow::id))
                .containsExactlyElementsOf(plain.rows().stream().map(LogRow::id).toList());
        assertThat(moved.rows()).last().satisfies(row -> assertThat(row.seq()).isEqualTo(1_008));
        assertThat(moved.state().event().upTo()).isEqualTo(1_001);
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.note(Renumbering.NOTE)).isEmpty();
            assertThat(store.unsettled(LogTopic.EVENT)).isEqualTo(7);
            assertThat(store.unsettled(LogTopic.ALARM)).isEqualTo(2);
        }
    }
}
