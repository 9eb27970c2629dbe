package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.delivery.Outbox.Drops;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes first when there is no room for all. */
class StoreBoundsTest {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final long MIB = 1 << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private EventStore open(int maxEvents, Duration maxAge, long maxBytes) throws StoreException {
        return EventStore.open(folder, new Bounds(maxEvents, maxAge, maxBytes));
    }

    private static Batch log(long from, long to) {
        return new Batch(
                LongStream.rangeClosed(from, to).mapToObj(Samples::event).toList(), List.of(), List.of());
    }

    /** Messages of which every tenth is an alarm. */
    private static Batch messages(long from, long to) {
        List<Outbox.Entry> added = new ArrayList<>();
        for (long id = from; id <= to; id++) {
            Event event = Samples.event(id);
            added.add(id % 10 == 0 ? Samples.alarm(id, event) : Samples.routine(id, event));
        }
        return new Batch(List.of(), added, List.of());
    }

    private static long oldest(EventStore store) throws StoreException {
        return store.events(0, 1).get(0).stamp().seq();
    }

    private static long alarms(EventStore store) throws StoreException {
        return store.waiting(0, 100_000).stream()
                .filter(entry -> entry.priority() == Priority.ALARM)
                .count();
    }

    @Test
    void oldestEventsGoWhenThereAreTooMany() throws StoreException {
        try (EventStore store = open(600, YEAR, MIB)) {
            store.commit(log(1, 600));
            assertThat(store.prune()).isEqualTo(Drops.NONE);
            assertThat(oldest(store)).isEqualTo(1);

            store.commit(log(601, 650));
            assertThat(store.prune()).isEqualTo(Drops.NONE);
            assertThat(oldest(store)).isEqualTo(51);
            assertThat(store.lastSeq()).isEqualTo(650);
        }
    }

    @Test
    void newest500EventsStayWhateverTheBoundsSay() throws StoreException {
        try (EventStore store = open(1, Duration.ofSeconds(1), 64 << 10)) {
            store.commit(log(1, 700));
            store.prune();

            assertThat(store.events(0, 1_000)).hasSize(Bounds.ALWAYS_KEPT);
            assertThat(oldest(store)).isEqualTo(201);
        }
    }

    @Test
    void eventsGoOnceTheyAreTooOld() throws StoreException {
        try (EventStore store = open(10_000, Duration.ofMinutes(10), MIB)) {
            store.commit(log(1, 1_000));
            store.prune();

            assertThat(oldest(store)).as("exactly as old as allowed").isEqualTo(400);
        }
    }

    @Test
    void timesOfAClockThatWasNotSetMakeNothingOld() throws StoreException {
        Instant unset = Instant.parse("1970-01-01T00:00:10Z");
        try (EventStore store = open(10_000, Duration.ofMinutes(10), MIB)) {
            List<Event> events = new ArrayList<>();
            for (long seq = 1; seq <= 600; seq++) {
                events.add(Samples.notSynced(1, seq, unset));
            }
            store.commit(new Batch(events, List.of(), List.of()));
            store.prune();
            assertThat(oldest(store)).isEqualTo(1);
        }
    }

    @Test
    void waitingMessagesGoRoutineFirstAndAlarmsLast() throws StoreException {
        try (EventStore store = open(50, YEAR, MIB)) {
            store.commit(messages(1, 100));
            assertThat(store.prune()).isEqualTo(Drops.NONE);

            store.commit(messages(101, 150));
            assertThat(store.prune()).isEqualTo(new Drops(50, 0));
            assertThat(store.waitingCount()).isEqualTo(100);
            assertThat(alarms(store)).isEqualTo(15);
            assertThat(store.waiting(0, 100).stream()
                            .filter(entry -> entry.priority() == Priority.ROUTINE)
                            .findFirst()
                            .map(Outbox.Entry::id))
                    .contains(56L);
        }
    }

    @Test
    void alarmsGoWhenNothingElseIsLeft() throws StoreException {
        try (EventStore store = open(10, YEAR, MIB)) {
            List<Outbox.Entry> added = new ArrayList<>();
            for (long id = 1; id <= 30; id++) {
                added.add(id <= 3 ? Samples.routine(id, Samples.event(id)) : Samples.alarm(id, Samples.event(id)));
            }
            store.commit(new Batch(List.of(), added, List.of()));

            assertThat(store.prune()).isEqualTo(new Drops(3, 7));
            assertThat(store.waiting(0, 1).get(0).id()).isEqualTo(11);
            assertThat(store.waitingCount()).isEqualTo(20);
        }
    }

    @Test
    void logGivesWayBeforeWhatWaitsWhenTheFileIsTooLarge() throws StoreException {
        try (EventStore store = open(100_000, YEAR, MIB)) {
            store.commit(log(1, 9_000));
            store.commit(messages(1, 500));

            assertThat(store.prune()).as("messages dropped").isEqualTo(Drops.NONE);
            assertThat(store.waitingCount()).isEqualTo(500);
            assertThat(store.lastSeq()).isEqualTo(9_000);
            assertThat(oldest(store)).isBetween(1_000L, 8_501L);

            store.commit(messages(501, 4_000));
            Drops drops = store.prune();
            assertThat(store.events(0, 10_000)).hasSize(Bounds.ALWAYS_KEPT);
            assertThat(drops.routine()).isPositive();
            assertThat(drops.alarms()).isZero();
            assertThat(store.waitingCount()).isEqualTo(4_000 - drops.routine());
            assertThat(alarms(store)).isEqualTo(400);
        }
    }

    @Test
    void boundsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Bounds(0, YEAR, MIB)).hasMessageContaining("maxEvents is 0");
        assertThatThrownBy(() -> new Bounds(1, Duration.ZERO, MIB)).hasMessageContaining("maxAge");
        assertThatThrownBy(() -> new Bounds(1, YEAR, 1)).hasMessageContaining("maxBytes is 1");
    }
}
