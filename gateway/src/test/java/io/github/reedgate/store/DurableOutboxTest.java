package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox.Drops;
import io.github.reedgate.delivery.Outbox.Entry;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox on a real store, whose thread is played by the test. */
class DurableOutboxTest {

    private static final long SEED = 20_261_123L;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Deque<StoreEvent> told = new ArrayDeque<>();
    private final List<EventStore> opened = new ArrayList<>();
    private long nowNanos;

    @AfterEach
    void close() {
        opened.forEach(EventStore::close);
    }

    @Test
    void emptyOutboxHasNothing() throws StoreException {
        Rig rig = open();

        assertThat(rig.outbox.size()).isZero();
        assertThat(rig.outbox.next(0)).isEmpty();
        assertThat(rig.outbox.hasNext(0)).isFalse();
        assertThat(rig.outbox.takeDrops()).isEqualTo(Drops.NONE);
    }

    @Test
    void whatWaitsComesBackAfterARestartInOrder() throws StoreException {
        Rig rig = open();
        for (int i = 1; i <= 3; i++) {
            rig.append("m" + i);
        }
        rig.outbox.remove(2);
        rig.turn();

        Rig again = open();

        assertThat(again.outbox.size()).isEqualTo(2);
        assertThat(again.drain()).containsExactly("m1", "m3");
        assertThat(again.append("m4").id()).as("numbers go on").isEqualTo(4);
    }

    @Test
    void backlogLargerThanTheCacheIsReadPageByPageAndNeverWhole() throws StoreException {
        Rig rig = open();
        int count = 3 * DurableOutbox.MOST_CACHED + 17;
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rig.append("m" + i);
            names.add("m" + i);
            if (i % 100 == 0) {
                rig.turn();
            }
        }
        assertThat(rig.outbox.cached()).isEqualTo(DurableOutbox.MOST_CACHED);
        rig.turn();

        assertThat(rig.outbox.size()).isEqualTo(count);
        assertThat(rig.drain()).isEqualTo(names);
        assertThat(rig.outbox.size()).isZero();
        assertThat(open().outbox.size()).isZero();
    }

    @Test
    void readerThatBeginsAnewFindsEverythingAgain() throws StoreException {
        Rig rig = open();
        int count = 2 * DurableOutbox.MOST_CACHED;
        for (int i = 1; i <= count; i++) {
            rig.append("m" + i);
        }
        rig.turn();
        assertThat(rig.read()).hasSize(count);
        assertThat(rig.outbox.cached()).isLessThanOrEqualTo(DurableOutbox.MOST_CACHED + DurableOutbox.PAGE);

        assertThat(rig.read()).hasSize(count).startsWith("m1", "m2").endsWith("m" + count);
    }

    @Test
    void messageRemovedAheadOfTheReaderIsNotFetched() throws StoreException {
        Rig rig = open();
        int count = DurableOutbox.MOST_CACHED + 600;
        for (int i = 1; i <= count; i++) {
            rig.append("m" + i);
        }
        rig.turn();
        Entry live = rig.append("live");

        rig.outbox.remove(live.id());
        rig.outbox.remove(live.id());

        assertThat(rig.outbox.size()).isEqualTo(count);
        assertThat(rig.drain()).hasSize(count).doesNotContain("live");
    }

    @Test
    void oldestIsFoundWhereverTheReaderStandsAndLeavesItThere() throws StoreException {
        Rig rig = open();
        assertThat(rig.outbox.oldest()).isEmpty();
        int count = 2 * DurableOutbox.MOST_CACHED;
        for (int i = 1; i <= count; i++) {
            rig.append("m" + i);
        }
        rig.turn();
        rig.read();
        assertThat(rig.outbox.oldest().map(Entry::id)).contains(1L);
        int cached = rig.outbox.cached();

        rig.outbox.remove(1);
        assertThat(rig.outbox.oldest().map(Entry::id).orElseThrow())
                .as("what the reader left behind is not fetched again for this")
                .isGreaterThan(1L);
        assertThat(rig.outbox.cached()).isEqualTo(cached);

        rig.turn();
        nowNanos += StoreWork.REMOVAL_DELAY.toNanos();
        rig.turn();
        Rig again = open();
        assertThat(again.outbox.oldest()).as("not at hand yet").isEmpty();
        again.turn();
        assertThat(again.outbox.oldest().map(Entry::id)).contains(2L);
        assertThat(again.read()).hasSize(count - 1);
    }

    @Test
    void removingWhatNeverWasChangesNothing() throws StoreException {
        Rig rig = open();
        rig.append("m1");

        rig.outbox.remove(4711);
        rig.outbox.remove(0);

        assertThat(rig.outbox.size()).isEqualTo(1);
    }

    @Test
    void dropsOfTheStoreAreCounted() throws StoreException {
        Rig rig = open();
        rig.append("m1");
        rig.append("m2");

        rig.outbox.dropped(new Drops(1, 0));

        assertThat(rig.outbox.size()).isEqualTo(1);
        assertThat(rig.outbox.takeDrops()).isEqualTo(new Drops(1, 0));
        assertThat(rig.outbox.takeDrops()).isEqualTo(Drops.NONE);
    }

    @Test
    void whatTheStoreDroppedIsNeitherSentNorCountedOnceMore() throws StoreException {
        Rig rig = open(new Bounds(1, Bounds.DEFAULT.maxAge(), Bounds.DEFAULT.maxBytes()));
        for (int i = 1; i <= 5; i++) {
            rig.append("m" + i);
        }
        rig.turn(); // two messages may wait: three are dropped

        assertThat(rig.outbox.takeDrops()).isEqualTo(new Drops(3, 0));
        assertThat(rig.outbox.size()).isEqualTo(2);
        assertThat(rig.drain()).containsExactly("m4", "m5");
        assertThat(rig.outbox.size()).isZero();
    }

    @Test
    void droppedMessageThatIsOnItsWayLeavesNothingStuck() throws StoreException {
        Rig rig = open(new Bounds(1, Bounds.DEFAULT.maxAge(), Bounds.DEFAULT.maxBytes()));
        List<Entry> sent = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            sent.add(rig.append("m" + i));
        }
        rig.outbox.next(sent.get(1).id());
        rig.turn(); // m1 and m2 are dropped while they are on their way
        rig.outbox.remove(sent.get(0).id());
        rig.outbox.remove(sent.get(1).id());

        assertThat(rig.drain()).containsExactly("m3", "m4");
    }

    @Test
    void diskThatComesBackShowsWhatItHadKeptToItself() throws StoreException {
        Rig before = open();
        before.append("old");
        before.turn();
        Rig rig = open(Bounds.DEFAULT, 1L << 40, 0);
        rig.append("new");
        rig.turn();

        rig.outbox.readAgain();

        assertThat(rig.drain()).containsExactly("old", "new");
    }

    /** A model says what must wait; restarts, late pages and readers that begin anew happen at random. */
    @Test
    void randomHistoriesLoseAndDoubleNothing() throws StoreException {
        for (int history = 0; history < 8; history++) {
            Random random = new Random(SEED + history);
            TreeSet<Long> waiting = new TreeSet<>();
            Rig rig = open();
            for (long leftover : rig.ids()) {
                rig.outbox.remove(leftover);
            }
            long cursor = 0;
            for (int step = 0; step < 1_500; step++) {
                int choice = random.nextInt(100);
                if (choice < 45) {
                    waiting.add(rig.append("m").id());
                } else if (choice < 80) {
                    Optional<Entry> next = rig.outbox.next(cursor);
                    if (next.isPresent()) {
                        long id = next.get().id();
                        assertThat(waiting.higher(cursor))
                                .as("seed %d", SEED + history)
                                .isEqualTo(id);
                        cursor = id;
                        if (random.nextInt(3) > 0) {
                            rig.outbox.remove(id);
                            waiting.remove(id);
                        }
                    }
                } else if (choice < 90) {
                    rig.store.turn();
                } else if (choice < 98) {
                    rig.takeIn();
                } else if (choice == 98) {
                    cursor = 0;
                } else {
                    rig.turn();
                    nowNanos += StoreWork.REMOVAL_DELAY.toNanos();
                    rig.turn();
                    nowNanos += StoreWork.REMOVAL_DELAY.toNanos();
                    rig.turn();
                    rig = open();
                    cursor = 0;
                }
                assertThat(rig.outbox.size()).as("seed %d", SEED + history).isEqualTo(waiting.size());
                if (step % 7 == 0) {
                    rig.outbox
                            .oldest()
                            .ifPresent(oldest -> assertThat(waiting.first()).isEqualTo(oldest.id()));
                }
            }
            assertThat(rig.ids()).as("seed %d", SEED + history).containsExactlyElementsOf(waiting);
        }
    }

    private Rig open() throws StoreException {
        return open(Bounds.DEFAULT);
    }

    private Rig open(Bounds bounds) throws StoreException {
        EventStore store = store(bounds);
        return new Rig(store, store.lastEntryId(), (int) store.waitingCount());
    }

    private Rig open(Bounds bounds, long lastId, int waiting) throws StoreException {
        return new Rig(store(bounds), lastId, waiting);
    }

    private EventStore store(Bounds bounds) throws StoreException {
        opened.forEach(EventStore::close);
        opened.clear();
        told.clear();
        EventStore store = EventStore.open(folder, bounds);
        opened.add(store);
        return store;
    }

    /** An outbox and the thread behind it. */
    private final class Rig {

        private final StoreThread store;
        private final DurableOutbox outbox;

        Rig(EventStore eventStore, long lastId, int waiting) {
            store = new StoreThread(eventStore, () -> eventStore, told::add, () -> nowNanos);
            outbox = new DurableOutbox(store, lastId, waiting);
        }

        Entry append(String name) {
            Message message =
                    new Message("gate/event", name, QoS.AT_LEAST_ONCE, false, Message.TEXT, Map.of("seq", "1"));
            return outbox.append(message, Priority.ROUTINE);
        }

        void turn() {
            store.turn();
            takeIn();
        }

        void takeIn() {
            StoreEvent event = told.poll();
            while (event != null) {
                if (event instanceof StoreEvent.Page page) {
                    outbox.loaded(page);
                } else if (event instanceof StoreEvent.Dropped dropped) {
                    outbox.dropped(dropped.drops());
                }
                event = told.poll();
            }
        }

        /** Reads from the beginning without removing. */
        List<String> read() {
            List<String> names = new ArrayList<>();
            long cursor = 0;
            while (outbox.hasNext(cursor)) {
                Optional<Entry> next = outbox.next(cursor);
                if (next.isPresent()) {
                    names.add(next.get().message().payload());
                    cursor = next.get().id();
                } else {
                    turn();
                }
            }
            return names;
        }

        List<Long> ids() {
            List<Long> ids = new ArrayList<>();
            long cursor = 0;
            while (outbox.hasNext(cursor)) {
                Optional<Entry> next = outbox.next(cursor);
                next.ifPresent(entry -> ids.add(entry.id()));
                cursor = next.map(Entry::id).orElse(cursor);
                turn();
            }
            return ids;
        }

        List<String> drain() {
            List<String> names = new ArrayList<>();
            long cursor = 0;
            while (outbox.hasNext(cursor)) {
                Optional<Entry> next = outbox.next(cursor);
                if (next.isPresent()) {
                    names.add(next.get().message().payload());
                    cursor = next.get().id();
                    outbox.remove(cursor);
                } else {
                    turn();
                }
            }
            turn();
            nowNanos += StoreWork.REMOVAL_DELAY.toNanos();
            turn();
            return names;
        }
    }
}
