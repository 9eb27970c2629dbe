package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import java.nio.file.Path;
import java.time.Instant;
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
    void logOfThatStartIsCorrected() throws StoreException {
        LogRow other = Samples.notSynced(1, 1, UNSET);
        LogRow wrong = Samples.notSynced(2, 2, UNSET).with(Priority.ALARM);
        LogRow right = Samples.event(3);
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            store.commit(new Batch(List.of(other, wrong, right), null));
            List<LogRow> expected = List.of(other, wrong.at(ZERO.plusSeconds(2)), right);
            WholeCorrection.apply(store, new ClockCorrection(2, ZERO.toEpochMilli()));
            assertThat(store.events(0, 10)).isEqualTo(expected);
            WholeCorrection.apply(store, new ClockCorrection(2, ZERO.toEpochMilli()));
            assertThat(store.events(0, 10)).isEqualTo(expected);
        }
    }

    @Test
    void manyAreCorrectedInPages() throws StoreException {
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            List<LogRow> events = new ArrayList<>();
            for (long seq = 1; seq <= 1_500; seq++) {
                events.add(Samples.notSynced(1, seq, UNSET));
            }
            store.commit(new Batch(events, null));
            WholeCorrection.apply(store, new ClockCorrection(1, ZERO.toEpochMilli()));

            assertThat(store.events(0, 2_000))
                    .hasSize(1_500)
                    .allMatch(LogRow::clockSynced)
                    .allMatch(event -> event.time().equals(ZERO.plusSeconds(event.seq())));
        }
    }
}
