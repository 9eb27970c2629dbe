package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.LogRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store thread holds in memory while the disk can't be written, and what it does only now and then. */
class StoreMemoryTest {

    private static final Instant UNSET = Instant.parse("1970-01-01T00:10:00Z");
    private static final Instant ZERO = Instant.parse("2026-11-22T20:00:00.250Z");
    private static final Bounds TEN_MINUTES = new Bounds(10_000, Duration.ofMinutes(10), 1 << 20);

    @TempDir
    private Path parent = Path.of("");

    private Path folder = Path.of("");
    private Bounds bounds = Bounds.DEFAULT;
    private final List<StoreEvent> told = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 1_000_000_000L; // the monotonic clock may overflow

    @BeforeEach
    void nameFolder() {
        folder = parent.resolve("state");
    }

    private StoreWork work(int most) {
        return new StoreWork(
                null, () -> EventStore.open(folder, bounds), told::add, () -> nowNanos, new UnwrittenTail(most));
    }

    private void retried(StoreWork work) {
        nowNanos += StoreWork.RETRY.toNanos();
        work.settle();
    }

    private List<LogRow> log(StoreWork work) {
        told.clear();
        work.take(new StoreCommand.Recall(1, 0, Long.MAX_VALUE, 100_000));
        return ((StoreEvent.Recalled) told.get(0)).events();
    }

    private List<LogRow> page(StoreWork work) {
        told.clear();
        work.take(Samples.load(LogTopic.EVENT, 1, 1, 100, 100));
        work.settle();
        return told.stream()
                .filter(StoreEvent.Page.class::isInstance)
                .map(page -> ((StoreEvent.Page) page).page().rows())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eventsThatTheLogNeverGotAreCountedAndToldOnce() throws IOException {
        Files.createFile(folder);
        StoreWork work = work(3);
        work.take(new StoreCommand.Delivered(DeliveryState.upTo(100), 1));
        for (long seq = 1; seq <= 5; seq++) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
        }
        work.settle();
        work.take(new StoreCommand.Keep(Samples.event(6)));
        retried(work);
        assertThat(told).as("it may be more yet").hasOnlyElementsOfType(StoreEvent.Failed.class);

        Files.delete(folder);
        retried(work);
        work.take(new StoreCommand.Keep(Samples.event(7)));
        work.settle();

        assertThat(told)
                .containsExactlyInAnyOrder(
                        told.get(0), new StoreEvent.Unlogged(3), told.get(1), new StoreEvent.Recovered());
        assertThat(log(work)).extracting(LogRow::seq).containsExactly(4L, 5L, 6L, 7L);
        work.end();
    }

    @Test
    void timesInMemoryAreCorrectedWhileTheDiskFails() throws IOException {
        Files.createFile(folder);
        StoreWork work = work(100);
        LogRow other = Samples.notSynced(1, 1, UNSET);
        LogRow wrong = Samples.notSynced(2, 2, UNSET);
        work.take(new StoreCommand.Keep(other));
        work.take(new StoreCommand.Keep(wrong));
        work.settle();

        work.take(new StoreCommand.CorrectClock(2, ZERO.toEpochMilli()));
        List<LogRow> expected = List.of(other, wrong.at(ZERO.plusSeconds(2)));
        assertThat(page(work)).isEqualTo(expected);

        Files.delete(folder);
        retried(work);
        assertThat(page(work)).isEqualTo(expected);
        assertThat(log(work)).isEqualTo(expected);
        work.end();
    }

    @Test
    void timesOnDiskAreCorrectedOnceItWorksAgain() throws Exception {
        LogRow before = Samples.notSynced(2, 1, UNSET);
        try (EventStore store = EventStore.open(folder, bounds)) {
            store.commit(new Batch(List.of(before), null));
        }
        Path aside = Files.move(folder, parent.resolve("unplugged"));
        Files.createFile(folder);
        StoreWork work = work(100);
        work.settle();
        work.take(new StoreCommand.CorrectClock(2, ZERO.toEpochMilli()));
        work.take(new StoreCommand.Keep(Samples.event(2)));
        work.settle();
        assertThat(told).hasAtLeastOneElementOfType(StoreEvent.Failed.class);

        Files.delete(folder);
        Files.move(aside, folder);
        told.clear();
        retried(work);
        assertThat(told).hasSize(2).contains(new StoreEvent.Recovered());
        assertThat(log(work).get(0)).isEqualTo(before.at(ZERO.plusSeconds(1)));
        assertThat(page(work).get(0)).isEqualTo(before.at(ZERO.plusSeconds(1)));
        work.end();
    }

    @Test
    void agesAreLookedAtOnceAMinute() {
        bounds = TEN_MINUTES;
        StoreWork work = work(10_000);
        for (long seq = 1; seq <= 600; seq++) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
        }
        work.settle();
        work.take(new StoreCommand.Delivered(DeliveryState.upTo(10_000), 1));
        work.take(new StoreCommand.Keep(Samples.event(1_000)));
        work.settle();
        assertThat(log(work)).as("looked at a moment ago").hasSize(601);

        nowNanos += StoreWork.AGES.toNanos() - 1;
        work.take(new StoreCommand.Keep(Samples.event(1_001)));
        work.settle();
        assertThat(log(work)).as("not yet a minute").hasSize(602);

        nowNanos += 1;
        work.take(new StoreCommand.Keep(Samples.event(1_002)));
        work.settle();
        assertThat(log(work)).as("never less than that").hasSize(Bounds.ALWAYS_KEPT);
        work.end();
    }

    @Test
    void tooManyEventsGoAtOnce() {
        bounds = new Bounds(1_000, Duration.ofMinutes(100), 1 << 20);
        StoreWork work = work(10_000);
        for (long seq = 1; seq <= 1_000; seq++) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
        }
        work.settle();
        work.take(new StoreCommand.Delivered(DeliveryState.upTo(10_000), 1));
        work.take(new StoreCommand.Keep(Samples.event(1_001)));
        work.settle();
        assertThat(log(work)).hasSize(1_000);
        work.end();
    }
}
