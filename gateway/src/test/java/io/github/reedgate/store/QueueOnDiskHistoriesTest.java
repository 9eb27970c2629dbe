package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories of the log as the queue, on a real disk, with kills at any moment; the seed of a failing one is in the message. */
class QueueOnDiskHistoriesTest {

    private static final int HISTORIES = Integer.getInteger("reedgate.queue.histories", 40);
    private static final int STEPS = 400;
    private static final int SEED = 4_711;

    @TempDir(factory = MemoryFolder.class)
    private Path folder = Path.of("");

    private int kept;
    private int starts;
    private int lateStarts;
    private int renumberings;
    private int repeats;
    private long dropped;

    private void play(Bounds bounds) throws Exception {
        for (int history = 0; history < HISTORIES; history++) {
            String seed = "seed " + (SEED + history);
            try (QueueOnDiskHistory played =
                    new QueueOnDiskHistory(new Random(SEED + history), folder.resolve("h" + history), bounds)) {
                played.play(STEPS);
                played.endWell(seed);
                played.check(seed);
                kept += played.kept();
                starts += played.starts();
                lateStarts += played.lateStarts();
                renumberings += played.renumberings();
                repeats += played.repeats();
                dropped += played.dropped();
            }
        }
        assertThat(kept).isGreaterThan(HISTORIES * 100);
        assertThat(starts).as("kills").isGreaterThan(HISTORIES);
        assertThat(lateStarts).as("starts without a disk").isPositive();
        assertThat(renumberings).isPositive();
        assertThat(repeats).as("something came again, as it may").isPositive();
    }

    @Test
    void whatWasOnDiskArrivesWhateverKillsIt() throws Exception {
        play(Bounds.DEFAULT);
        assertThat(dropped).isZero();
    }

    @Test
    void whatIsNotCountedAsDroppedArrivesAlsoFromALogThatIsFull() throws Exception {
        play(new Bounds(1_000, Duration.ofDays(400), Bounds.DEFAULT.maxBytes()));
        assertThat(dropped).isPositive();
    }
}
