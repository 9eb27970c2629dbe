package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.LogReaders;
import io.github.reedgate.delivery.Publisher;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Payloads;
import io.github.reedgate.message.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random history of the publisher and the readers of the log over a store on a real disk, with kills at any moment: a kill goes on in a
 * copy of the files, and what was not handed to the disk by then is forgotten. Used once, by one thread.
 */
final class QueueOnDiskHistory implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final Topics TOPICS = Topics.of("reedgate", "home");
    private static final Payloads PAYLOADS = new Payloads(new Messages(TOPICS), ZoneOffset.UTC);

    private final Random random;
    private final Path parent;
    private final Bounds bounds;
    private final Deque<StoreEvent> told = new ArrayDeque<>();
    private final FakeLink link = new FakeLink();
    // recorded, but perhaps not on disk: a kill may forget it
    private final List<LogRow> unsure = new ArrayList<>();
    private final List<LogRow> kept = new ArrayList<>();
    private final Set<String> events = new HashSet<>();
    private final Set<String> lines = new HashSet<>();
    private Path folder;
    private StoreThread thread;
    private LogReaders readers;
    private Publisher publisher;
    private boolean usable = true;
    private long nowNanos;
    private long firstSeq;
    private long lastSeq;
    private long ids;
    private long confirmed;
    private long dropped;
    private int starts;
    private int lateStarts;
    private int renumberings;
    private int repeats;

    QueueOnDiskHistory(Random random, Path parent, Bounds bounds) throws Exception {
        this.random = random;
        this.parent = parent;
        this.bounds = bounds;
        this.folder = Files.createDirectories(parent.resolve("0"));
        EventStore store = EventStore.open(folder, bounds);
        firstSeq = 1;
        thread = thread(store);
        readers = new LogReaders(thread::source, EventStore.stored(store));
        publisher = publisher();
    }

    private StoreThread thread(@Nullable EventStore store) {
        return new StoreThread(store, this::open, told::add, () -> nowNanos);
    }

    private EventStore open() throws StoreException {
        if (!usable) {
            throw new StoreException(StoreException.Trouble.DISK_FAILED, "planted", new IOException("planted"));
        }
        return EventStore.open(folder, bounds);
    }

    private Publisher publisher() {
        Message online = Message.retainedText(TOPICS.availability(), "online");
        return new Publisher(readers, link, new Publisher.Rules(online, PAYLOADS, PAUSE), id -> {});
    }

    void play(int steps) throws Exception {
        for (int step = 0; step < steps; step++) {
            step();
        }
    }

    private void step() throws Exception {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> record(1 + random.nextInt(4));
            case 5, 6, 7 -> write();
            case 8, 9, 10, 11 -> hear();
            case 12, 13, 14 -> answer(random.nextInt(80));
            case 15 -> connect();
            case 16 -> disconnect();
            case 17 -> nowNanos += Duration.ofSeconds(random.nextInt(8)).toNanos();
            case 18 -> rare();
            default -> publisher.takeChange().ifPresent(thread::delivered);
        }
    }

    private void rare() throws Exception {
        switch (random.nextInt(6)) {
            case 0, 1 -> kill();
            case 2 -> renumber();
            case 3 -> record(400);
            case 4 -> usable = true;
            default -> {}
        }
    }

    /** A step of the gateway: alarm lines, then the store, then the events; a page that is asked for in between comes in its turn. */
    private void record(int count) {
        thread.begin();
        for (int i = 0; i < count; i++) {
            lastSeq = Math.max(firstSeq - 1, lastSeq) + (random.nextInt(12) == 0 ? 1L + random.nextInt(30) : 1L);
            LogRow row = row(lastSeq, random.nextInt(5) == 0 ? Priority.ALARM : Priority.ROUTINE);
            if (row.hasLine()) {
                publisher.ring(row, 0);
            }
            thread.keep(row);
            publisher.append(row);
            unsure.add(row);
            if (random.nextInt(4) == 0) {
                publisher.refill();
            }
        }
        thread.confirm(++confirmed);
        thread.end();
    }

    private LogRow row(long seq, Priority priority) {
        return new LogRow(
                seq, "id" + ++ids, 1, Instant.EPOCH, true, 0, "opened", null, null, null, "m", null, priority);
    }

    /** A round of the store's thread. Its answers are heard later. */
    private void write() {
        thread.confirm(confirmed);
        List<StoreEvent> before = List.copyOf(told);
        told.clear();
        thread.turn();
        for (StoreEvent event : told) {
            if (event instanceof StoreEvent.Dropped drops) { // counted here: a kill may come before anybody hears of it
                dropped += drops.drops().routine() + drops.drops().alarms();
            } else if (event instanceof StoreEvent.Confirmed done && done.stored() && done.number() == confirmed) {
                kept.addAll(unsure);
                unsure.clear();
            }
        }
        List<StoreEvent> fresh = List.copyOf(told);
        told.clear();
        told.addAll(before);
        told.addAll(fresh);
    }

    /** The loop takes in some of what the store said. */
    private void hear() {
        for (int count = random.nextInt(4); count >= 0 && !told.isEmpty(); count--) {
            StoreEvent event = told.remove();
            if (event instanceof StoreEvent.Page page) {
                readers.loaded(page.topic(), page.page());
            } else if (event instanceof StoreEvent.Opened opened) {
                readers.opened(opened.stored());
            } else if (event instanceof StoreEvent.Recovered) {
                readers.readAgain();
            } else if (event instanceof StoreEvent.Dropped drops) {
                readers.dropped(drops.drops(), drops.events(), drops.lines());
            }
            publisher.refill();
        }
    }

    private void answer(int most) {
        for (int i = 0; i < most && link.isUp() && link.unanswered() > 0; i++) {
            take(link.sentSince(link.count() - link.unanswered()).get(0).message());
            publisher.published(link.answer(PublishOutcome.ACCEPTED), nowNanos);
        }
        publisher.refill();
    }

    private void take(Message message) {
        String id = message.userProperties().getOrDefault("id", "");
        if (message.topic().equals(TOPICS.event())) {
            repeats += events.add(id) ? 0 : 1;
        } else if (message.topic().equals(TOPICS.alarm())) {
            lines.add(id);
        }
    }

    private void connect() {
        disconnect();
        publisher.linkUp(link.up(random.nextInt(3) == 0 ? 4 : FakeLink.NO_LIMIT), nowNanos);
    }

    private void disconnect() {
        if (link.isUp()) {
            int unheard = random.nextInt(link.unanswered() + 1); // the broker took them, nobody hears of it
            link.sentSince(link.count() - link.unanswered()).subList(0, unheard).forEach(sent -> take(sent.message()));
            link.down();
            publisher.linkDown();
        }
    }

    /** The numbers of this start were used before. */
    private void renumber() {
        if (lastSeq < firstSeq) {
            return;
        }
        long by = lastSeq - firstSeq + 1 + random.nextInt(50);
        thread.begin();
        thread.renumber(firstSeq, lastSeq, by);
        publisher.renumber(firstSeq, lastSeq, by).ifPresent(thread::delivered);
        thread.end();
        firstSeq += by;
        lastSeq += by;
        renumberings++;
    }

    /** Killed, and started again in a copy of the files; sometimes the store can't be opened for a while. */
    private void kill() throws Exception {
        disconnect();
        Path copy = Files.createDirectories(parent.resolve(String.valueOf(++starts)));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> !each.toString().endsWith("-shm")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        close();
        folder = copy;
        unsure.clear();
        told.clear();
        usable = random.nextInt(4) > 0;
        firstSeq = lastSeq + 1 + random.nextInt(2_000);
        if (usable) {
            EventStore store = EventStore.open(folder, bounds);
            assertThat(store.movedAside()).isEmpty();
            thread = thread(store);
            readers = new LogReaders(thread::source, EventStore.stored(store));
        } else {
            lateStarts++;
            thread = thread(null);
            readers = LogReaders.unopened(thread::source, firstSeq);
        }
        publisher = publisher();
    }

    /** The disk works, the broker takes everything, until nothing waits. */
    void endWell(String seed) {
        usable = true;
        connect();
        record(1); // a store that can't be opened is opened once there is something to write
        for (int round = 0; round < 2_000 && !isOver(); round++) {
            nowNanos += Duration.ofSeconds(1).toNanos();
            publisher.takeChange().ifPresent(thread::delivered);
            write();
            while (!told.isEmpty()) {
                hear();
            }
            publisher.tick(nowNanos);
            answer(1_000);
        }
        assertThat(isOver())
                .as("%s: %d wait, %d not on disk", seed, publisher.depth(), unsure.size())
                .isTrue();
    }

    private boolean isOver() {
        return publisher.depth() == 0 && readers.isBased() && unsure.isEmpty() && link.unanswered() == 0;
    }

    void check(String seed) {
        List<String> missing = kept.stream()
                .filter(row -> !events.contains(row.id()) || (row.hasLine() && !lines.contains(row.id())))
                .map(row -> row.id() + (row.hasLine() ? " with a line" : ""))
                .toList();
        assertThat(missing.size())
                .as("%s: missing %s of %d", seed, missing.stream().limit(10).toList(), kept.size())
                .isLessThanOrEqualTo((int) dropped);
    }

    int kept() {
        return kept.size();
    }

    int starts() {
        return starts;
    }

    int lateStarts() {
        return lateStarts;
    }

    int renumberings() {
        return renumberings;
    }

    int repeats() {
        return repeats;
    }

    long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        thread.close();
    }
}
