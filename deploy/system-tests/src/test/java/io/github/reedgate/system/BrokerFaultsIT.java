package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away, comes back, comes back having forgotten. */
@Tag("fault")
final class BrokerFaultsIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void movesWhileTheBrokerIsStoppedArriveAfterwards() {
        int moves = Faults.heavy() ? 200 : 40;
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.moves(8);
            rig.broker().stop();
            rig.moves(moves, Faults.heavy() ? FaultRig.MINUTE.dividedBy(moves) : FaultRig.GAP);
            rig.comesBack();
            rig.awaitAll();
            rig.moves(8);
            rig.awaitAll();

            rig.account("b1-broker-stopped", "broker stopped while doors move", 1, moves + 16);
        }
    }

    @Test
    @Tag("heavy")
    void movesAroundAKillOfTheBrokerArrive() {
        int rounds = 10;
        try (FaultRig rig = FaultRig.running(folder)) {
            for (int round = 0; round < rounds; round++) {
                rig.moves(10);
                rig.broker().kill();
                rig.moves(10);
                rig.comesBack();
            }
            rig.awaitAll();

            rig.account("b2-broker-killed", "broker killed -9, its store kept", rounds, rounds * 20L);
        }
    }

    @Test
    void aBrokerThatComesBackEmptyGetsTheTruthAndWhatItNeverAcknowledged() {
        int moves = Faults.heavy() ? 100 : 20;
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.moves(8);
            rig.awaitAll();
            Faults.end(rig.broker());
            rig.broker().forget();
            rig.moves(moves);
            rig.comesBack();
            rig.awaitAll();

            assertThat(rig.retained("door_0/detail")).contains("\"health\":\"ok\"");
            rig.account("b3-broker-empty", "broker killed -9 and restarted empty", 1, moves + 8L);
        }
    }
}
