package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small store cut short, at every byte if there is time (profile {@code faults}), else around the borders of its pages and
 * at places in between. Opening it always succeeds. Of a write-ahead log exactly those commits are there that lie whole
 * before the cut; a database file is whole or is moved aside, and that is said.
 */
@Tag("fault")
@Timeout(1_200)
@Tag("brokerless")
class StoreCutShortIT {

    private static final String DB = "reedgate.db";
    private static final String WAL = "reedgate.db-wal";
    private static final int CLOSED = 3;
    private static final int ALL = 5;

    /** Bytes from one place to the next where not all are tried; no divisor of a page or a frame. */
    private static final int STRIDE = 331;

    private static final int FRAME = StoreFile.PAGE + 24;
    private static final int WAL_HEADER = 32;

    @TempDir(factory = MemoryFolder.class)
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private byte[] closed = new byte[0];
    private byte[] cutOffDb = new byte[0];
    private byte[] cutOffWal = new byte[0];

    /** Size of the write-ahead log, and how many events are kept as soon as it has that size. */
    private final TreeMap<Integer, Integer> kept = new TreeMap<>();

    @BeforeEach
    void writeTheStore() throws Exception {
        Path home = folder.resolve("home");
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            for (int seq = 1; seq <= CLOSED; seq++) {
                store.commit(Samples.batch(seq));
            }
        }
        closed = Files.readAllBytes(home.resolve(DB));
        kept.put(0, CLOSED);
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            for (int seq = CLOSED + 1; seq <= ALL; seq++) {
                store.commit(Samples.batch(seq));
                kept.put((int) Files.size(home.resolve(WAL)), seq);
            }
            cutOffDb = Files.readAllBytes(home.resolve(DB));
            cutOffWal = Files.readAllBytes(home.resolve(WAL));
        }
        assertThat(kept).as("each commit makes the log longer").hasSize(1 + ALL - CLOSED);
    }

    @Test
    void writeAheadLogOfAKilledGatewayKeepsEachCommitBeforeTheCut() throws Exception {
        for (int length = 0; length <= cutOffWal.length; length++) {
            if (isTried(length, WAL_HEADER, FRAME, cutOffWal.length)) {
                Seen seen = open("log of " + length + " bytes", cutOffDb, Arrays.copyOf(cutOffWal, length));
                assertThat(seen.aside()).as("log of " + length + " bytes").isFalse();
                assertThat(seen.seqs())
                        .as("log of " + length + " bytes")
                        .isEqualTo(upTo(kept.floorEntry(length).getValue()));
            }
        }
    }

    @Test
    void databaseIsWholeOrMovedAsideAndThatIsSaid() throws Exception {
        int aside = 0;
        for (int length = 0; length <= closed.length; length++) {
            if (isTried(length, 0, StoreFile.PAGE, closed.length)) {
                Seen seen = open("file of " + length + " bytes", Arrays.copyOf(closed, length), new byte[0]);
                assertThat(seen.seqs())
                        .as("file of " + length + " bytes, moved aside: " + seen.aside())
                        .isEqualTo(upTo(seen.aside() || length == 0 ? 0 : CLOSED));
                aside += seen.aside() ? 1 : 0;
                assertThat(seen.aside() || length == 0 || length > closed.length - StoreFile.PAGE)
                        .as("file of " + length + " bytes: at most its last page, which holds no event, is missing")
                        .isTrue();
            }
        }
        assertThat(aside).isPositive();
    }

    @Test
    void databaseBelowItsWriteAheadLogIsWholeOrMovedAsideAndThatIsSaid() throws Exception {
        for (int length = 0; length <= cutOffDb.length; length++) {
            if (isTried(length, 0, StoreFile.PAGE, cutOffDb.length)) {
                Seen seen = open("file of " + length + " bytes", Arrays.copyOf(cutOffDb, length), cutOffWal);
                assertThat(seen.seqs())
                        .as("file of " + length + " bytes, moved aside: " + seen.aside())
                        .isEqualTo(upTo(seen.aside() ? 0 : ALL));
            }
        }
    }

    /** All places with {@code reedgate.fault.rounds} above its default; else one in {@link #STRIDE} and those at borders. */
    private static boolean isTried(int length, int header, int block, int size) {
        int inBlock = Math.floorMod(length - header, block);
        boolean isNearBorder = inBlock <= 1 || inBlock == block - 1 || length <= 1 || length == size;
        return Integer.getInteger("reedgate.fault.rounds", 0) > 5 || isNearBorder || length % STRIDE == 0;
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** What was found in a store: the numbers of its events, and whether its file was moved aside. */
    private record Seen(List<Long> seqs, boolean aside) {}

    /** Opens the two files as a gateway does, with everything that was logged about it at hand. */
    private Seen open(String what, byte[] db, byte[] wal) throws IOException, StoreException {
        Path home = Files.createDirectories(folder.resolve("copy"));
        Files.write(home.resolve(DB), db);
        Files.write(home.resolve(WAL), wal);
        PrintStream usual = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            return look(what, home, said);
        } finally {
            System.setErr(usual);
            removeAll(home);
        }
    }

    private static Seen look(String what, Path home, ByteArrayOutputStream said) throws StoreException {
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            List<Event> events = store.events(0, 100);
            List<Outbox.Entry> waiting = store.waiting(0, 100);
            for (Event event : events) {
                assertThat(event).as(what).isEqualTo(written(event));
            }
            assertThat(waiting)
                    .as(what)
                    .isEqualTo(events.stream()
                            .map(event -> event.stamp().seq())
                            .map(seq -> Samples.late(Samples.routine(seq, Samples.event(seq))))
                            .toList());
            store.movedAside()
                    .ifPresent(aside -> assertThat(said.toString(StandardCharsets.UTF_8))
                            .as(what)
                            .contains("is damaged", "it was moved to " + aside));
            return new Seen(
                    events.stream().map(event -> event.stamp().seq()).toList(),
                    store.movedAside().isPresent());
        }
    }

    /** The event as it was written; the gateway's id stands in a row of its own, which the next commit writes anew. */
    private static Event written(Event found) {
        Event written = Samples.event(found.stamp().seq());
        return new Event(
                written.type(),
                written.stamp(),
                found.gateway(),
                written.sensor(),
                written.name(),
                written.state(),
                written.message(),
                written.more());
    }

    private static void removeAll(Path home) throws IOException {
        try (var files = Files.list(home)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
