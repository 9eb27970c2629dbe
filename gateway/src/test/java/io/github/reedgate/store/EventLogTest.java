package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.LogRow;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a store beside whoever writes it. */
final class EventLogTest {

    private static final int ALL = 1_000;

    @TempDir
    private Path folder = Path.of("");

    private static List<Long> seqs(EventLog log, EventQuery query) throws LogException {
        EventLog.Page page = log.events(query, 0, Long.MAX_VALUE, ALL);
        assertThat(page.damaged()).isEmpty();
        assertThat(page.isEnd()).isTrue();
        return page.events().stream().map(LogRow::seq).toList();
    }

    private List<Long> seqs(EventQuery query) throws LogException {
        try (EventLog log = EventLog.open(folder)) {
            return seqs(log, query);
        }
    }

    private Set<String> files() throws Exception {
        try (var all = Files.list(folder)) {
            return Set.copyOf(all.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void everyColumnOfARowIsRead() throws Exception {
        Event event = new Event(
                EventType.OPENED,
                LogSamples.stamp(12, Instant.parse("1970-01-01T00:00:01.002Z"), false),
                "home",
                "front_door",
                "Front door",
                "open",
                "Front door opened",
                Map.of("bounces", 3L));
        LogSamples.keep(folder, List.of(event), List.of(LogSamples.alarm(1, event)));
        try (EventLog log = EventLog.open(folder)) {
            assertThat(log.events(EventQuery.ALL, 0, ALL, ALL).events())
                    .containsExactly(new LogRow(
                            12,
                            LogSamples.id(12),
                            7,
                            Instant.ofEpochMilli(1_002),
                            false,
                            12_000,
                            "opened",
                            "front_door",
                            "Front door",
                            "open",
                            "Front door opened",
                            "{\"bounces\":3}",
                            true));
        }
    }

    @Test
    void sinceIsPartOfTheRangeAndUntilIsNot() throws Exception {
        LogSamples.keepUsual(folder);
        Instant two = LogSamples.time(2);
        Instant four = LogSamples.time(4);
        assertThat(seqs(LogSamples.between(two, four))).containsExactly(2L, 3L);
        assertThat(seqs(LogSamples.between(two.plusMillis(1), four.plusMillis(1))))
                .containsExactly(3L, 4L);
        assertThat(seqs(LogSamples.between(null, two))).containsExactly(1L);
        assertThat(seqs(LogSamples.between(four, null))).containsExactly(4L, 5L);
        assertThat(seqs(EventQuery.ALL)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void sensorTypeAndAlarmNarrowTheRangeTogether() throws Exception {
        LogSamples.keepUsual(folder);
        Optional<Instant> none = Optional.empty();
        assertThat(seqs(new EventQuery(none, none, Set.of("back_door"), Set.of(), false)))
                .containsExactly(4L, 5L);
        assertThat(seqs(new EventQuery(none, none, Set.of("back_door", "front_door", "x"), Set.of(), false)))
                .containsExactly(2L, 3L, 4L, 5L);
        assertThat(seqs(new EventQuery(none, none, Set.of(), Set.of(EventType.OPENED, EventType.STARTED), false)))
                .containsExactly(1L, 2L, 4L);
        assertThat(seqs(new EventQuery(none, none, Set.of(), Set.of(), true))).containsExactly(2L);
        assertThat(seqs(new EventQuery(none, none, Set.of("back_door"), Set.of(EventType.OPENED), true)))
                .isEmpty();
        assertThat(seqs(new EventQuery(none, none, Set.of("' OR 1 --"), Set.of(), false)))
                .isEmpty();
    }

    @Test
    void pagesFollowEachOtherUpToTheEnd() throws Exception {
        LogSamples.keepUsual(folder);
        try (EventLog log = EventLog.open(folder)) {
            EventLog.Page first = log.events(EventQuery.ALL, 0, 4, 2);
            EventLog.Page second = log.events(EventQuery.ALL, first.last(), 4, 2);
            EventLog.Page third = log.events(EventQuery.ALL, second.last(), 4, 2);
            assertThat(List.of(first.last(), second.last(), third.last())).containsExactly(2L, 4L, 0L);
            assertThat(first.isEnd()).isFalse();
            assertThat(third.isEnd()).isTrue();
            assertThat(third.events()).isEmpty();
        }
    }

    @Test
    void newestAreCountedAmongThoseThatFit() throws Exception {
        LogSamples.keepUsual(folder);
        EventQuery opened =
                new EventQuery(Optional.empty(), Optional.empty(), Set.of(), Set.of(EventType.OPENED), false);
        try (EventLog log = EventLog.open(folder)) {
            assertThat(log.newest()).isEqualTo(5);
            assertThat(log.startOfNewest(EventQuery.ALL, 5, 2)).isEqualTo(3);
            assertThat(log.startOfNewest(EventQuery.ALL, 4, 2)).isEqualTo(2);
            assertThat(log.startOfNewest(EventQuery.ALL, 5, 0)).isEqualTo(5);
            assertThat(log.startOfNewest(opened, 5, 1)).isEqualTo(2);
            assertThat(log.startOfNewest(opened, 5, 9)).isZero();
            assertThat(log.sensors()).containsExactly("back_door", "front_door");
        }
    }

    @Test
    void everyLookSeesWhatWasCommittedBeforeItWhileTheStoreIsOpen() throws Exception {
        try (EventStore store = LogSamples.open(folder)) {
            try (EventLog log = EventLog.open(folder)) {
                for (long seq = 1; seq <= 50; seq++) {
                    store.commit(new Batch(List.of(LogSamples.event(seq, EventType.TEST, null)), List.of(), List.of()));
                    assertThat(log.newest()).isEqualTo(seq);
                    assertThat(seqs(log, EventQuery.ALL)).hasSize((int) seq);
                }
            }
        }
    }

    @Test
    void readerBesideABusyWriterSeesAGrowingLogWithoutGaps() throws Exception {
        int events = 400;
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try (EventStore store = LogSamples.open(folder)) {
            Future<?> writing = writer.submit(() -> {
                for (long seq = 1; seq <= events; seq++) {
                    store.commit(new Batch(List.of(LogSamples.event(seq, EventType.TEST, null)), List.of(), List.of()));
                }
                return null;
            });
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            List<Long> seen = new ArrayList<>();
            while (seen.size() < events && System.nanoTime() < deadline) {
                List<Long> now = seqs(EventQuery.ALL);
                assertThat(now).hasSizeGreaterThanOrEqualTo(seen.size());
                for (int i = 0; i < now.size(); i++) {
                    assertThat(now.get(i)).isEqualTo(i + 1);
                }
                seen = now;
            }
            writing.get(60, TimeUnit.SECONDS);
            assertThat(seen).hasSize(events);
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void readerOfAStoppedStoreSeesWhatAGatewayWritesThatStartsMeanwhile() throws Exception {
        LogSamples.keepUsual(folder);
        try (EventLog log = EventLog.open(folder)) {
            assertThat(seqs(log, EventQuery.ALL)).hasSize(5);
            try (EventStore store = LogSamples.open(folder)) {
                store.commit(new Batch(List.of(LogSamples.event(6, EventType.TEST, null)), List.of(), List.of()));
                assertThat(seqs(log, EventQuery.ALL)).hasSize(6);
            }
            assertThat(seqs(log, EventQuery.ALL)).hasSize(6);
        }
    }

    @Test
    void readingAStoppedStoreMakesNoFile() throws Exception {
        LogSamples.keepUsual(folder);
        Set<String> before = files();
        assertThat(before).contains("reedgate.db").doesNotContain("reedgate.db-wal", "reedgate.db-shm");
        seqs(EventQuery.ALL);
        assertThat(files()).isEqualTo(before);
    }

    /** Root may write everywhere, so this says little when root runs it. */
    @Test
    void folderThatCanNotBeWrittenIsReadFrom() throws Exception {
        LogSamples.keepUsual(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertThat(seqs(EventQuery.ALL)).hasSize(5);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Empty if Java can't name such a file in the locale of this process. */
    private static String umlaut() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "US-ASCII"))
                        .newEncoder()
                        .canEncode('ä')
                ? "ä"
                : "";
    }

    @Test
    void storeOfAGatewayThatWasCutOffIsReadWholeWithAndWithoutItsIndex() throws Exception {
        Path copy = Files.createDirectory(folder.resolve("copy " + umlaut() + " ?#%"));
        Path bare = Files.createDirectory(folder.resolve("bare"));
        try (EventStore store = LogSamples.open(folder)) {
            store.commit(new Batch(List.of(LogSamples.event(1, EventType.TEST, null)), List.of(), List.of()));
            for (String name : List.of("reedgate.db", "reedgate.db-wal", "reedgate.db-shm")) {
                Files.copy(folder.resolve(name), copy.resolve(name));
                if (!name.endsWith("-shm")) {
                    Files.copy(folder.resolve(name), bare.resolve(name));
                }
            }
        }
        for (Path cut : List.of(copy, bare)) {
            try (EventLog log = EventLog.open(cut)) {
                assertThat(seqs(log, EventQuery.ALL)).containsExactly(1L);
            }
        }
        assertThat(Files.size(copy.resolve("reedgate.db-wal"))).isPositive();
    }

    @Test
    void newStoreAtTheSamePlaceHasAnotherIdentity() throws Exception {
        LogSamples.keepUsual(folder);
        Path other = Files.createDirectory(folder.resolve("other"));
        LogSamples.keepUsual(other);
        try (EventLog one = EventLog.open(folder);
                EventLog same = EventLog.open(folder);
                EventLog another = EventLog.open(other)) {
            assertThat(one.identity()).isEqualTo(same.identity()).isNotEqualTo(another.identity());
        }
    }

    @Test
    void backlogIsCountedByClassWithItsOldestAndNewest() throws Exception {
        Event alarm = LogSamples.event(1, EventType.OPENED, "front_door");
        Event early =
                LogSamples.event(LogSamples.stamp(2, Instant.ofEpochSecond(5), false), EventType.TEST, null, "Test");
        Event pruned = LogSamples.event(3, EventType.CLOSED, "front_door");
        LogSamples.keep(
                folder,
                List.of(alarm, early),
                List.of(LogSamples.routine(7, early), LogSamples.alarm(8, alarm), LogSamples.routine(9, pruned)));
        try (EventLog log = EventLog.open(folder)) {
            Backlog backlog = log.backlog();
            assertThat(backlog.depth()).isEqualTo(3);
            assertThat(backlog.alarms()).isEqualTo(1);
            assertThat(backlog.routine()).isEqualTo(2);
            assertThat(backlog.oldest())
                    .hasValue(new Backlog.Waiting(
                            "reedgate/home/event", 2, Optional.of(Instant.ofEpochSecond(5)), false));
            assertThat(backlog.newest())
                    .hasValue(new Backlog.Waiting("reedgate/home/event", 3, Optional.of(LogSamples.time(3)), true));
            assertThat(backlog.bytes()).isEqualTo(Files.size(folder.resolve("reedgate.db")));
        }
    }

    @Test
    void emptyStoreHasNoEventsAndNoBacklog() throws Exception {
        LogSamples.keep(folder, List.of(), List.of());
        try (EventLog log = EventLog.open(folder)) {
            assertThat(log.newest()).isZero();
            assertThat(seqs(log, EventQuery.ALL)).isEmpty();
            assertThat(log.backlog().depth()).isZero();
            assertThat(log.backlog().oldest()).isEmpty();
        }
    }
}
