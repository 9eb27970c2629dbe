package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file system under the state folder fails, a real one. */
@Tag("fault")
@Tag("heavy")
final class MountedDiskIT {

    private static final int MOVES = 8;

    /** While the disk fails; the connection does not care. */
    private static final Duration LIVE = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void cardThatTheKernelMadeReadOnlyStopsNoAlarmAndLosesNothing() throws IOException {
        try (LoopDisk card = LoopDisk.on(folder.resolve("state"));
                FaultRig rig = FaultRig.running(folder)) {
            rig.moves(MOVES);
            rig.awaitAll();
            card.fails();
            rig.moves(MOVES);
            awaitMoves(rig, 2 * MOVES);
            awaitTold(rig, "store_fault");
            assertThat(rig.gateway().loggedLines("ERROR"))
                    .as("said loudly")
                    .anyMatch(line -> line.contains("events can't be kept on disk"));
            rig.moves(MOVES);
            awaitMoves(rig, 3 * MOVES);
            rig.kill();
            card.repaired();
            rig.mended();
            rig.start();
            rig.awaitOnline();
            rig.moves(MOVES);
            rig.awaitAll();

            assertThat(rig.gateway().loggedLines("damaged"))
                    .as("all is as it was")
                    .isEmpty();
            rig.account("g4-card-read-only", "kernel makes the card read-only, reboot repairs it", 1, 4L * MOVES);
        }
    }

    @Test
    void gatewayThatStartsOnAFullDiskSendsWhatWaitsAndTellsLiveAndKeepsAllOnceThereIsRoom() throws IOException {
        Path state = Files.createDirectories(folder.resolve("state"));
        assumeTrue(
                mounted("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "reedgate-test", state.toString()),
                "no tmpfs can be mounted here: that needs root");
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.moves(MOVES);
            rig.awaitAll();
            rig.line().refuse();
            rig.line().cut();
            rig.moves(MOVES);
            rig.kill();
            Path ballast = state.resolve("ballast");
            MachineFaultsIT.fill(ballast);
            rig.line().accept();
            rig.start();
            rig.awaitOnline();
            awaitMoves(rig, 2 * MOVES);
            rig.moves(MOVES);
            awaitMoves(rig, 3 * MOVES);
            awaitTold(rig, "store_fault");
            Files.delete(ballast);
            rig.mended();
            awaitTold(rig, "store_ok");
            rig.awaitAll();
            assertThat(rig.store().count())
                    .as("kept on disk")
                    .isEqualTo(rig.ledger().size());
            rig.kill();
            rig.start();
            rig.awaitOnline();
            rig.awaitAll();

            rig.account("f2-starts-on-full-disk", "gateway started on a full disk, then room again", 1, 3L * MOVES);
        } finally {
            mounted("umount", "--lazy", state.toString());
        }
    }

    private static boolean mounted(String... command) {
        return Installation.run(List.of(command), Map.of()).code() == 0;
    }

    private static void awaitMoves(FaultRig rig, long count) {
        Waiting.until("told live", LIVE, () -> rig.ledger().count("opened", "closed") == count);
    }

    private static void awaitTold(FaultRig rig, String type) {
        Waiting.until(type + " is told", () -> rig.ledger().count(type) == 1);
    }
}
