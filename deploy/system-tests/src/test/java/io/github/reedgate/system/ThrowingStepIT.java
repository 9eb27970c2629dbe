package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step of the core throws: a defect of the program, in the shipped gateway with a core that has one. */
@Tag("fault")
@Tag("repeated")
final class ThrowingStepIT {

    /** Slow enough for a door whose edges all get lost to be found at rest by reading it. */
    private static final Duration SLOW = Duration.ofMillis(300);

    private static final Duration STORM = Duration.ofSeconds(3);

    /** Ten a second by itself, and more for what arrives; without the pause it would be thousands. */
    private static final int MOST_A_SECOND = 50;

    @TempDir
    private Path folder = Path.of("");

    private FaultRig throwing() {
        FaultRig rig = FaultRig.prepared(folder);
        rig.gateway()
                .by(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target/test-classes").toAbsolutePath() + ":" + Installation.HOME + "/lib/*",
                        ThrowingGateway.class.getName()));
        rig.start();
        rig.awaitOnline();
        return rig;
    }

    @Test
    void aStepThatThrowsIsToldAndCostsNothingElse() throws IOException {
        int moves = Faults.heavy() ? 80 : 12;
        try (FaultRig rig = throwing()) {
            Installation.Ended alarm = rig.gateway().command("test-alarm", "--timeout", "1");
            assertThat(alarm.code()).as("the step that threw told nothing").isEqualTo(6);
            Waiting.until("it is told", () -> rig.ledger().count("gateway_fault") == 1);
            assertThat(rig.gateway().loggedLines("a step failed on"))
                    .singleElement()
                    .asString()
                    .contains("ERROR", "TestRequested");
            Files.createFile(rig.gateway().stateFolder().resolve(ThrowingGateway.EDGES));
            rig.moves(moves, SLOW);
            rig.mended();
            rig.awaitAll();

            assertThat(rig.gateway().loggedLines("a step failed on"))
                    .as("a kind of failure is logged once a minute")
                    .hasSizeBetween(2, 4)
                    .last()
                    .asString()
                    .contains("ERROR", "Edge[sensor=3");
            assertThat(rig.ledger().count("opened", "closed")).as("moves told").isEqualTo(moves);
            assertThat(rig.retained("door_3/detail")).contains("\"health\":\"fault\"");
            rig.account("g4-step-throws", "a step throws: an exception, and an error at each edge of a door", 1, moves);
        }
    }

    @Test
    void stepsThatAllThrowAreToldAfterwardsAndDoNotSpin() throws IOException {
        int moves = Faults.heavy() ? 40 : 8;
        try (FaultRig rig = throwing()) {
            rig.moves(moves);
            rig.awaitAll();
            Path everything = rig.gateway().stateFolder().resolve(ThrowingGateway.EVERYTHING);
            Files.createFile(everything);
            long sinceNanos = System.nanoTime();
            rig.moves(8); // each door twice, so that it is where it was
            Waiting.during(STORM);
            assertThat(rig.ledger().count("gateway_fault"))
                    .as("nothing can be told")
                    .isZero();
            Files.delete(everything);
            long seconds = 1 + Duration.ofNanos(System.nanoTime() - sinceNanos).toSeconds();
            rig.mended();
            Waiting.until("it is told", () -> rig.ledger().count("gateway_fault") == 1);
            Waiting.during(FaultRig.SETTLED);
            rig.moves(moves);
            rig.awaitAll();

            assertThat(failures(rig)).isBetween(3L, seconds * MOST_A_SECOND);
            assertThat(rig.ledger().count("opened", "closed")).as("moves told").isEqualTo(2L * moves);
            rig.account("g5-all-steps-throw", "every step throws for some seconds, then none", 1, 2L * moves);
        }
    }

    /** The number that the one event tells. */
    private static long failures(FaultRig rig) {
        String told = rig.gateway().succeeds("log", "--type", "gateway_fault", "--json");
        return Long.parseLong(told.replaceAll("(?s).*\"failures\":(\\d+).*", "$1"));
    }
}
