package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.Priority;
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
                null, () -> EventStore.open(folder, bounds), told::add, () -> nowNanos, new Unwritten(most));
    }

    private void keep(StoreWork work, Event event) {
        work.take(new StoreCommand.Keep(event));
        work.take(new StoreCommand.Add(Samples.routine(event.stamp().seq(), event)));
    }

    private void retried(StoreWork work) {
        nowNanos += StoreWork.RETRY.toNanos();
        work.settle();
    }

    private List<Event> log(StoreWork work) {
        told.clear();
        work.take(new StoreCommand.Recall(1, 0, Long.MAX_VALUE, 100_000));
        return ((StoreEvent.Recalled) told.get(0)).events();
    }

    private List<Outbox.Entry> waiting(StoreWork work) {
        told.clear();
        work.take(new StoreCommand.Load(1, 0, 100, 100));
        work.settle();
        return told.stream()
                .filter(StoreEvent.Page.class::isInstance)
                .map(page -> ((StoreEvent.Page) page).entries())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eventsThatTheLogNeverGotAreCountedAndToldOnce() throws IOException {
        Files.createFile(folder);
        StoreWork work = work(3);
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

        assertThat(told).containsExactlyInAnyOrder(told.get(0), new StoreEvent.Unlogged(3), new StoreEvent.Recovered());
        assertThat(log(work)).extracting(event -> event.stamp().seq()).containsExactly(4L, 5L, 6L, 7L);
        work.end();
    }

    @Test
    void timesInMemoryAreCorrectedWhileTheDiskFails() throws IOException {
        Files.createFile(folder);
        StoreWork work = work(100);
        Event other = Samples.notSynced(1, 1, UNSET);
        Event wrong = Samples.notSynced(2, 2, UNSET);
        keep(work, other);
        keep(work, wrong);
        work.take(new StoreCommand.Add(new Outbox.Entry(
                3, Samples.MESSAGES.alarm("Front door opened, 01:10:00 (clock not set)", wrong), Priority.ALARM)));
        work.settle();

        work.take(new StoreCommand.CorrectClock(2, ZERO.toEpochMilli()));
        assertThat(told).contains(new StoreEvent.Corrected());
        List<Outbox.Entry> inMemory = waiting(work);
        checkMessages(inMemory, other);

        Files.delete(folder);
        retried(work);
        assertThat(waiting(work)).isEqualTo(inMemory.stream().map(Samples::late).toList());
        List<Event> logged = log(work);
        assertThat(logged.get(0)).isEqualTo(other);
        assertThat(logged.get(1).stamp())
                .isEqualTo(new Event.Stamp(wrong.stamp().id(), 2, 2, ZERO.plusSeconds(2), true, 2_000));
        work.end();
    }

    private static void checkMessages(List<Outbox.Entry> waiting, Event other) {
        assertThat(waiting).hasSize(3);
        assertThat(waiting.get(0)).isEqualTo(Samples.routine(1, other));
        assertThat(waiting.get(1).message().payload())
                .contains("\"clock_synced\":true", "\"time\":\"2026-11-22T20:00:02.250Z\"");
        assertThat(waiting.get(2).message().userProperties()).containsEntry("time", "2026-11-22T20:00:02.250Z");
    }

    @Test
    void timesOnDiskAreCorrectedOnceItWorksAgain() throws Exception {
        Event before = Samples.notSynced(2, 1, UNSET);
        try (EventStore store = EventStore.open(folder, bounds)) {
            store.commit(new Batch(List.of(before), List.of(Samples.routine(1, before)), List.of()));
        }
        Path aside = Files.move(folder, parent.resolve("unplugged"));
        Files.createFile(folder);
        StoreWork work = work(100);
        work.settle();
        work.take(new StoreCommand.CorrectClock(2, ZERO.toEpochMilli()));
        keep(work, Samples.event(2));
        work.settle();
        assertThat(told).hasAtLeastOneElementOfType(StoreEvent.Failed.class);

        Files.delete(folder);
        Files.move(aside, folder);
        told.clear();
        retried(work);
        assertThat(told).containsExactly(new StoreEvent.Corrected(), new StoreEvent.Recovered());
        assertThat(log(work).get(0).stamp().time()).isEqualTo(ZERO.plusSeconds(1));
        assertThat(waiting(work).get(0).message().payload()).contains("\"clock_synced\":true");
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
        bounds = new Bounds(600, Duration.ofMinutes(10), 1 << 20);
        StoreWork work = work(10_000);
        for (long seq = 1; seq <= 600; seq++) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
        }
        work.settle();
        work.take(new StoreCommand.Keep(Samples.event(601)));
        work.settle();
        assertThat(log(work)).hasSize(600);
        work.end();
    }
}
