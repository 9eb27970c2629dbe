package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway dies of SIGKILL at any moment, as in a power cut but for the disk. */
@Tag("fault")
final class GatewayKilledIT {

    private static final int MANY_MOVES = 1_000;
    private static final int LONGEST_LIFE_MILLIS = 2_500;
    private static final int LONGEST_REPLAY_MILLIS = 400;
    private static final long SLOW_BYTES_PER_SECOND = 20_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void nothingRecordedIsLostByKillsAtRandomMoments() {
        int rounds = Faults.rounds();
        Random random = Faults.chance();
        List<Long> settled = new ArrayList<>();
        try (FaultRig rig = FaultRig.prepared(folder)) {
            for (int round = 0; round < rounds; round++) {
                rig.start();
                var unused = rig.mover().begin(FaultRig.GAP, MANY_MOVES);
                Waiting.during(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
                settled.add(rig.settledMoves());
                rig.kill();
            }
            rig.mended();
            rig.start();
            rig.awaitOnline();
            rig.awaitAll();

            for (int round = 0; round < rounds; round++) {
                int boot = round + 1;
                long told = rig.ledger().moves(boot);
                assertThat(told).as("moves told of boot " + boot).isGreaterThanOrEqualTo(settled.get(round));
            }
            rig.account("a1-gateway-killed", "gateway killed -9 at random moments, doors moving", rounds, 0);
        }
    }

    @Test
    void nothingIsLostByKillsDuringTheReplayOfABacklog() {
        int rounds = Math.max(3, Faults.rounds() / 4);
        Random random = Faults.chance();
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.line().refuse();
            rig.line().cut();
            rig.moves(Faults.heavy() ? 100 : 30);
            rig.kill();
            rig.line().slow(SLOW_BYTES_PER_SECOND);
            rig.line().accept();
            for (int round = 0; round < rounds; round++) {
                rig.start();
                var unused = rig.mover().begin(FaultRig.GAP, MANY_MOVES);
                Waiting.until("it connects", () -> rig.line().connections() > 0);
                Waiting.during(Duration.ofMillis(random.nextInt(LONGEST_REPLAY_MILLIS)));
                rig.kill();
            }
            rig.line().slow(0);
            rig.mended();
            rig.start();
            rig.awaitOnline();
            rig.awaitAll();

            assertThat(rig.ledger().events()).as("some are marked").anyMatch(Ledger.Told::replayed);
            rig.account("a2-killed-in-replay", "gateway killed -9 while it replays a backlog", rounds, 0);
        }
    }
}
