package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times of a start whose clock was set later. */
class StoreClockTest {

    private static final Instant UNSET = Instant.parse("1970-01-01T00:10:00Z");
    private static final Instant ZERO = Instant.parse("2026-11-22T20:00:00.250Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void logAndWaitingMessagesOfThatStartAreCorrected() throws StoreException {
        Event other = Samples.notSynced(1, 1, UNSET);
        Event wrong = Samples.notSynced(2, 2, UNSET);
        Event right = Samples.event(3);
        Message line = Samples.MESSAGES.alarm("Front door opened, 01:10:00 (clock not set)", wrong);
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            store.commit(new Batch(
                    List.of(other, wrong, right),
                    List.of(
                            Samples.routine(1, other),
                            new Outbox.Entry(2, line, Priority.ALARM),
                            Samples.routine(3, wrong),
                            Samples.routine(4, right)),
                    List.of()));
            WholeCorrection.apply(store, ClockCorrection.here(2, ZERO.toEpochMilli()));
            check(store, other, wrong, right);
            WholeCorrection.apply(store, ClockCorrection.here(2, ZERO.toEpochMilli()));
            check(store, other, wrong, right);
        }
    }

    private static void check(EventStore store, Event other, Event wrong, Event right) throws StoreException {
        Instant time = ZERO.plusSeconds(2);
        Event.Stamp stamp = new Event.Stamp(wrong.stamp().id(), 2, 2, time, true, 2_000);
        List<Event> events = store.events(0, 10);
        assertThat(events).hasSize(3).contains(other, right);
        assertThat(events.get(1).stamp()).isEqualTo(stamp);
        List<Outbox.Entry> waiting = store.waiting(0, 10);
        assertThat(waiting.get(0)).isEqualTo(Samples.late(Samples.routine(1, other)));
        assertThat(waiting.get(1).message().payload())
                .isEqualTo("Front door opened, " + ClockText.clock(time, ZoneId.systemDefault()));
        assertThat(waiting.get(1).priority()).isEqualTo(Priority.ALARM);
        assertThat(waiting.get(2)).isEqualTo(Samples.late(Samples.routine(3, events.get(1))));
        assertThat(waiting.get(2).message().userProperties()).containsEntry("time", "2026-11-22T20:00:02.250Z");
        assertThat(waiting.get(3)).isEqualTo(Samples.late(Samples.routine(4, right)));
    }

    @Test
    void manyAreCorrectedInPages() throws StoreException {
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            List<Event> events = new ArrayList<>();
            List<Outbox.Entry> messages = new ArrayList<>();
            for (long seq = 1; seq <= 1_500; seq++) {
                Event event = Samples.notSynced(1, seq, UNSET);
                events.add(event);
                messages.add(Samples.routine(seq, event));
            }
            store.commit(new Batch(events, messages, List.of()));
            WholeCorrection.apply(store, ClockCorrection.here(1, ZERO.toEpochMilli()));

            assertThat(store.events(0, 2_000))
                    .hasSize(1_500)
                    .allMatch(event -> event.stamp().clockSynced())
                    .allMatch(event -> event.stamp()
                            .time()
                            .equals(ZERO.plusSeconds(event.stamp().seq())));
            assertThat(store.waiting(0, 2_000))
                    .hasSize(1_500)
                    .allMatch(entry -> entry.message().payload().contains("\"clock_synced\":true"));
        }
    }
}
