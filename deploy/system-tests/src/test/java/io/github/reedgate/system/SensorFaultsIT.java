package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reads the lines fails: no edges any more, callbacks that throw, levels that can't be read. */
@Tag("fault")
@Tag("repeated")
final class SensorFaultsIT {

    /** Slow enough for a door whose edges all get lost to be found at rest by reading it. */
    private static final Duration SLOW = Duration.ofMillis(300);

    /** A sensor counts as well again after a minute without trouble. */
    private static final Duration WELL_AGAIN = Duration.ofSeconds(90);

    private final int moves = Faults.heavy() ? 80 : 8;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void movesOfADoorWhoseListenerIsDeadAreFoundReportedAndToldOnce() throws IOException {
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.moves(8);
            rig.sim().ask("deaf door_1 on");
            rig.moves(moves, SLOW);
            awaitFault(rig, "door_1");
            rig.sim().ask("deaf door_1 off");
            rig.mended();
            rig.moves(8);
            awaitWell(rig, 1);

            assertToldOnce(rig);
            rig.account("g1-deaf", "Pi4J tells no edges of a line any more", 1, 16L + moves);
        }
    }

    @Test
    void movesWhoseCallbackThrowsAreFoundReportedAndToldOnce() throws IOException {
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.moves(8);
            rig.sim().ask("throw door_1 edge");
            rig.sim().ask("throw door_2 edge-error");
            rig.moves(moves, SLOW);
            awaitFault(rig, "door_1");
            awaitFault(rig, "door_2");
            assertThat(rig.gateway().loggedLines("edge on line 3 was not taken"))
                    .isNotEmpty();
            assertThat(rig.gateway().loggedLines("edge on line 4 was not taken"))
                    .isNotEmpty();
            rig.sim().ask("throw door_1 off");
            rig.sim().ask("throw door_2 off");
            rig.mended();
            rig.moves(8);
            awaitWell(rig, 2);

            assertToldOnce(rig);
            rig.account(
                    "g2-callback-throws", "the callback of an edge throws, an exception or an error", 1, 16L + moves);
        }
    }

    @Test
    void linesWhoseReadingThrowsAreUnknownAndHinderNoOther() throws IOException {
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.moves(8);
            rig.sim().ask("throw door_0 read");
            rig.sim().ask("throw door_1 read-error");
            awaitFault(rig, "door_0");
            awaitFault(rig, "door_1");
            assertThat(rig.retained("door_0/state")).isEqualTo("unknown");
            assertThat(rig.retained("door_1/state")).isEqualTo("unknown");
            rig.moves(8, SLOW); // each door twice, so that it is where it was
            Waiting.until("the other two doors are heard", () -> rig.ledger().count("opened", "closed") >= 8 + 4);
            assertThat(rig.ledger().count("opened", "closed"))
                    .as("and these by their edges if at all")
                    .isLessThanOrEqualTo(8 + 8);
            rig.sim().ask("throw door_0 off");
            rig.sim().ask("throw door_1 off");
            rig.mended();
            Waiting.until(
                    "they are known again",
                    () -> rig.ledger()
                                    .latest("door_0/state")
                                    .equals(rig.ledger().latest("door_2/state"))
                            && rig.ledger()
                                    .latest("door_1/state")
                                    .equals(rig.ledger().latest("door_2/state")));
            Waiting.during(FaultRig.SETTLED);
            rig.moves(moves);
            awaitWell(rig, 2);

            rig.account("g3-reading-throws", "reading a level throws, an exception or an error", 1, 12L + moves);
        }
    }

    /** Waits until it is reported that a door can't be trusted: as an event, and retained. */
    private static void awaitFault(FaultRig rig, String door) {
        Waiting.until(
                "the fault of " + door + " is known",
                () -> rig.ledger()
                        .latest(door + "/detail")
                        .filter(detail -> detail.contains("\"health\":\"fault\""))
                        .isPresent());
        assertThat(rig.retained(door + "/detail")).contains("\"health\":\"fault\"");
        Waiting.until("it is an event", () -> rig.ledger().count("sensor_fault") > 0);
    }

    /** Waits for the minute that it takes until sensors count as well, if there is time. */
    private static void awaitWell(FaultRig rig, int sensors) {
        if (Faults.heavy()) {
            Waiting.until("they are well again", WELL_AGAIN, () -> rig.ledger().count("sensor_ok") >= sensors);
        }
        rig.awaitAll();
    }

    private static void assertToldOnce(FaultRig rig) {
        assertThat(rig.ledger().count("opened", "closed"))
                .as("moves told")
                .isEqualTo(rig.mover().done());
    }
}
