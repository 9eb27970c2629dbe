package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.reedgate.testdisk.FailingDisk;
import io.github.reedgate.testdisk.FailingDisk.Answer;
import io.github.reedgate.testdisk.FailingDisk.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk refuses the n-th call, once or from then on, while the gateway runs or already when it starts. */
@Tag("fault")
@Tag("heavy")
final class DiskFaultsIT {

    /** While the disk fails; the connection does not care. */
    private static final Duration LIVE = Duration.ofSeconds(20);

    private static final int MOST_MOVES = 40;
    private static final int MOVES = 8;

    @TempDir
    private Path folder = Path.of("");

    private Optional<FailingDisk> disk = Optional.empty();

    /** What fails, and which ones of these calls. */
    private record Fault(Call call, Answer answer, int most) {}

    @BeforeEach
    void compile() {
        Optional<String> whyNot = FailingDisk.whyNot();
        assumeTrue(whyNot.isEmpty(), whyNot::orElseThrow);
        disk = Optional.of(FailingDisk.in(folder));
    }

    private FailingDisk disk() {
        return disk.orElseThrow();
    }

    /** A rig whose gateway has that disk; not started. */
    private FaultRig rig(String part) {
        FaultRig rig = FaultRig.prepared(folder);
        disk().environment(part).forEach(rig.gateway()::with);
        return rig;
    }

    @Test
    void refusedCallIsToldEventsGoOnAndAllAreKeptAfterwards() {
        List<Fault> faults = List.of(
                new Fault(Call.WRITE, Answer.IO_ERROR, 5),
                new Fault(Call.WRITE, Answer.NO_SPACE, 3),
                new Fault(Call.TORN, Answer.NO_SPACE, 3),
                new Fault(Call.TORN, Answer.IO_ERROR, 2),
                new Fault(Call.SYNC, Answer.IO_ERROR, 3));
        int rounds = 0;
        try (FaultRig rig = rig("/state/reedgate.db")) {
            rig.start();
            rig.awaitOnline();
            for (Fault fault : faults) {
                for (int nth = 1; nth <= fault.most(); nth++) {
                    disk().failOnce(fault.call(), fault.answer(), nth);
                    rounds++;
                    moveUntilItFails(rig, fault + ", number " + nth, rounds);
                    rig.mended();
                    awaitTold(rig, "store_ok", rounds);
                }
            }
            restartAndAccount(rig, "g1-disk-refuses-once", "disk refuses the n-th write or fsync, once", rounds);
        }
    }

    @Test
    void diskThatRefusesAllFromTheNthCallOnIsToldAndGetsAllOnceItIsWell() {
        List<Fault> faults = List.of(
                new Fault(Call.WRITE, Answer.IO_ERROR, 2),
                new Fault(Call.SYNC, Answer.IO_ERROR, 2),
                new Fault(Call.TORN, Answer.NO_SPACE, 2));
        int rounds = 0;
        try (FaultRig rig = rig("/state/reedgate.db")) {
            rig.start();
            rig.awaitOnline();
            for (Fault fault : faults) {
                for (int nth = 1; nth <= fault.most(); nth++) {
                    disk().failFrom(fault.call(), fault.answer(), nth);
                    rounds++;
                    moveUntilItFails(rig, fault + ", number " + nth, rounds);
                    int failed = disk().failed();
                    moveAndAwait(rig, MOVES, fault.toString());
                    Waiting.until("it is tried again", () -> disk().failed() > failed);
                    disk().heal();
                    rig.mended();
                    awaitTold(rig, "store_ok", rounds);
                }
            }
            restartAndAccount(rig, "g2-disk-refuses-all", "disk refuses all from the n-th write or fsync on", rounds);
        }
    }

    @Test
    void gatewayThatStartsOnAReadOnlyDiskSensesAndTellsAndKeepsAllOnceItIsWritable() {
        try (FaultRig rig = rig("/state/")) {
            rig.start();
            rig.awaitOnline();
            moveAndAwait(rig, MOVES, "before");
            rig.line().refuse();
            rig.line().cut();
            rig.moves(MOVES);
            rig.kill();
            disk().failFrom(Call.OPEN, Answer.READ_ONLY, 1);
            rig.line().accept();
            rig.start();
            Waiting.until("what waits is read all the same", () -> rig.ledger().count("opened", "closed") == 2 * MOVES);
            moveAndAwait(rig, MOVES, "on a disk that is read-only");
            awaitTold(rig, "store_fault", 1);
            assertThat(rig.gateway().loggedLines("ERROR"))
                    .as("said with the fix")
                    .anyMatch(line -> line.contains("can't be used") && line.contains("make"));
            disk().heal();
            rig.mended();
            awaitTold(rig, "store_ok", 1);
            moveAndAwait(rig, MOVES, "on a disk that is writable");
            restartAndAccount(rig, "g3-starts-read-only", "gateway started on a read-only disk, then writable", 1);
        }
    }

    /** Moves doors, one after another, until the disk has failed; each is told at once all the same. */
    private void moveUntilItFails(FaultRig rig, String what, int faults) {
        for (int move = 0; move < MOST_MOVES && disk().failed() == 0; move++) {
            moveAndAwait(rig, 1, what);
        }
        assertThat(disk().failed()).as(what + ": refused").isPositive();
        awaitTold(rig, "store_fault", faults);
    }

    private static void moveAndAwait(FaultRig rig, int count, String what) {
        long before = rig.ledger().count("opened", "closed");
        Mover.await(rig.mover().begin(FaultRig.GAP, count), Waiting.LIMIT);
        Waiting.until(
                what + ": told",
                LIVE.plus(FaultRig.GAP.multipliedBy(count)),
                () -> rig.ledger().count("opened", "closed") == before + count);
    }

    private static void awaitTold(FaultRig rig, String type, int times) {
        Waiting.until(type + " number " + times, () -> rig.ledger().count(type) == times);
    }

    /** All is in the log, and still is after a kill. */
    private static void restartAndAccount(FaultRig rig, String key, String fault, int rounds) {
        rig.awaitAll();
        assertThat(rig.store().count())
                .as("kept on disk")
                .isEqualTo(rig.ledger().size());
        rig.account(key, fault, rounds, 0);
        Set<String> kept = rig.store().ids();
        rig.kill();
        rig.start();
        rig.awaitOnline();
        rig.awaitAll();
        assertThat(rig.store().ids()).as("still there after a kill").containsAll(kept);
        assertThat(rig.ledger().contradictions()).as("numbers used twice").isEmpty();
        assertThat(rig.gateway().loggedLines("damaged"))
                .as("nothing was thrown away")
                .isEmpty();
    }
}
