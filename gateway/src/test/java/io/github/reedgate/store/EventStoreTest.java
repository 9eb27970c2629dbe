package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.Drops;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept and handed out again, on real files. */
class EventStoreTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private EventStore open() throws StoreException {
        return EventStore.open(folder, Bounds.DEFAULT);
    }

    @Test
    void newStoreIsEmpty() throws StoreException {
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isEmpty();
            assertThat(store.unsettled(LogTopic.EVENT)).isZero();
            assertThat(store.delivery()).isEqualTo(DeliveryState.NOTHING);
            assertThat(store.isDeliveryLost()).isFalse();
            assertThat(store.lastSeq()).isZero();
            assertThat(store.lastStates()).isEmpty();
            assertThat(store.newest()).isEmpty();
            assertThat(store.events(0, 10)).isEmpty();
            assertThat(store.prune(store.delivery())).isEqualTo(Drops.NONE);
        }
    }

    @Test
    void whatWasCommittedIsThereAfterAnotherStart() throws StoreException {
        LogRow alarm = Samples.alarm(1);
        LogRow important = Samples.event(2).with(Priority.IMPORTANT);
        try (EventStore store = open()) {
            store.commit(new Batch(List.of(alarm, important), DeliveryState.upTo(1)));
        }
        try (EventStore store = open()) {
            assertThat(store.events(0, 10)).containsExactly(alarm, important);
            assertThat(store.newest()).contains(important);
            assertThat(store.lastSeq()).isEqualTo(2);
            assertThat(store.delivery()).isEqualTo(DeliveryState.upTo(1));
            assertThat(store.unsettled(LogTopic.EVENT)).isEqualTo(1);
            assertThat(store.unsettled(LogTopic.ALARM)).isZero();
        }
    }

    @Test
    void linesAreReadWithoutOtherEvents() throws StoreException {
        try (EventStore store = open()) {
            store.commit(
                    new Batch(List.of(Samples.event(1), Samples.alarm(2), Samples.event(3), Samples.alarm(4)), null));
            assertThat(store.rows(LogTopic.ALARM, new SeqRange(1, 9), 9))
                    .containsExactly(Samples.alarm(2), Samples.alarm(4));
            assertThat(store.rows(LogTopic.ALARM, new SeqRange(1, 9), 1)).containsExactly(Samples.alarm(2));
            assertThat(store.rows(LogTopic.EVENT, new SeqRange(2, 3), 9))
                    .containsExactly(Samples.alarm(2), Samples.event(3));
        }
    }

    @Test
    void stateOfDeliveryIsWrittenToTwoRowsInTurnAndTheNewerValidOneCounts() throws Exception {
        DeliveryState first = DeliveryState.upTo(3);
        DeliveryState second = new DeliveryState(
                new DeliveryState.Progress(4, List.of(new SeqRange(6, 8), new SeqRange(10, 10))),
                DeliveryState.Progress.upTo(9));
        try (EventStore store = open()) {
            store.commit(new Batch(Samples.events(1, 10), first));
            store.commit(new Batch(List.of(), second));
        }
        try (EventStore store = open()) {
            assertThat(store.delivery()).isEqualTo(second);
            assertThat(store.unsettled(LogTopic.EVENT)).isEqualTo(2);
        }
        damage(newest());
        try (EventStore store = open()) {
            assertThat(store.delivery()).as("one damaged row costs repeats").isEqualTo(first);
            store.commit(new Batch(List.of(), second));
        }
        try (EventStore store = open()) {
            assertThat(store.delivery()).isEqualTo(second);
        }
    }

    @Test
    void withBothRowsDamagedAllEventsAreSentAgainAndNoLineIs() throws Exception {
        try (EventStore store = open()) {
            store.commit(new Batch(List.of(Samples.event(1), Samples.alarm(2)), DeliveryState.upTo(2)));
        }
        damage(2);
        damage(3);
        try (EventStore store = open()) {
            assertThat(store.isDeliveryLost()).isTrue();
            assertThat(store.unsettled(LogTopic.EVENT)).isEqualTo(2);
            assertThat(store.unsettled(LogTopic.ALARM)).isZero();
            store.commit(new Batch(List.of(), DeliveryState.upTo(2)));
        }
        try (EventStore store = open()) {
            assertThat(store.isDeliveryLost()).isFalse();
            assertThat(store.delivery()).isEqualTo(DeliveryState.upTo(2));
        }
    }

    private void damage(int row) throws Exception {
        sql("UPDATE document SET body = replace(body, 'up_to', 'up-to') WHERE id = " + row);
    }

    private int newest() throws Exception {
        int best = 0;
        long counter = -1;
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, body FROM document WHERE id > 1")) {
            while (rows.next()) {
                long found =
                        DeliveryRows.read(Layout.unchecked(rows.getString(2))).counter();
                best = found > counter ? rows.getInt(1) : best;
                counter = Math.max(counter, found);
            }
        }
        return best;
    }

    private void sql(String text) throws Exception {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                Statement statement = open.createStatement()) {
            statement.executeUpdate(text);
        }
    }

    @Test
    void furtherFieldsAndOddTextComeBackAsTheyWere() throws Exception {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("outage_ms", 41_300L);
        more.put("clean", false);
        more.put("sensors", Map.of("door", "open"));
        more.put("text", "\"quoted\" \u0000 \n \uD83D\uDD14 ü");
        Event event = new Event(
                EventType.LINK_RESTORED,
                new Event.Stamp("id", 1, 1, Samples.START, true, 5),
                "home",
                null,
                null,
                null,
                "line\u0000 \uD83D\uDD14",
                more);
        try (EventStore store = open()) {
            store.commit(new Batch(List.of(LogRow.of(event, Priority.ROUTINE)), null));

            LogRow found = store.events(1, 1).get(0);
            assertThat(found.event("home")).contains(event);
            assertThat(List.copyOf(found.fields().keySet())).containsExactly("outage_ms", "clean", "sensors", "text");
        }
    }

    @Test
    void sameBatchTwiceIsOnce() throws StoreException {
        try (EventStore store = open()) {
            store.prune(store.delivery());
            store.commit(Samples.batch(1));
            store.commit(Samples.batch(1));

            assertThat(store.events(0, 10)).containsExactly(Samples.event(1));
            assertThat(store.unsettled(LogTopic.EVENT)).isEqualTo(1);
        }
    }

    @Test
    void eventsComeInOrderAndInPages() throws StoreException {
        try (EventStore store = open()) {
            for (long seq : new long[] {3, 1, 5, 2, 4}) {
                store.commit(Samples.batch(seq));
            }
            assertThat(Samples.seqs(store.events(2, 3))).containsExactly(2L, 3L, 4L);
            assertThat(Samples.seqs(store.events(5, 3))).containsExactly(5L);
        }
    }

    @Test
    void lastStatesAreThoseOfTheNewestMoves() throws StoreException {
        try (EventStore store = open()) {
            store.commit(new Batch(
                    List.of(
                            Samples.event(1, EventType.OPENED, "front_door", "open"),
                            Samples.event(2, EventType.TAMPERED, "box", "tampered"),
                            Samples.event(3, EventType.CLOSED, "front_door", "closed"),
                            Samples.event(4, EventType.TAMPER_CLEARED, "box", "ok"),
                            Samples.event(5, EventType.OPENED, "window", "open"),
                            Samples.event(6, EventType.SENSOR_FAULT, "window", "unknown")),
                    null));

            assertThat(store.lastStates())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("front_door", "closed", "box", "ok", "window", "open"));
        }
    }

    @Test
    void closingBringsAllIntoTheFile() throws Exception {
        EventStore store = open();
        store.commit(Samples.batch(1));
        assertThat(folder.resolve("reedgate.db-wal")).isNotEmptyFile();
        store.close();

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("reedgate.db");
        }
    }

    @Test
    void manyEventsInOneBatchAreOneTransaction() throws StoreException {
        List<LogRow> events = Samples.events(1, 2_000);
        try (EventStore store = open()) {
            store.commit(new Batch(events, null));

            assertThat(store.events(0, 5_000)).isEqualTo(events);
            assertThat(store.newest().map(LogRow::time)).contains(Instant.parse("2026-11-22T21:33:20Z"));
        }
    }
}
