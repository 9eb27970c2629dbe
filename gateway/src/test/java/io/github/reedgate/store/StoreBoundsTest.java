package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.Drops;
import io.github.reedgate.event.LogRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        return new Batch(Samples.events(from, to), null);
    }

    /** Events of which every tenth is an alarm. */
    private static Batch mixed(long from, long to) {
        List<LogRow> events = new ArrayList<>();
        for (long seq = from; seq <= to; seq++) {
            events.add(seq % 10 == 0 ? Samples.alarm(seq) : Samples.event(seq));
        }
        return new Batch(events, null);
    }

    private static long oldest(EventStore store) throws StoreException {
        return store.events(0, 1).get(0).seq();
    }

    private static final DeliveryState ALL = DeliveryState.upTo(Long.MAX_VALUE);

    private static long alarms(EventStore store) throws StoreException {
        return store.events(0, 100_000).stream().filter(LogRow::hasLine).count();
    }

    @Test
    void oldestDeliveredEventsGoWhenThereAreTooMany() throws StoreException {
        try (EventStore store = open(1_100, YEAR, MIB)) {
            store.commit(log(1, 1_100));
            assertThat(store.prune(ALL)).isEqualTo(Drops.NONE);
            assertThat(oldest(store)).isEqualTo(1);

            store.commit(log(1_101, 1_150));
            assertThat(store.prune(ALL)).as("it is history").isEqualTo(Drops.NONE);
            assertThat(oldest(store)).isEqualTo(51);
            assertThat(store.lastSeq()).isEqualTo(1_150);
        }
    }

    @Test
    void atLeastAThousandEventsAreKeptThoughFewerAreWanted() throws StoreException {
        try (EventStore store = open(500, YEAR, MIB)) {
            store.commit(log(1, 1_200));
            store.prune(ALL);
            assertThat(store.events(0, 2_000)).hasSize(Bounds.LEAST_EVENTS);
        }
    }

    @Test
    void newest500EventsStayWhateverTheBoundsSay() throws StoreException {
        try (EventStore store = open(1, Duration.ofSeconds(1), 64 << 10)) {
            store.commit(log(1, 700));
            store.prune(ALL);

            assertThat(store.events(0, 1_000)).hasSize(Bounds.ALWAYS_KEPT);
            assertThat(oldest(store)).isEqualTo(201);
        }
    }

    @Test
    void deliveredEventsGoOnceTheyAreTooOldAndOthersHaveNoAge() throws StoreException {
        try (EventStore store = open(10_000, Duration.ofMinutes(10), MIB)) {
            store.commit(log(1, 1_000));
            assertThat(store.prune(DeliveryState.NOTHING)).isEqualTo(Drops.NONE);
            assertThat(oldest(store)).isEqualTo(1);
            store.prune(DeliveryState.upTo(100));
            assertThat(oldest(store)).isEqualTo(101);
            store.prune(ALL);
            assertThat(oldest(store)).as("exactly as old as allowed").isEqualTo(400);
        }
    }

    @Test
    void timesOfAClockThatWasNotSetMakeNothingOld() throws StoreException {
        Instant unset = Instant.parse("1970-01-01T00:00:10Z");
        try (EventStore store = open(10_000, Duration.ofMinutes(10), MIB)) {
            List<LogRow> events = new ArrayList<>();
            for (long seq = 1; seq <= 600; seq++) {
                events.add(Samples.notSynced(1, seq, unset));
            }
            store.commit(new Batch(events, null));
            store.prune(ALL);
            assertThat(oldest(store)).isEqualTo(1);
        }
    }

    @Test
    void deliveredEventsGoFirstThenRoutineOnesAndAlarmsLast() throws StoreException {
        try (EventStore store = open(1_000, YEAR, MIB)) {
            store.commit(mixed(1, 1_050));
            DeliveryState twenty = DeliveryState.upTo(20);
            UnwrittenTail.Dropped dropped = store.prune(twenty, true);
            assertThat(dropped.drops()).as("30 more had to go").isEqualTo(new Drops(30, 0));
            assertThat(dropped.events()).isEqualTo(30);
            assertThat(dropped.lines()).isZero();
            assertThat(store.events(0, 2_000)).hasSize(1_000);
            assertThat(alarms(store)).as("but two of the delivered").isEqualTo(103);
        }
    }

    @Test
    void eventWhoseLineWaitsIsNotDelivered() throws StoreException {
        try (EventStore store = open(1_000, YEAR, MIB)) {
            store.commit(mixed(1, 1_050));
            DeliveryState linesWait =
                    new DeliveryState(DeliveryState.Progress.upTo(1_050), DeliveryState.Progress.upTo(15));
            assertThat(store.prune(linesWait)).isEqualTo(Drops.NONE);
            assertThat(store.events(0, 2_000)).hasSize(1_000);
            assertThat(Samples.seqs(store.events(0, 2_000)))
                    .contains(20L, 30L, 40L, 50L)
                    .doesNotContain(1L, 10L, 51L);
        }
    }

    @Test
    void alarmsGoWhenNothingElseIsLeftAndTheirLinesAreCounted() throws StoreException {
        try (EventStore store = open(1_000, YEAR, MIB)) {
            List<LogRow> events = new ArrayList<>();
            for (long seq = 1; seq <= 1_020; seq++) {
                events.add(seq <= 3 || seq > 600 ? Samples.event(seq) : Samples.alarm(seq));
            }
            store.commit(new Batch(events, null));

            UnwrittenTail.Dropped dropped = store.prune(DeliveryState.NOTHING, true);
            assertThat(dropped).isEqualTo(new UnwrittenTail.Dropped(new Drops(3, 17), 20, 17));
            assertThat(oldest(store)).isEqualTo(21);
        }
    }

    @Test
    void deliveredEventsGiveWayBeforeWhatWaitsWhenTheFileIsTooLarge() throws StoreException {
        try (EventStore store = open(100_000, YEAR, MIB)) {
            store.commit(mixed(1, 9_000));
            DeliveryState state = DeliveryState.upTo(8_000);

            assertThat(store.prune(state)).as("dropped").isEqualTo(Drops.NONE);
            assertThat(store.lastSeq()).isEqualTo(9_000);
            assertThat(oldest(store)).isBetween(500L, 8_001L);

            store.commit(mixed(9_001, 20_000));
            Drops drops = store.prune(state);
            assertThat(drops.routine()).isPositive();
            assertThat(drops.alarms()).isZero();
            assertThat(oldest(store)).as("an alarm that waits").isEqualTo(8_010);
        }
    }

    @Test
    void boundsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Bounds(0, YEAR, MIB)).hasMessageContaining("maxEvents is 0");
        assertThatThrownBy(() -> new Bounds(1, Duration.ZERO, MIB)).hasMessageContaining("maxAge");
        assertThatThrownBy(() -> new Bounds(1, YEAR, 1)).hasMessageContaining("maxBytes is 1");
    }
}
