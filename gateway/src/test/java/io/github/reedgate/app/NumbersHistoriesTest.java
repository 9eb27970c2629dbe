package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.FakeLink;
import io.github.reedgate.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whole gateways on real state folders, which are cut off, put back, lost and copied: a number never stands for two events. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NumbersHistoriesTest {

    private static final Logger LOG = LoggerFactory.getLogger(NumbersHistoriesTest.class);
    private static final int HISTORIES = Integer.getInteger("reedgate.numbers.histories", 12);
    private static final long SEED = Long.getLong("reedgate.seed", 20_261_129L);

    @TempDir
    private Path work = Path.of("");

    @Test
    void emptyFolderBeginsWithOneIfTheBrokerKnowsNothing() throws Exception {
        try (StoreRig rig =
                StoreRig.start(Files.createDirectory(work.resolve("new")), StoreRig.PLAIN, StoreRig.BEGIN)) {
            rig.connect();
            rig.acceptAll();
            assertThat(rig.events("started"))
                    .singleElement()
                    .satisfies(event -> assertThat(event).containsEntry("seq", 1));
            assertThat(rig.events("numbers_skipped")).isEmpty();
            assertThat(rig.retained("diagnostics/watermark")).isEqualTo("1");
        }
    }

    @Test
    void emptyFolderIsLostIfTheBrokerKnowsNumbers() throws Exception {
        try (StoreRig rig =
                StoreRig.start(Files.createDirectory(work.resolve("new")), StoreRig.PLAIN, StoreRig.BEGIN)) {
            rig.connect(40);
            rig.acceptAll();
            assertThat(rig.events("numbers_skipped"))
                    .singleElement()
                    .satisfies(event -> assertThat(event).containsEntry("reason", "lost"));
            assertThat(rig.events("started"))
                    .singleElement()
                    .satisfies(event -> assertThat(Long.parseLong(String.valueOf(event.get("seq"))))
                            .isGreaterThan(10_040));
        }
    }

    /** The broker got nothing of the run in which it was connected, and the copy used the numbers that came behind. */
    @Test
    void whatWasNumberedBehindTheEndOfAConnectionIsNumberedAnew() throws Exception {
        Book book = new Book("twins");
        Path mine = Files.createDirectory(work.resolve("mine"));
        StoreRig rig = StoreRig.start(mine, StoreRig.PLAIN, StoreRig.BEGIN);
        rig.connect();
        rig.acceptAll();
        rig.stop();
        book.takeAll(rig);
        Path copy = Files.createDirectory(work.resolve("copy"));
        copy(mine, copy);

        rig = StoreRig.start(mine, StoreRig.PLAIN, StoreRig.BEGIN);
        rig.connect(book.watermark.orElseThrow());
        rig.disconnect();
        rig.move(StoreRig.WINDOW, true);
        rig.move(StoreRig.WINDOW, false);
        rig.stop();

        rig = StoreRig.start(copy, StoreRig.PLAIN, StoreRig.BEGIN);
        rig.connect(book.watermark.orElseThrow());
        rig.move(StoreRig.WINDOW, true);
        rig.acceptAll();
        assertThat(rig.events("numbers_skipped")).isEmpty();
        rig.stop();
        book.takeAll(rig);

        rig = StoreRig.start(mine, StoreRig.PLAIN, StoreRig.BEGIN);
        rig.connect(book.watermark.orElseThrow());
        rig.acceptAll();
        rig.stop();
        book.takeAll(rig);
        assertThat(book.skips).isEqualTo(1);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void numberNeverStandsForTwoEvents() throws Exception {
        int skips = 0;
        int unknown = 0;
        for (int played = 0; played < HISTORIES; played++) {
            History history = new History(SEED + played, Files.createDirectory(work.resolve("history" + played)));
            history.play();
            skips += history.broker.skips;
            unknown += history.broker.aboveTheWatermark.size();
        }
        LOG.info("{} histories: numbers skipped {} times, {} that nobody could know of", HISTORIES, skips, unknown);
        assertThat(skips).as("histories in which the watermark was needed").isPositive();
    }

    /** Keeps which event a number stands for, and the watermark. */
    private static final class Book {

        private final String name;
        private final Map<Long, String> ids = new HashMap<>();
        private final Set<Long> aboveTheWatermark = new HashSet<>();
        private OptionalLong watermark = OptionalLong.empty();
        private int skips;

        Book(String name) {
            this.name = name;
        }

        void takeAll(StoreRig rig) {
            rig.link.sent().forEach(each -> take(each.message()));
        }

        void take(Message message) {
            if (VirtualBroker.isWatermark(message)) {
                watermark = OptionalLong.of(Long.parseLong(message.payload()));
                return;
            }
            String seq = message.userProperties().get("seq");
            if (message.retain() || seq == null) {
                return; // an alarm line may leave before it is known which numbers are used
            }
            if (message.payload().contains("\"numbers_skipped\"")) {
                skips++;
            }
            long number = Long.parseLong(seq);
            String id = message.userProperties().getOrDefault("id", "none");
            String before = ids.put(number, id);
            if (before != null && !aboveTheWatermark.contains(number)) {
                assertThat(id).as("%s: number %d", name, number).isEqualTo(before);
            }
        }

        /** Another folder is used: of what is above the watermark nobody can know. That is a limit, and named as one. */
        void changeOfFolder() {
            ids.keySet().stream().filter(number -> number > watermark.orElse(0)).forEach(aboveTheWatermark::add);
        }
    }

    /** Some runs of gateways with the same id, one at a time. */
    private static final class History {

        private static final int STEPS = 24;

        private final Random random;
        private final Path home;
        private final Book broker;
        private final List<Path> folders = new ArrayList<>();
        private final List<String> steps = new ArrayList<>();
        private Instant wall = StoreRig.BEGIN;
        private StoreRig rig;
        private int seen;
        private int made;

        History(long seed, Path home) throws Exception {
            this.random = new Random(seed);
            this.home = home;
            this.broker = new Book("history of seed " + seed);
            folders.add(newFolder());
            this.rig = start(folders.get(0));
        }

        private Path newFolder() throws IOException {
            return Files.createDirectory(home.resolve("state" + made++));
        }

        private StoreRig start(Path folder) throws Exception {
            wall = wall.plus(Duration.ofMinutes(random.nextInt(3)));
            seen = 0;
            return StoreRig.start(folder, StoreRig.PLAIN, wall);
        }

        private void deliver() {
            for (FakeLink.Sent each : rig.link.sentSince(seen)) {
                if (each.connection() > 0) {
                    broker.take(each.message());
                }
            }
            seen = rig.link.count();
        }

        void play() throws Exception {
            try {
                for (int step = 0; step < STEPS; step++) {
                    step();
                    deliver();
                }
                end(true);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + " after " + steps, e);
            }
        }

        private void step() throws Exception {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> move();
                case 3, 4, 5 -> connect();
                case 6 -> disconnect();
                case 7 -> go("restart", folders.get(0), true);
                case 8 -> go("cut", cut(), false);
                case 9 -> save();
                case 10 -> change();
                default -> lose();
            }
        }

        private void move() {
            steps.add("move");
            rig.move(StoreRig.WINDOW, true);
            rig.move(StoreRig.WINDOW, false);
        }

        private void connect() {
            if (rig.link.isUp()) {
                return;
            }
            steps.add("connect " + broker.watermark);
            if (broker.watermark.isPresent()) {
                rig.connect(broker.watermark.getAsLong());
            } else {
                rig.connect();
            }
            if (random.nextInt(4) > 0) {
                acceptAll();
            }
        }

        private void acceptAll() {
            if (rig.link.isUp()) {
                steps.add("accept");
                rig.acceptAll();
            }
        }

        private void disconnect() {
            if (rig.link.isUp()) {
                steps.add("disconnect");
                rig.disconnect();
            }
        }

        /** The folder in use as a power cut would leave it. */
        private Path cut() throws IOException {
            Path cut = newFolder();
            rig.copyTo(cut);
            deliver();
            return cut;
        }

        private void end(boolean inOrder) {
            if (inOrder) {
                rig.stop();
                deliver();
            } else {
                rig.close();
            }
        }

        /** Ends the run; the next one is on another folder, which is the first from now on. */
        private void go(String how, Path next, boolean inOrder) throws Exception {
            steps.add(how);
            end(inOrder);
            folders.set(0, next);
            rig = start(next);
        }

        /** Keeps a copy, which may be put back, or run in turns with the other; of a folder in use, or after a stop in order. */
        private void save() throws Exception {
            if (folders.size() == 4) {
                return;
            }
            if (random.nextBoolean()) {
                steps.add("save");
                folders.add(cut());
                return;
            }
            steps.add("save and restart");
            end(true);
            Path saved = newFolder();
            copy(folders.get(0), saved);
            folders.add(saved);
            rig = start(folders.get(0));
        }

        /** Goes on with another folder: an older one is put back for good, or the copy's turn has come. */
        private void change() throws Exception {
            if (folders.size() == 1) {
                return;
            }
            boolean inOrder = random.nextBoolean();
            Path mine = inOrder ? folders.get(0) : cut();
            int other = 1 + random.nextInt(folders.size() - 1);
            Path next = folders.get(other);
            boolean isForGood = random.nextBoolean();
            go((isForGood ? "put back " : "change with ") + other + (inOrder ? "" : ", cut"), next, inOrder);
            broker.changeOfFolder();
            if (isForGood) {
                folders.remove(other);
            } else {
                folders.set(other, mine);
            }
        }

        private void lose() throws Exception {
            if (random.nextInt(3) == 0) {
                go("lose", newFolder(), random.nextBoolean());
                broker.changeOfFolder();
            }
        }
    }
}
