package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits to be told beside the broker is kept with the events, and outlives the store. */
class NoticeStoreTest {

    @TempDir
    private Path folder;

    private EventStore open() throws StoreException {
        return EventStore.open(folder, Bounds.DEFAULT);
    }

    private static Batch batch(long seq, NoticeChange change) {
        Batch events = Samples.batch(seq);
        return new Batch(events.events(), events.added(), events.removed(), null, change);
    }

    @Test
    void noticesAreFoundAgain() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, new NoticeChange(Map.of(7L, "{seven}", 8L, "{eight}"), Set.of())));
            store.commit(batch(2, NoticeChange.removing(7)));
        }
        try (EventStore store = open()) {
            assertThat(store.notices()).containsExactly(Map.entry(8L, "{eight}"));
        }
    }

    @Test
    void batchMayBeTriedAgain() throws Exception {
        try (EventStore store = open()) {
            Batch batch = batch(1, new NoticeChange(Map.of(7L, "{seven}"), Set.of(3L)));
            store.commit(batch);
            store.commit(batch);
            assertThat(store.notices()).containsOnlyKeys(7L);
        }
    }

    @Test
    void rowThatIsNotAsItWasWrittenIsEmpty() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, NoticeChange.adding(7, "{\"text\":\"Door opened\"}")));
        }
        sql("UPDATE notice SET document = replace(document, 'Door', 'Gate')");
        try (EventStore store = open()) {
            assertThat(store.notices()).containsExactly(Map.entry(7L, ""));
        }
    }

    @Test
    void storeOfTheLayoutBeforeIsBroughtUpAndKeepsWhatItHas() throws Exception {
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
        }
        Layouts.former(folder, 2, Map.of("panel", "{armed}"));
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isEmpty();
            assertThat(store.lastSeq()).isEqualTo(1);
            assertThat(store.snapshot().row()).contains("{armed}");
            assertThat(store.notices()).isEmpty();
            store.commit(batch(2, NoticeChange.adding(1, "{one}")));
        }
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isEmpty();
            assertThat(store.notices()).containsOnlyKeys(1L);
        }
    }

    @Test
    void storeOfTheFirstLayoutIsBroughtUp() throws Exception {
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
        }
        Layouts.former(folder, 1, Map.of());
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isEmpty();
            store.commit(batch(2, NoticeChange.adding(1, "{one}")));
            assertThat(store.notices()).containsOnlyKeys(1L);
        }
    }

    @Test
    void eventAndItsNoticeAreWrittenTogetherWhereverTheThreadComesBy() throws Exception {
        try (StoreThread thread = new StoreThread(open(), this::open, told -> {}, () -> 0)) {
            thread.begin();
            thread.keep(Samples.event(1));
            thread.turn();
            thread.keepNotice(1, "{one}");
            thread.turn();
            try (EventStore reader = open()) {
                assertThat(reader.lastSeq()).as("half a step").isZero();
                assertThat(reader.notices()).isEmpty();
            }
            thread.end();
            thread.turn();
            try (EventStore reader = open()) {
                assertThat(reader.lastSeq()).isEqualTo(1);
                assertThat(reader.notices()).containsOnlyKeys(1L);
            }
        }
    }

    @Test
    void noticeThatIsGoneBeforeItWasWrittenIsNeverWritten() throws Exception {
        try (StoreThread thread = new StoreThread(open(), this::open, told -> {}, () -> 0)) {
            thread.keepNotice(1, "{one}");
            thread.forgetNotice(1);
            thread.keepNotice(2, "{two}");
            thread.turn();
            try (EventStore reader = open()) {
                assertThat(reader.notices()).containsOnlyKeys(2L);
            }
        }
    }

    @Test
    void changesAddUp() {
        NoticeChange sum =
                NoticeChange.adding(1, "a").and(NoticeChange.removing(1)).and(NoticeChange.adding(2, "b"));

        assertThat(sum).isEqualTo(new NoticeChange(Map.of(2L, "b"), Set.of(1L)));
        assertThat(NoticeChange.NONE.isEmpty()).isTrue();
        assertThat(new Batch(List.of(), List.of(), List.of(), null, sum).isEmpty())
                .isFalse();
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
