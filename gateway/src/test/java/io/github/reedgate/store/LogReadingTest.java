package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.LogPage;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of the log, from the disk and from what is not there yet. */
class LogReadingTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path parent;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<StoreEvent> told = new ArrayList<>();
    private long nowNanos;
    private @Nullable StoreWork open;

    @BeforeEach
    void nameFolder() {
        folder = parent.resolve("state");
    }

    @AfterEach
    void closeStore() {
        if (open != null) {
            open.end();
        }
    }

    private StoreWork work() throws Exception {
        Files.createDirectory(folder);
        return workOn(EventStore.open(folder, Bounds.DEFAULT));
    }

    private StoreWork workOn(@Nullable EventStore store) {
        StoreWork work = new StoreWork(store, () -> EventStore.open(folder, Bounds.DEFAULT), told::add, () -> nowNanos);
        open = work;
        return work;
    }

    private static void keep(StoreWork work, long from, long to) {
        for (long seq = from; seq <= to; seq++) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
        }
    }

    private LogPage read(StoreWork work, long from, long to, int limit) {
        told.clear();
        work.take(new StoreCommand.ReadLog(7, new SeqRange(from, to), limit));
        return pages().get(0);
    }

    private List<LogPage> pages() {
        return told.stream()
                .filter(StoreEvent.LogRead.class::isInstance)
                .map(event -> ((StoreEvent.LogRead) event).page())
                .toList();
    }

    private static List<Long> seqs(LogPage page) {
        return page.rows().stream().map(LogRow::seq).toList();
    }

    private void change(String sql) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(StoreFile.NAME));
                Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void whatIsNotOnDiskYetIsPartOfThePage() throws Exception {
        StoreWork work = work();
        keep(work, 1, 3);
        work.settle();
        keep(work, 4, 6);

        LogPage page = read(work, 2, 5, 10);

        assertThat(page.request()).isEqualTo(7);
        assertThat(page.covered()).isEqualTo(new SeqRange(2, 5));
        assertThat(seqs(page)).containsExactly(2L, 3L, 4L, 5L);
        assertThat(page.complete()).isTrue();
        assertThat(page.rows()).element(0).isEqualTo(LogRow.of(Samples.event(2), false));
        assertThat(page.rows()).element(3).isEqualTo(LogRow.of(Samples.event(5), false));
    }

    @Test
    void fullPageCoversNoMoreThanItsLastRow() throws Exception {
        StoreWork work = work();
        keep(work, 1, 6);
        work.settle();
        keep(work, 7, 9);

        assertThat(read(work, 1, 9, 4).covered()).isEqualTo(new SeqRange(1, 4));
        LogPage both = read(work, 5, 9, 4);
        assertThat(both.covered()).isEqualTo(new SeqRange(5, 8));
        assertThat(seqs(both)).containsExactly(5L, 6L, 7L, 8L);
        LogPage rest = read(work, 9, 9, 4);
        assertThat(rest.covered()).isEqualTo(new SeqRange(9, 9));
        assertThat(seqs(rest)).containsExactly(9L);
    }

    @Test
    void damagedRowIsLeftOutAndThePageIsWhole() throws Exception {
        StoreWork work = work();
        keep(work, 1, 5);
        work.settle();
        change("UPDATE event SET message = 'Nothing happened' WHERE seq = 2");
        change("DELETE FROM event WHERE seq = 4");

        LogPage page = read(work, 1, 5, 10);

        assertThat(seqs(page)).containsExactly(1L, 3L, 5L);
        assertThat(page.covered()).isEqualTo(new SeqRange(1, 5));
        assertThat(page.complete()).isTrue();
    }

    @Test
    void storeThatIsNotOpenMakesNoPageWhole() throws Exception {
        Files.createFile(folder);
        StoreWork work = workOn(null);
        keep(work, 4, 5);
        work.settle();

        LogPage page = read(work, 1, 5, 10);

        assertThat(seqs(page)).containsExactly(4L, 5L);
        assertThat(page.complete()).isFalse();
        Files.delete(folder);
    }

    @Test
    void readThatFailsMakesThePageNotWholeAndIsReported() throws Exception {
        StoreWork work = work();
        keep(work, 1, 3);
        work.settle();
        change("ALTER TABLE event RENAME TO elsewhere");
        keep(work, 4, 4);

        LogPage page = read(work, 1, 4, 10);

        assertThat(seqs(page)).containsExactly(4L);
        assertThat(page.complete()).isFalse();
        assertThat(told).anyMatch(StoreEvent.Failed.class::isInstance);
    }

    @Test
    void askingAgainAndAgainPutsOffNoTryToWrite() throws Exception {
        Files.createFile(folder);
        StoreWork work = workOn(null);
        keep(work, 1, 1);
        work.settle();
        Files.delete(folder);
        nowNanos += StoreWork.RETRY.toNanos() - 1;
        assertThat(read(work, 1, 1, 10).complete()).isFalse();
        work.settle();
        nowNanos += 1;
        work.settle();

        assertThat(told).anyMatch(StoreEvent.Recovered.class::isInstance);
        assertThat(read(work, 1, 1, 10).complete()).isTrue();
    }

    @Test
    void pageWaitsUntilNumbersAreCorrected() throws Exception {
        StoreWork work = work();
        for (long seq = 1; seq <= 3; seq++) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
            work.take(new StoreCommand.Add(Samples.routine(seq, Samples.event(seq))));
        }
        work.settle();
        told.clear();
        work.take(new StoreCommand.Renumber(2, 3, 100));
        work.take(new StoreCommand.ReadLog(7, new SeqRange(1, 103), 10));
        assertThat(pages()).isEmpty();

        for (int i = 0; i < 10; i++) {
            work.settle();
        }

        assertThat(pages()).hasSize(1);
        assertThat(seqs(pages().get(0))).containsExactly(1L, 102L, 103L);
    }
}
