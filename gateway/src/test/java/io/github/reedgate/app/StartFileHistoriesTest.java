package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of a gateway: runs of any length, stops in order, cuts at any point, torn and overwritten files. Each start
 * has a folder of its own with the file as it was when the run before was cut; what that run wrote later is gone.
 */
class StartFileHistoriesTest {

    private static final long SEED = 99;
    private static final int LIVES = 25;
    private static final String NAME = "start.properties";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void numbersNeverRepeatAndStartsAreCounted() throws IOException {
        for (int life = 0; life < LIVES; life++) {
            Path home = Files.createDirectory(folder.resolve("life" + life));
            new Life(home, SEED + life).live(10);
        }
    }

    /** One life; keeps what a receiver would have seen. */
    private static final class Life {
        private final Path home;
        private final String name;
        private final Random random;
        private Path folder;
        private long reserved;
        private Instant now = Instant.parse("2026-11-22T21:14:00Z");
        private long highest;
        private long highestBoot;
        private boolean clean = true;
        private boolean damaged;

        Life(Path home, long seed) {
            this.home = home;
            this.folder = home;
            this.name = "seed " + seed;
            this.random = new Random(seed);
        }

        void live(int starts) throws IOException {
            for (int start = 0; start < starts; start++) {
                now = now.plus(Duration.ofSeconds(30 + random.nextInt(1_000)));
                run(start);
            }
        }

        private void run(int start) throws IOException {
            StartFile.Start begun = StartFile.begin(folder, StartFile.Floor.NONE, now, random.nextLong());
            check(begun.facts(), start);
            reserved = reserved();
            StartFile file = begun.file();
            long next = begun.facts().firstSeq();
            long events = random.nextInt(4) == 0 ? random.nextInt(4 * StartFile.BLOCK) : random.nextInt(20);
            for (long event = 0; event < events; event++) {
                next++;
                file.used(next);
                // the disk keeps pace with a handful of events a minute; here it is waited for
                awaitReserved(next);
            }
            highest = next - 1;
            clean = random.nextInt(3) == 0;
            Path cut = Files.createDirectory(home.resolve("after" + start));
            if (clean) {
                file.stopped(next);
                Files.write(cut.resolve(NAME), Files.readAllBytes(folder.resolve(NAME)));
            } else {
                Files.write(cut.resolve(NAME), Files.readAllBytes(folder.resolve(NAME)));
                file.stopped(next); // ends its thread; nobody will see what it wrote
            }
            folder = cut;
            damaged = random.nextInt(4) == 0;
            if (damaged) {
                damage();
            }
        }

        private void check(StartFacts facts, int start) {
            String at = name + ", start " + start;
            assertThat(facts.firstSeq()).as(at).isGreaterThan(highest);
            assertThat(facts.boot()).as(at).isGreaterThan(highestBoot);
            if (start == 0) {
                assertThat(facts.lastStop()).as(at).isEqualTo(LastStop.NONE);
            } else if (damaged) {
                assertThat(facts.lastStop()).as(at).isEqualTo(LastStop.UNCLEAN);
            } else {
                assertThat(facts.lastStop()).as(at).isEqualTo(clean ? LastStop.CLEAN : LastStop.UNCLEAN);
                assertThat(facts.boot()).as(at).isEqualTo(highestBoot + 1);
                if (clean) {
                    assertThat(facts.firstSeq()).as(at).isEqualTo(highest + 1);
                }
                assertThat(facts.firstSeq() - facts.skipped())
                        .as("%s: what is declared skipped covers every number not seen", at)
                        .isLessThanOrEqualTo(highest + 1);
            }
            highestBoot = facts.boot();
        }

        /** Waits until the file on disk reserves the number in use. */
        private void awaitReserved(long next) throws IOException {
            long end = System.nanoTime() + 20_000_000_000L;
            while (reserved < next - 1) {
                reserved = reserved();
                assertThat(System.nanoTime() - end).as("written in time").isNegative();
            }
        }

        private long reserved() throws IOException {
            return Files.readAllLines(folder.resolve(NAME)).stream()
                    .filter(line -> line.startsWith("ceiling="))
                    .mapToLong(line -> Long.parseLong(line.substring("ceiling=".length())))
                    .findFirst()
                    .orElseThrow();
        }

        private void damage() throws IOException {
            Path file = folder.resolve(NAME);
            byte[] bytes = Files.readAllBytes(file);
            int kind = random.nextInt(3);
            if (kind == 0) {
                Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length - 1)));
            } else if (kind == 1) {
                random.nextBytes(bytes);
                Files.write(file, bytes);
            } else {
                // torn inside and cut between the look at it and the write of the new one
                bytes[random.nextInt(bytes.length - 10)] ^= 5;
                Files.write(file, bytes);
                Files.copy(file, folder.resolve("start.properties.damaged"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
