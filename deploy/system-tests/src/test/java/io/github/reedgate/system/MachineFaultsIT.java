package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine runs out of something, or its clock jumps. */
@Tag("fault")
final class MachineFaultsIT {

    private static final int MOVES = 20;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void movesArriveOnceThereAreFileDescriptorsAgain() throws IOException {
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.moves(8);
            rig.awaitAll();
            descriptors(rig, openDescriptors(rig));
            rig.line().cut();
            rig.moves(MOVES);
            Waiting.until(
                    "it can't connect", () -> rig.gateway().loggedLines("WARN").size() > 0);
            assertThat(rig.ledger().count("opened", "closed")).isEqualTo(8);
            descriptors(rig, 4096);
            rig.mended();
            rig.awaitAll();

            rig.account("e1-descriptors", "no file descriptor left, connection cut", 1, MOVES + 8L);
        }
    }

    private static long openDescriptors(FaultRig rig) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + rig.gateway().pid() + "/fd"))) {
            return open.count();
        }
    }

    /** Sets how many the running process may have. */
    private static void descriptors(FaultRig rig, long most) {
        run("prlimit", "--pid", Long.toString(rig.gateway().pid()), "--nofile=" + most + ":");
    }

    private static void run(String... command) {
        Installation.Ended ended = Installation.run(List.of(command), Map.of());
        assertThat(ended.code())
                .as(String.join(" ", command) + ": " + ended.err())
                .isZero();
    }

    @Test
    @Tag("heavy")
    void liveEventsGoOnWhileTheDiskIsFullAndAllAreKeptAfterwards() throws IOException {
        Path state = Files.createDirectories(folder.resolve("state"));
        run("mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "reedgate-test", state.toString());
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.moves(MOVES);
            rig.awaitAll();
            Path ballast = state.resolve("ballast");
            fill(ballast);
            rig.moves(MOVES);
            Waiting.until("it is told", () -> rig.ledger().count("store_fault") == 1);
            Waiting.until("live events go on", () -> rig.ledger().count("opened", "closed") == 2 * MOVES);
            Files.delete(ballast);
            rig.mended();
            Waiting.until("that is told", () -> rig.ledger().count("store_ok") == 1);
            rig.awaitAll();
            assertThat(rig.store().count())
                    .as("kept on disk")
                    .isEqualTo(rig.ledger().size());
            rig.kill();
            rig.start();
            rig.awaitOnline();
            rig.awaitAll();

            rig.account("f1-disk-full", "disk full, then room again", 1, 2L * MOVES);
        } finally {
            run("umount", "--lazy", state.toString());
        }
    }

    /** Writes a file until there is no room left. */
    static void fill(Path file) throws IOException {
        byte[] block = new byte[1024];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).as("the disk is full").hasMessageContaining("No space left");
        }
    }

    @Test
    @Tag("heavy")
    void clockJumpsOfHoursDelayAndLoseNothing() throws IOException {
        List<String> clocks = List.of("+6h", "-6h", "+0", "+30h", "-30h", "+0");
        Path clock = folder.resolve("clock");
        set(clock, "+0");
        try (FaultRig rig = FaultRig.prepared(folder)) {
            rig.gateway()
                    .with("LD_PRELOAD", fakeTime().toString())
                    .with("FAKETIME_TIMESTAMP_FILE", clock.toString())
                    .with("FAKETIME_CACHE_DURATION", "1")
                    .with("DONT_FAKE_MONOTONIC", "1")
                    .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                    // with it every thread that waits for a time would turn round and round instead
                    .with("FAKETIME_FORCE_MONOTONIC_FIX", "0");
            rig.start();
            rig.awaitOnline();
            rig.moves(MOVES);
            for (String next : clocks) {
                set(clock, next);
                rig.moves(MOVES);
                Waiting.until(
                        "told at once, with the clock at " + next,
                        Duration.ofSeconds(2),
                        () -> rig.ledger().count("opened", "closed")
                                == rig.mover().done());
            }
            rig.line().refuse();
            rig.line().cut();
            set(clock, "-12h");
            rig.moves(MOVES);
            set(clock, "+12h");
            rig.moves(MOVES);
            rig.line().accept();
            rig.mended();
            rig.awaitAll();

            assertThat(rig.ledger().daysSeen()).as("the jumps were seen at all").isGreaterThan(2);
            rig.account("d1-clock", "clock jumps of 6 to 60 hours, both ways", clocks.size() + 2, 9L * MOVES);
        }
    }

    private static void set(Path clock, String offset) throws IOException {
        Path next = Files.writeString(clock.resolveSibling("clock.new"), offset + "\n");
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path fakeTime() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(each -> each.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("no libfaketime below /usr/lib: apt-get install libfaketime"));
        }
    }
}
