package io.github.reedgate.monitor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the thread of the supervision does when its disk, its broker or an input is not as it should be. */
class SupervisionThreadTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anAlarmLineThatTheBrokerRefusesIsTriedAgainAfterGrowingWaitsAndReported() throws IOException {
        try (SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home")) {
            rig.takesAlarms = false;
            rig.die("home");
            rig.await("the first attempt", () -> rig.alarmLines.size() == 1);
            for (int wait : List.of(1, 2, 4, 8)) {
                int before = rig.alarmLines.size();
                rig.pass(Duration.ofMillis(wait * 1_000 - 100));
                rig.round();
                assertThat(rig.alarmLines).hasSize(before);
                rig.pass(Duration.ofMillis(200));
                rig.await("an attempt after " + wait + " s", () -> rig.alarmLines.size() == before + 1);
                rig.round();
            }
            assertThat(rig.count(OwnEvent.Type.PUBLISH_REFUSED)).isEqualTo(1);
            assertThat(rig.figure("refused_lines")).isEqualTo(5);

            rig.takesAlarms = true;
            rig.pass(Duration.ofSeconds(17));
            rig.await("it is taken", () -> rig.figure("waiting_alarm_lines") == 0);
            assertThat(rig.count(OwnEvent.Type.PUBLISH_RESTORED)).isEqualTo(1);
            assertThat(rig.alarmLines).hasSize(6).allMatch(rig.alarmLines.get(0)::equals);
        }
    }

    @Test
    void whoAcknowledgesEndsExactlyTheAlarmsThatAreListed() throws Exception {
        try (SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home", "barn")) {
            rig.die("home");
            rig.diskHangs = true;
            rig.says("shed", "availability", "online");
            CompletableFuture<List<String>> ended = rig.thread.acknowledge("operator");
            assertThat(ended).isNotDone();
            rig.diskHangs = false;
            assertThat(ended.get()).containsExactly("home");
            rig.die("barn");

            assertThat(rig.count(OwnEvent.Type.ACKNOWLEDGED)).isEqualTo(1);
            assertThat(rig.figure("open_alarms")).isEqualTo(1);
            assertThat(rig.stored).contains("\"acknowledged\":true").contains("\"acknowledged\":false");
        }
    }

    @Test
    void anAcknowledgementThatNobodyWaitsForAnyMoreEndsNothing() throws IOException {
        try (SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home")) {
            rig.die("home");
            rig.diskHangs = true;
            rig.says("barn", "availability", "online");
            rig.pass(Duration.ofSeconds(2));
            rig.await("the disk hangs", () -> rig.figure("waiting_messages") == 0);
            CompletableFuture<List<String>> ended = rig.thread.acknowledge("operator");
            ended.cancel(false);
            rig.diskHangs = false;
            rig.round();

            assertThat(rig.figure("open_alarms")).isEqualTo(1);
        }
    }

    @Test
    void anInputThatThrowsCostsNoOtherAndIsCounted() throws IOException {
        try (SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home")) {
            rig.diskHangs = true;
            rig.says("barn", "availability", "online");
            rig.await("the disk hangs", () -> rig.figure("waiting_messages") == 0);
            rig.says("first", "availability", "online");
            bad(rig);
            rig.says("last", "availability", "online");
            rig.diskHangs = false;
            rig.await("the others are taken", () -> rig.figure("supervised") == 4);

            assertThat(rig.figure("supervision_faults")).isEqualTo(2); // the step, then the input by itself
            assertThat(rig.thread.rounds().worked().failedRounds()).isEqualTo(1);
            assertThat(rig.thread.health().isWell()).isTrue();
        }
    }

    @SuppressWarnings("NullAway") // what can't happen, as far as anybody knows
    private static void bad(SupervisionThreadRig rig) {
        rig.thread.recorded(null, "ok");
    }

    @Test
    void aStreamOfEventsIsWrittenOnceASecondAndNotOnceEach() throws IOException {
        try (SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home")) {
            rig.says("home", "event", Samples.json("home", 1, "home-1"));
            rig.round();
            int before = rig.saves.get();
            for (int seq = 2; seq <= 2_000; seq++) {
                rig.says("home", "event", Samples.json("home", seq, "home-" + seq));
                if (seq % 500 == 0) {
                    rig.round();
                }
            }
            rig.round();
            assertThat(rig.saves.get() - before).isZero();
            rig.pass(Duration.ofSeconds(1));
            rig.await("it is written", () -> rig.stored.contains("\"last_seq\":2000"));
            assertThat(rig.saves.get() - before).isEqualTo(1);
        }
    }

    @Test
    void aStopStoresWhatIsNotStoredYet() throws IOException {
        SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home");
        try (rig) {
            rig.says("home", "event", Samples.json("home", 1, "home-1"));
            rig.round();
            rig.says("home", "event", Samples.json("home", 2, "home-2"));
            rig.round();
            assertThat(rig.stored).doesNotContain("\"last_seq\":2");
        }
        assertThat(rig.stored).contains("\"last_seq\":2");
    }

    @Test
    void moreMessagesThanTheBoundEndTheConnectionAndNoneIsLost() throws IOException {
        try (SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home")) {
            rig.diskHangs = true;
            rig.says("barn", "availability", "online");
            rig.await("the disk hangs", () -> rig.figure("waiting_messages") == 0);
            for (int count = 0; count < SupervisionInputs.MOST_MESSAGES; count++) {
                assertThat(rig.thread.hasRoom()).isTrue();
                assertThat(rig.says("home", "door/state", "open")).isTrue();
            }
            assertThat(rig.thread.hasRoom()).isFalse();
            for (int count = 0; count < SupervisionInputs.MOST_MESSAGES; count++) {
                assertThat(rig.says("home", "door/state", "open")).isTrue();
            }
            assertThat(rig.says("home", "door/state", "open")).isFalse();
            assertThat(rig.count(OwnEvent.Type.OVERFLOW)).isEqualTo(1);
            rig.diskHangs = false;
            rig.await("they are worked off", () -> rig.figure("waiting_messages") == 0);

            assertThat(rig.says("home", "door/state", "open")).isFalse(); // or it would overtake the other
            assertThat(rig.thread.hasRoom()).isFalse();
            rig.thread.down();
            assertThat(rig.thread.hasRoom()).isTrue();
            rig.thread.up(true);
            assertThat(rig.says("home", "door/state", "open")).isTrue();
            assertThat(rig.figure("refused_messages")).isEqualTo(2);
        }
    }

    @Test
    void longPayloadsFillTheQueueEarlier() throws IOException {
        try (SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home")) {
            rig.diskHangs = true;
            rig.says("barn", "availability", "online");
            rig.await("the disk hangs", () -> rig.figure("waiting_messages") == 0);
            String longest = "x".repeat(64_000);
            int taken = 0;
            while (rig.says("home", "door/state", longest)) {
                taken++;
            }
            assertThat(taken * 64_000L)
                    .isBetween(2 * SupervisionInputs.MOST_BYTES, 2 * SupervisionInputs.MOST_BYTES + 64_000);
        }
    }

    @Test
    void aThreadThatDiedIsSaidAndHoldsTheHistoryUpNoLonger() throws IOException {
        try (SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home")) {
            assertThat(rig.thread.health().isWell()).isTrue();
            rig.diskKills = true;
            rig.says("barn", "availability", "online");
            rig.await("its end is said", () -> rig.thread.health().trouble().isPresent());

            assertThat(rig.thread.health().trouble().orElseThrow()).startsWith("its thread has ended");
            assertThat(rig.thread.health().isWell()).isFalse();
            assertThat(rig.thread.health().status()).containsEntry("supervising", false);
            long rounds = rig.thread.rounds().worked().rounds();
            for (int count = 0; count < 3 * SupervisionInputs.MOST_MESSAGES; count++) {
                assertThat(rig.says("home", "door/state", "open")).isTrue();
            }
            assertThat(rig.thread.hasRoom()).isTrue();
            assertThat(rig.thread.rounds().worked().rounds()).isEqualTo(rounds);
        }
    }

    @Test
    void aJudgementThatFailsAgainAndAgainIsSaidUntilItWorks() throws IOException {
        try (SupervisionThreadRig rig = SupervisionThreadRig.watching(folder, "home")) {
            rig.clockFails = true;
            rig.await("it is said", () -> rig.thread.health().trouble().isPresent());
            assertThat(rig.thread.health().trouble().orElseThrow()).startsWith("something failed in each of its last");
            assertThat(rig.thread.health().isWell()).isFalse();
            rig.clockFails = false;
            rig.round();
            assertThat(rig.thread.health().isWell()).isTrue();
        }
    }

    @Test
    void aRoundThatTakesTooLongIsSaid() throws InterruptedException {
        Thread thread = new Thread(() -> {});
        RoundCounter rounds = new RoundCounter(thread, Duration.ZERO);
        assertThat(rounds.trouble().orElseThrow()).startsWith("its thread has completed no round for");
        assertThat(new RoundCounter(thread, Duration.ofMinutes(1)).trouble()).isEmpty();
        thread.start();
        thread.join();
        assertThat(rounds.trouble().orElseThrow()).startsWith("its thread has ended");
    }
}
