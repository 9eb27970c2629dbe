package io.github.reedgate.system;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker acknowledges, crashes and has forgotten: its memory was no disk. */
@Tag("fault")
@Tag("heavy")
final class BrokerAmnesiaIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatACrashedBrokerHadAcknowledgedAndForgottenIsSentAgain() {
        int moves = Faults.heavy() ? 100 : 20;
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.moves(8);
            rig.awaitAll();
            rig.broker().stop();
            rig.broker().remember();
            rig.comesBack();
            rig.awaitAll();
            rig.witness().leave();
            rig.moves(moves);
            Waiting.until("all is acknowledged", () -> rig.store().waiting() == 0);
            Faults.end(rig.broker());
            rig.broker().forget();
            rig.broker().start();
            rig.mended();
            rig.witness().connect();
            rig.awaitAll();

            rig.accountEvents(
                    "b4-broker-amnesia", "broker crashed and forgot what it had acknowledged", 1, moves + 8L, Set.of());
        }
    }
}
