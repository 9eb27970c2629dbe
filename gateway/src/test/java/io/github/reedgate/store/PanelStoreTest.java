package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the alarm panel has to remember is kept with the events, and outlives the store. */
class PanelStoreTest {

    private static final String ARMED = "{\"state\":\"armed_away\"}";
    private static final String PENDING = "{\"state\":\"pending\",\"incident\":{\"id\":\"a b\"}}";

    @TempDir
    private Path folder;

    private static Batch batch(long seq, String document) {
        Batch events = Samples.batch(seq);
        return new Batch(events.events(), events.added(), events.removed(), document);
    }

    private EventStore open() throws StoreException {
        return EventStore.open(folder, Bounds.DEFAULT);
    }

    @Test
    void newStoreRemembersNothing() throws Exception {
        try (EventStore store = open()) {
            assertThat(store.panel()).isEmpty();
        }
    }

    @Test
    void newestDocumentIsFoundAgain() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
            store.commit(batch(2, PENDING));
            store.commit(Samples.batch(3));
            assertThat(store.panel()).isEqualTo(PENDING);
        }
        try (EventStore store = open()) {
            assertThat(store.panel()).isEqualTo(PENDING);
            assertThat(store.lastSeq()).isEqualTo(3);
        }
    }

    @Test
    void documentAloneIsKeptToo() throws Exception {
        try (EventStore store = open()) {
            store.commit(new Batch(List.of(), List.of(), List.of(), ARMED));
        }
        Files.delete(folder.resolve(PanelCopy.NAME));
        try (EventStore store = open()) {
            assertThat(store.panel()).isEqualTo(ARMED);
        }
    }

    @Test
    void storeOfTheLayoutBeforeIsBroughtUpAndKeepsItsEvents() throws Exception {
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
        }
        sql("DROP TABLE notice", "DROP TABLE panel", "PRAGMA user_version=1");
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isEmpty();
            assertThat(store.lastSeq()).isEqualTo(1);
            store.commit(batch(2, ARMED));
        }
        Files.delete(folder.resolve(PanelCopy.NAME));
        try (EventStore store = open()) {
            assertThat(store.panel()).isEqualTo(ARMED);
            assertThat(store.waiting(0, 10)).extracting(Outbox.Entry::id).containsExactly(1L, 2L);
        }
    }

    @Test
    void layoutBeforeIsStillRead() throws Exception {
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
        }
        sql("DROP TABLE notice", "DROP TABLE panel", "PRAGMA user_version=1");
        try (ReadConnection reader = ReadConnection.open(folder.resolve("reedgate.db"))) {
            assertThat(reader.isOutdated()).isFalse();
        }
    }

    @Test
    void storeFoundDamagedDoesNotDisarm() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
        }
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("reedgate.db").toFile(), "rw")) {
            file.write(new byte[5_000]);
        }
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isPresent();
            assertThat(store.panel()).isEqualTo(ARMED);
            store.commit(Samples.batch(2));
        }
        Files.delete(folder.resolve(PanelCopy.NAME));
        try (EventStore store = open()) {
            assertThat(store.panel()).as("written into the new one").isEqualTo(ARMED);
        }
    }

    @Test
    void rowThatFailsItsCheckGivesWayToTheCopy() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
        }
        sql("UPDATE panel SET document = replace(document, 'armed_away', 'disarmed')");
        try (EventStore store = open()) {
            assertThat(store.panel()).isEqualTo(ARMED);
        }
    }

    @Test
    void copyThatFailsItsCheckIsNotBelieved() throws Exception {
        Files.writeString(folder.resolve(PanelCopy.NAME), ARMED + " 0\n");
        assertThat(EventStore.panelCopy(folder)).isEqualTo(new PanelRecall("", "panel.json is damaged"));
        new PanelCopy(folder).put(ARMED);
        assertThat(EventStore.panelCopy(folder)).isEqualTo(new PanelRecall(ARMED, ""));
    }

    @Test
    void whatBelongsTogetherIsWrittenTogetherWhereverTheThreadComesBy() throws Exception {
        List<StoreEvent> told = new ArrayList<>();
        try (StoreThread thread = new StoreThread(open(), this::open, told::add, () -> 0)) {
            thread.begin();
            thread.keep(Samples.event(1));
            thread.turn();
            thread.keepPanel(PENDING);
            thread.turn();
            try (EventStore reader = open()) {
                assertThat(reader.lastSeq()).as("half a step").isZero();
            }
            thread.end();
            thread.turn();
            try (EventStore reader = open()) {
                assertThat(reader.lastSeq()).isEqualTo(1);
                assertThat(reader.panel()).isEqualTo(PENDING);
            }
        }
        assertThat(told).isEmpty();
    }

    private void sql(String... statements) throws Exception {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                Statement statement = open.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
