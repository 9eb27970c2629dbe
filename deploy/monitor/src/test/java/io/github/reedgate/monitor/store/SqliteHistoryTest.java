package io.github.reedgate.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.record.Batch;
import io.github.reedgate.monitor.record.Coverage;
import io.github.reedgate.monitor.record.Samples;
import io.github.reedgate.store.ReadConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history in a file of SQLite. */
class SqliteHistoryTest extends HistoryContract {

    @TempDir
    private @SuppressWarnings("NullAway.Init") Path folder;

    @Override
    StoredHistory open(Bounds bounds) {
        return new StoredHistory(new SqliteAccess(folder), bounds, 1);
    }

    @Override
    HistoryReader reader() throws Exception {
        return HistoryReader.of(ReadConnection.in(folder, new SqliteFormat()));
    }

    private static void write(StoredHistory history, long from, long to) throws Exception {
        for (long seq = from; seq <= to; seq++) {
            history.write(
                    new Batch(
                            List.of(Samples.recorded("home", seq, "a-" + seq)),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of()),
                    done -> List.of());
        }
    }

    private List<Path> movedAside() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("history\\.db\\.damaged-[0-9TZ-]+"))
                    .toList();
        }
    }

    @Test
    void damagedFileIsMovedAsideWholeAndANewOneBegun() throws Exception {
        Path file = folder.resolve(SqliteFormat.NAME);
        try (StoredHistory history = open(new Bounds(Duration.ofDays(10), 1L << 40))) {
            write(history, 1, 50);
        }
        byte[] bytes = Files.readAllBytes(file);
        java.util.Arrays.fill(bytes, 100, 4096, (byte) 0x5a);
        Files.write(file, bytes);

        try (StoredHistory history = open(new Bounds(Duration.ofDays(10), 1L << 40))) {
            assertThat(history.coverage()).isEmpty();
            write(history, 51, 52);
            assertThat(history.coverage()).containsOnlyKeys("home");
        }
        assertThat(movedAside()).hasSize(1);
        assertThat(Files.readAllBytes(movedAside().get(0))).isEqualTo(bytes);
    }

    @Test
    void fileThatIsCutShortIsMovedAside() throws Exception {
        Path file = folder.resolve(SqliteFormat.NAME);
        try (StoredHistory history = open(new Bounds(Duration.ofDays(10), 1L << 40))) {
            write(history, 1, 200);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }

        try (StoredHistory history = open(new Bounds(Duration.ofDays(10), 1L << 40))) {
            assertThat(history.coverage()).isEmpty();
        }
        assertThat(movedAside()).hasSize(1);
    }

    @Test
    void fileBeyondItsBoundLosesTheOldestFirst() throws Exception {
        try (StoredHistory history = open(new Bounds(Duration.ofDays(10), 1))) {
            write(history, 1, 20);
            assertThat(history.prune(Samples.NOW).gone()).containsKey("home");
            assertThat(history.coverage().getOrDefault("home", new Coverage()).missing())
                    .isEmpty();
        }
    }
}
