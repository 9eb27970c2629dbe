package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real I/O error: the process may write files only up to a size, so that the kernel refuses (EFBIG) the write to the
 * write-ahead log that goes beyond, at another place of a frame in each round. It shows one refused write, which the new
 * connection of the second try overcomes by emptying that log; not a disk that goes on failing, and no failing fsync.
 */
@Tag("brokerless")
class StoreIoErrorIT {

    private static final int ROUNDS = 8;

    /** In 512 bytes, above the size of the library that is unpacked. */
    private static final int FIRST_LIMIT = 2_500;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void refusedWriteIsToldAndTheSecondTrySucceeds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Path home = folder.resolve("round" + round);
            String[] told = runLimited(home, FIRST_LIMIT + 5 * round).strip().split(" ", -1);
            assertThat(told).as("round " + round).containsExactly(told[0], "DISK_FAILED", "then", "written");
            long committed = Long.parseLong(told[0]);
            assertThat(committed).isGreaterThan(20);
            check(home, committed + 1);
        }
    }

    private static void check(Path home, long committed) throws StoreException {
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            assertThat(store.movedAside()).isEmpty();
            List<Long> kept = store.events(0, 10_000).stream()
                    .map(event -> event.stamp().seq())
                    .toList();
            assertThat(kept).isEqualTo(upTo(committed));
            assertThat(store.waiting(0, 10_000).stream()
                            .map(entry -> entry.id())
                            .toList())
                    .isEqualTo(kept);
            store.commit(Samples.batch(committed + 1));
            assertThat(store.waitingCount()).isEqualTo(committed + 1);
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private String runLimited(Path home, int limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f " + limit + " && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UntilItFails.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
