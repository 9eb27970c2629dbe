package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting starts and numbering events across stops, cuts and damage. */
class StartFileTest {

    private static final Instant NOW = Instant.parse("2026-11-22T21:14:00Z");
    private static final long SEED = 42;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void firstStartBeginsWithOne() throws IOException {
        assertThat(begin().facts()).isEqualTo(new StartFacts(1, 1, LastStop.NONE, 0, SEED));
    }

    @Test
    void numbersGoOnWithoutAGapAfterACleanStop() throws IOException {
        StartFile first = begin().file();
        first.used(8);
        first.stopped(8);

        assertThat(begin().facts()).isEqualTo(new StartFacts(2, 8, LastStop.CLEAN, 0, SEED));
    }

    @Test
    void numbersReservedAreSkippedAfterACut() throws IOException {
        begin().file().used(8);

        assertThat(begin().facts())
                .isEqualTo(new StartFacts(2, StartFile.BLOCK + 1, LastStop.UNCLEAN, StartFile.BLOCK, SEED));
        assertThat(begin().facts().boot()).isEqualTo(3);
    }

    @Test
    void whatAStartSkippedThatWasCutBeforeItsFirstEventWasKeptIsDeclaredByTheNext() throws IOException {
        begin();
        assertThat(begin(2, 1)).isEqualTo(new StartFacts(2, 1_001, LastStop.UNCLEAN, 998, SEED));
        assertThat(begin(2, 1)).as("3 to 2000").isEqualTo(new StartFacts(3, 2_001, LastStop.UNCLEAN, 1_998, SEED));
        assertThat(begin(2_001, 3)).isEqualTo(new StartFacts(4, 3_001, LastStop.UNCLEAN, 999, SEED));
    }

    private StartFacts begin(long keptSeq, long keptBoot) throws IOException {
        return StartFile.begin(folder, new StartFile.Floor(keptSeq, keptBoot), NOW, SEED)
                .facts();
    }

    @Test
    void cutRightAfterACleanStopsNextStartIsUncleanAgain() throws IOException {
        begin().file().stopped(5);
        begin();

        assertThat(begin().facts()).isEqualTo(new StartFacts(3, 5 + StartFile.BLOCK, LastStop.UNCLEAN, 1000, SEED));
    }

    @Test
    void nextBlockIsReservedWellBeforeTheOldOneIsUsedUp() throws IOException {
        StartFile first = begin().file();
        for (long next = 1; next <= 3 * StartFile.BLOCK; next++) {
            first.used(next);
        }
        first.stopped(3 * StartFile.BLOCK);

        assertThat(begin().facts()).isEqualTo(new StartFacts(2, 3 * StartFile.BLOCK, LastStop.CLEAN, 0, SEED));
    }

    @Test
    void fileCutAtAnyByteNeverBringsANumberBack() throws IOException {
        StartFile first = begin().file();
        first.used(600); // now numbers up to 2000 are reserved
        first.stopped(1_500);
        begin();
        byte[] whole = Files.readAllBytes(file());
        assertThat(new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1))
                .startsWith("boot=2\nnext=1500\nceiling=2499\nclean=false\ncheck=");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));

            StartFacts facts = begin().facts();

            assertThat(facts.firstSeq()).as("cut at byte %d", length).isGreaterThan(2_499);
            assertThat(facts.boot()).as("cut at byte %d", length).isGreaterThan(2);
            assertThat(facts.lastStop()).as("cut at byte %d", length).isEqualTo(LastStop.UNCLEAN);
        }
    }

    @Test
    void flippedBitInAnyByteIsNoticedOrHarmless() throws IOException {
        begin().file().used(8);
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file(), damaged);

            assertThat(begin().facts().firstSeq()).as("byte %d", at).isGreaterThan(StartFile.BLOCK);
        }
    }

    @Test
    void garbageIsKeptForWhoWantsToSeeItAndNumbersGoOnFarAhead() throws IOException {
        Files.writeString(file(), "no such file, \\uZZZZ\n");

        StartFacts facts = begin().facts();

        assertThat(facts.firstSeq()).isEqualTo(NOW.toEpochMilli() + 1);
        assertThat(facts.boot()).isEqualTo(NOW.getEpochSecond() + 1);
        assertThat(facts.lastStop()).isEqualTo(LastStop.UNCLEAN);
        assertThat(folder.resolve("start.properties.damaged")).hasContent("no such file, \\uZZZZ\n");
        assertThat(begin().facts().firstSeq()).as("and from there").isEqualTo(facts.firstSeq() + StartFile.BLOCK);
    }

    @Test
    void clockThatWasNeverSetBringsNoNumberBack() throws IOException {
        Files.writeString(file(), "garbage");

        StartFacts facts = StartFile.begin(folder, StartFile.Floor.NONE, Instant.ofEpochSecond(12), SEED)
                .facts();

        assertThat(facts.firstSeq()).isEqualTo(StartFile.EARLIEST.toEpochMilli() + 1);
    }

    @Test
    void leftoverOfAWriteThatWasCutIsOfNoConsequence() throws IOException {
        begin().file().stopped(5);
        Files.writeString(folder.resolve("start.properties.new"), "boot=");

        assertThat(begin().facts()).isEqualTo(new StartFacts(2, 5, LastStop.CLEAN, 0, SEED));
    }

    @Test
    void fileThatCannotBeWrittenStopsTheStart() throws IOException {
        Files.createDirectory(folder.resolve("start.properties.new"));

        assertThatThrownBy(this::begin).isInstanceOf(IOException.class);
    }

    @Test
    void writeThatFailsIsTriedAgainWithTheNextEvent() throws IOException {
        StartFile first = begin().file();
        Path obstacle = folder.resolve("start.properties.new");
        Files.createDirectory(obstacle);
        long next = 1;
        first.used(next); // enough are left, so nothing is written yet
        next = 600;
        first.used(next);
        untilFailed(first);
        Files.delete(obstacle);
        first.used(next);
        first.used(next + 1);
        first.stopped(next + 1);

        assertThat(begin().facts()).isEqualTo(new StartFacts(2, 601, LastStop.CLEAN, 0, SEED));
        assertThat(first.failed()).isFalse();
    }

    @Test
    void startWithoutAFolderDeclaresWhatItSkipsAndIsKeptOnceThereIsOne() throws IOException {
        Path missing = folder.resolve("state");
        StartFile.Floor floor = new StartFile.Floor(17, 3);
        StartFile.Start start = StartFile.unwritten(missing, floor, NOW, SEED);
        long first = start.facts().firstSeq();
        assertThat(first).isEqualTo(NOW.toEpochMilli() + 1);
        assertThat(start.facts().skipped()).isEqualTo(first - 18);
        assertThat(StartFile.unwritten(missing, StartFile.Floor.NONE, NOW, SEED)
                        .facts()
                        .skipped())
                .as("nothing is known of numbers before")
                .isZero();
        start.file().used(first + 1);

        Files.createDirectory(missing);
        start.file().used(first + 2);
        start.file().stopped(first + 2);

        StartFacts next = StartFile.begin(missing, floor, NOW, SEED).facts();
        assertThat(next.firstSeq()).isEqualTo(first + 2);
        assertThat(next.lastStop()).isEqualTo(LastStop.CLEAN);
    }

    private static void untilFailed(StartFile file) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!file.failed()) {
            assertThat(System.nanoTime() - end).as("the write fails in time").isNegative();
            Thread.onSpinWait();
        }
    }

    private StartFile.Start begin() throws IOException {
        return StartFile.begin(folder, StartFile.Floor.NONE, NOW, SEED);
    }

    private Path file() {
        return folder.resolve("start.properties");
    }
}
