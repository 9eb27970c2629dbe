package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files cut short and with wrong bits, one copy each. Whatever was done to them: opening succeeds, what is handed out is what
 * was written, the store can be written afterwards, and a file that was not used is still there under another name.
 */
class StoreDamageTest {

    private static final long SEED = 20_261_122L;
    private static final int EVENTS = 40;

    /** Every byte up to here, which is the header and the first table; behind it {@value #FURTHER} places evenly spread. */
    private static final int EVERY_BYTE = 300;

    private static final int FURTHER = 200;
    private static final int FLIPS = 150;
    private static final String DB = "reedgate.db";
    private static final String WAL = "reedgate.db-wal";

    @TempDir(factory = MemoryFolder.class)
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A store that was closed in order. */
    private byte[] closed = new byte[0];

    /** The same one, cut off with all but the oldest events in its write-ahead log. */
    private byte[] cutOffDb = new byte[0];

    private byte[] cutOffWal = new byte[0];
    private int copies;
    private int moved;
    private int whole;

    @BeforeEach
    void writeTheStores() throws Exception {
        Path home = folder.resolve("home");
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            commit(store, 1, EVENTS / 2);
        }
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            commit(store, EVENTS / 2 + 1, EVENTS);
            cutOffDb = Files.readAllBytes(home.resolve(DB));
            cutOffWal = Files.readAllBytes(home.resolve(WAL));
        }
        closed = Files.readAllBytes(home.resolve(DB));
    }

    private static void commit(EventStore store, int from, int to) throws StoreException {
        for (int seq = from; seq <= to; seq++) {
            store.commit(Samples.batch(seq));
        }
    }

    @Test
    void fileCutShortAnywhereIsSurvived() throws Exception {
        for (int length : lengths(closed.length)) {
            survive("db of " + length + " bytes", Arrays.copyOf(closed, length), new byte[0]);
        }
        // not moved: no file, the whole file, and one that lacks bytes of its last page that nothing stands in
        assertThat(whole).as("not moved aside").isBetween(2, 30);
        assertThat(whole + moved).isEqualTo(copies);
    }

    @Test
    void writeAheadLogCutShortAnywhereLosesItsEndOnly() throws Exception {
        int most = 0;
        for (int length : lengths(cutOffWal.length)) {
            int found = survive("log of " + length + " bytes", cutOffDb, Arrays.copyOf(cutOffWal, length));
            assertThat(found).as("log of " + length + " bytes").isBetween(Math.max(most, EVENTS / 2), EVENTS);
            most = Math.max(most, found);
        }
        assertThat(most).isEqualTo(EVENTS);
        assertThat(moved).as("moved aside").isZero();
    }

    @Test
    void cutOffFileCutShortBelowItsLogIsSurvived() throws Exception {
        for (int length : lengths(cutOffDb.length)) {
            survive("db of " + length + " bytes", Arrays.copyOf(cutOffDb, length), cutOffWal);
        }
        assertThat(whole + moved).isEqualTo(copies);
    }

    @Test
    void flippedBitAnywhereIsSurvived() throws Exception {
        Random random = new Random(SEED);
        for (int flip = 0; flip < FLIPS; flip++) {
            int bit = random.nextInt(8);
            int at = flip < 100 ? flip : random.nextInt(closed.length);
            survive("seed " + SEED + ": bit " + bit + " of byte " + at, flipped(closed, at, bit), new byte[0]);
            int inLog = random.nextInt(cutOffWal.length);
            survive("seed " + SEED + ": bit " + bit + " of log " + inLog, cutOffDb, flipped(cutOffWal, inLog, bit));
        }
        assertThat(moved).isPositive();
        assertThat(whole).isPositive();
    }

    @Test
    void manyWrongBytesAreSurvived() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            byte[] torn = closed.clone();
            int from = random.nextInt(torn.length);
            int to = Math.min(torn.length, from + 1 + random.nextInt(5_000));
            for (int at = from; at < to; at++) {
                torn[at] = (byte) (round % 2 == 0 ? 0 : random.nextInt());
            }
            survive("seed " + SEED + ", round " + round, torn, new byte[0]);
        }
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] other = bytes.clone();
        other[at] ^= (byte) (1 << bit);
        return other;
    }

    private static List<Integer> lengths(int size) {
        List<Integer> lengths = new ArrayList<>();
        for (int length = 0; length < size; length += length < EVERY_BYTE ? 1 : 1 + size / FURTHER) {
            lengths.add(length);
        }
        lengths.add(size);
        return lengths;
    }

    /** Opens a damaged copy; gives how many events it still had. */
    private int survive(String what, byte[] db, byte[] wal) throws StoreException, IOException {
        Path home = Files.createDirectory(folder.resolve("copy" + copies++));
        Files.write(home.resolve(DB), db);
        if (wal.length > 0) {
            Files.write(home.resolve(WAL), wal);
        }
        int found;
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            found = check(what, store).size();
            commitAgain(store);
            assertThat(store.events(1_000, 1)).as(what).containsExactly(Samples.event(1_000));
            assertThat(store.waiting(999, 1))
                    .as(what)
                    .containsExactly(Samples.late(Samples.routine(1_000, Samples.event(1_000))));
            if (store.movedAside().isPresent()) {
                moved++;
                Path aside = store.movedAside().get();
                assertThat(Files.exists(aside) || Files.exists(Path.of(aside + "-wal")))
                        .as(what)
                        .isTrue();
                assertThat(aside.getFileName().toString()).as(what).startsWith("reedgate.db.");
            } else {
                whole++;
            }
        }
        removeAll(home);
        return found;
    }

    /** A store whose damage is found only now says so once and can be used at once. */
    private static void commitAgain(EventStore store) throws StoreException {
        try {
            store.commit(Samples.batch(1_000));
        } catch (StoreException e) {
            assertThat(e.trouble()).isEqualTo(StoreException.Trouble.DAMAGED);
            store.commit(Samples.batch(1_000));
        }
    }

    private static List<Event> check(String what, EventStore store) throws StoreException {
        List<Event> events;
        List<Outbox.Entry> waiting;
        try {
            events = store.events(0, 1_000);
            waiting = store.waiting(0, 1_000);
            store.lastStates();
            store.prune();
        } catch (StoreException e) {
            assertThat(e.trouble()).as(what).isEqualTo(StoreException.Trouble.DAMAGED);
            return check(what, store);
        }
        for (Event event : events) {
            Event written = Samples.event(event.stamp().seq());
            assertThat(event.stamp()).as(what).isEqualTo(written.stamp());
            assertThat(event.message()).as(what).isEqualTo(written.message());
        }
        for (Outbox.Entry entry : waiting) {
            assertThat(entry).as(what).isEqualTo(Samples.late(Samples.routine(entry.id(), Samples.event(entry.id()))));
        }
        assertThat(store.waitingCount()).as(what).isEqualTo(waiting.size());
        return events;
    }

    private static void removeAll(Path home) throws IOException {
        try (var files = Files.list(home)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(home);
    }
}
