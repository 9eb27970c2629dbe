package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line to the broker fails in the ways lines do. */
@Tag("fault")
final class NetworkFaultsIT {

    private static final String HOST = "broker.example";
    private static final int MANY_MOVES = 10_000;
    private static final int LONGEST_PEACE_MILLIS = 1_500;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void movesArriveThoughTheLineIsCutAndThreeOfTenConnectsAreRefused() {
        int cuts = Faults.heavy() ? 40 : 5;
        Random random = Faults.chance();
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.line().refuseSome(0.3, random.nextLong());
            var moves = rig.mover().begin(FaultRig.GAP, MANY_MOVES);
            for (int cut = 0; cut < cuts; cut++) {
                Waiting.during(Duration.ofMillis(random.nextInt(LONGEST_PEACE_MILLIS)));
                rig.line().cut();
            }
            moves.complete(null);
            Waiting.during(FaultRig.SETTLED);
            rig.mended();
            rig.awaitAll();

            rig.account(
                    "c1-line-cut",
                    "connection cut, 30 % of connects refused",
                    cuts,
                    rig.mover().done());
        }
    }

    @Test
    @Tag("heavy")
    void movesArriveAfterTheLineWasFrozen() {
        int rounds = 3;
        int moves = 40;
        try (FaultRig rig = FaultRig.running(folder)) {
            for (int round = 0; round < rounds; round++) {
                int lost = Math.toIntExact(rig.ledger().count("link_lost"));
                rig.line().freeze();
                rig.moves(moves);
                Waiting.until(
                        "it notices", () -> rig.gateway().loggedLines("WARN").size() > 0);
                Waiting.during(Duration.ofSeconds(12));
                rig.mended();
                rig.line().thaw();
                Waiting.until("it tells", () -> rig.ledger().count("link_lost") > lost);
                rig.awaitAll();
            }
            rig.account("c2-line-frozen", "connection frozen without a reset", rounds, (long) rounds * moves);
        }
    }

    @Test
    @Tag("heavy")
    void movesArriveOverALineOfOneKilobyteASecond() {
        int moves = 30;
        try (FaultRig rig = FaultRig.running(folder)) {
            rig.line().slow(1_000);
            rig.mended();
            rig.moves(moves);
            rig.awaitAll();

            rig.account("c3-line-slow", "line of 1 kB/s", 1, moves);
            assertThat(rig.ledger().count("link_lost"))
                    .as("a slow line is no lost one")
                    .isZero();
        }
    }

    @Test
    @Tag("heavy")
    void movesArriveOnceTheBrokersNameIsKnownAgain() {
        int moves = 40;
        Path hosts = folder.resolve("hosts");
        try (FaultRig rig = FaultRig.at(folder, HOST)) {
            names(hosts, "127.0.0.1 localhost\n");
            rig.gateway()
                    .with("REEDGATE_JAVA_OPTS", "-Djdk.net.hosts.file=" + hosts + " -Dsun.net.inetaddr.negative.ttl=1");
            rig.start();
            rig.moves(moves);
            Waiting.until("it is told", () -> rig.gateway().loggedLines("WARN").size() == 1);
            assertThat(rig.gateway().loggedLines("WARN").get(0)).contains(HOST);
            names(hosts, "127.0.0.1 localhost " + HOST + "\n");
            rig.mended();
            rig.awaitOnline();
            rig.awaitAll();

            rig.account("c4-no-name", "the broker's name can't be resolved, then can", 1, moves);
        }
    }

    private static void names(Path hosts, String content) {
        try {
            Path next = Files.writeString(hosts.resolveSibling("hosts.new"), content);
            Files.move(next, hosts, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
