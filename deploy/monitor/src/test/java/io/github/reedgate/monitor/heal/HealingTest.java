package io.github.reedgate.monitor.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.Samples;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of healing, one by one, in virtual time. */
class HealingTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeGaps gaps = new FakeGaps();
    private int tokens;
    private final Healing healing = new Healing(() -> "token-" + ++tokens, 7);
    private Timestamp now = new Timestamp(Long.MAX_VALUE - 5, Instant.ofEpochMilli(Samples.NOW));

    @BeforeEach
    void connect() {
        healing.connected();
        present("home");
    }

    private void present(String gateway) {
        healing.heard(gateway, true, now);
        healing.availability(gateway, true, true, now);
        healing.heard(gateway, false, now);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private List<LogAsk> tick() {
        return healing.tick(gaps, true, now);
    }

    private LogAsk asked() {
        List<LogAsk> asks = tick();
        assertThat(asks).hasSize(1);
        return asks.get(0);
    }

    private Verdict answer(LogAsk ask, LogAnswer answer) {
        return healing.answered(ask.gateway(), ask.token(), answer, now);
    }

    private Verdict event(LogAsk ask, long seq) {
        String json = Samples.json(ask.gateway(), seq, "a-" + seq).replace("\"replayed\":false", "\"replayed\":true");
        return answer(ask, new LogAnswer.Replayed(Samples.recorded(ask.gateway(), json)));
    }

    private Verdict end(LogAsk ask, NumberRange range, NumberRange... missing) {
        return answer(ask, new LogAnswer.End(range, List.of(missing)));
    }

    /** How long it takes until the next request, in steps of a second; empty after four hours. */
    private Duration untilAsked() {
        Timestamp start = now;
        for (int second = 0; second < 4 * 3600; second++) {
            if (!tick().isEmpty()) {
                return Duration.ofNanos(now.monotonicNanos() - start.monotonicNanos());
            }
            pass(Duration.ofSeconds(1));
        }
        return Duration.ofHours(4);
    }

    private static NumberRange range(long from, long to) {
        return new NumberRange(from, to);
    }

    private long figure(String name) {
        return healing.figures().getOrDefault(name, -1L);
    }

    @Test
    void gapOfAGatewayThatIsOnlineAndHeardIsAskedFor() {
        gaps.set("home", range(5, 9));

        LogAsk ask = asked();

        assertThat(ask).isEqualTo(new LogAsk("home", range(5, 9), "token-1"));
        assertThat(ask.payload()).isEqualTo("{\"from\":5,\"to\":9}");
        assertThat(healing.asking()).containsEntry("home", range(5, 9));
        pass(Duration.ofSeconds(30));
        assertThat(tick()).as("one request at a time").isEmpty();
    }

    @Test
    void gatewayThatIsOfflineOrOnlyRetainedIsNotAsked() {
        gaps.set("home", range(5, 9));
        healing.availability("home", false, true, now);
        assertThat(tick()).isEmpty();

        healing.heard("home", true, now);
        healing.availability("home", true, true, now);
        assertThat(tick()).as("the broker had retained online").isEmpty();

        healing.heard("home", false, now);
        assertThat(tick()).hasSize(1);
    }

    @Test
    void gatewayThatWasNotHeardOnThisConnectionIsNotAsked() {
        gaps.set("home", range(5, 9));
        healing.disconnected(now);
        assertThat(tick()).isEmpty();
        healing.connected();
        assertThat(tick()).isEmpty();

        present("home");
        assertThat(tick()).hasSize(1);
    }

    @Test
    void nobodyIsAskedWhileTheHistoryCantBeWritten() {
        gaps.set("home", range(5, 9));

        assertThat(healing.tick(gaps, false, now)).isEmpty();
        assertThat(tick()).hasSize(1);
    }

    @Test
    void requestHasAThousandNumbersAtMostAndTheOldestComeFirst() {
        gaps.set("home", range(5, 1_000_004));

        LogAsk first = asked();
        assertThat(first.range()).isEqualTo(range(5, 1_004));
        end(first, first.range(), first.range());
        healing.settled("home", first.token());
        gaps.set("home", range(1_005, 1_000_004));

        assertThat(tick()).as("a pause").isEmpty();
        pass(Healing.PAUSE);
        assertThat(asked().range()).isEqualTo(range(1_005, 2_004));
    }

    @Test
    void nextPieceIsNotAskedForBeforeTheAnswerIsStored() {
        gaps.set("home", range(5, 9));
        LogAsk first = asked();
        end(first, range(5, 9), range(5, 9));
        pass(HOUR);
        assertThat(tick()).isEmpty();

        healing.settled("home", "another");
        assertThat(tick()).isEmpty();
        healing.settled("home", first.token());
        assertThat(tick()).hasSize(1);
    }

    @Test
    void manySmallGapsAreOneRequestIfHalfOfItIsMissing() {
        gaps.set("home", range(5, 5), range(7, 7), range(9, 9), range(100, 101), range(103, 2_000));

        assertThat(asked().range()).isEqualTo(range(5, 9));
    }

    @Test
    void eightGatewaysAreAskedAtOnceAtMostAndTheOthersFollow() {
        for (int i = 0; i < 20; i++) {
            present("house" + i);
            gaps.set("house" + i, range(1, 3));
        }
        Set<String> seen = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            List<LogAsk> asks = tick();
            assertThat(asks).hasSizeLessThanOrEqualTo(Healing.MOST_OPEN);
            assertThat(tick()).isEmpty();
            for (LogAsk ask : asks) {
                seen.add(ask.gateway());
                event(ask, 1);
                end(ask, ask.range());
                healing.settled(ask.gateway(), ask.token());
            }
        }
        assertThat(seen).hasSize(20);
    }

    @Test
    void endWithAllEventsIsSettledWithoutAnyGone() {
        gaps.set("home", range(5, 6));
        LogAsk ask = asked();

        assertThat(event(ask, 5)).isInstanceOf(Verdict.Store.class);
        assertThat(event(ask, 6)).isInstanceOf(Verdict.Store.class);
        assertThat(end(ask, range(5, 6))).isEqualTo(new Verdict.Settle(List.of()));
        assertThat(figure("healed")).isEqualTo(2);
        assertThat(healing.asking()).isEmpty();
    }

    @Test
    void onlyWhatWasMissingHereIsGone() {
        gaps.set("home", range(5, 6), range(8, 9));
        LogAsk ask = asked();
        assertThat(ask.range()).isEqualTo(range(5, 9));
        event(ask, 5);

        assertThat(end(ask, range(5, 9), range(6, 8)))
                .as("number 7 is in the history")
                .isEqualTo(new Verdict.Settle(List.of(range(6, 6), range(8, 8))));
        assertThat(figure("gone")).isEqualTo(2);
    }

    @Test
    void numbersAboveTheEndOfTheAnswerAreNeverGone() {
        gaps.set("home", range(5, 20));
        LogAsk ask = asked();

        assertThat(end(ask, range(5, 9), range(5, 9))).isEqualTo(new Verdict.Settle(List.of(range(5, 9))));
    }

    @Test
    void endBelowTheRangeMarksNothingAndIsTriedLater() {
        gaps.set("home", range(5, 20));
        LogAsk ask = asked();

        assertThat(end(ask, range(5, 3))).isEqualTo(new Verdict.Settle(List.of()));
        healing.settled("home", ask.token());
        assertThat(untilAsked()).isBetween(Waits.FIRST, Waits.FIRST.plusSeconds(16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4-9", "6-9", "5-10"})
    void endThatCoversAnotherRangeMarksNothing(String covered) {
        gaps.set("home", range(5, 9));
        LogAsk ask = asked();
        String[] ends = covered.split("-", -1);

        Verdict verdict = end(ask, range(Long.parseLong(ends[0]), Long.parseLong(ends[1])), range(6, 7));

        assertThat(verdict).isInstanceOf(Verdict.Reject.class);
        assertThat(figure("gone")).isZero();
        assertThat(figure("rejected_answers")).isEqualTo(1);
    }

    @Test
    void endWithMissingNumbersBeyondItsRangeOrOutOfOrderMarksNothing() {
        List<NumberRange[]> lies = List.of(
                new NumberRange[] {range(4, 5)},
                new NumberRange[] {range(9, 10)},
                new NumberRange[] {range(7, 6)},
                new NumberRange[] {range(7, 8), range(5, 6)},
                new NumberRange[] {range(5, 7), range(7, 8)});
        for (NumberRange[] lie : lies) {
            Healing fresh = new Healing(() -> "t", 7);
            fresh.connected();
            fresh.heard("home", false, now);
            fresh.availability("home", true, true, now);
            gaps.set("home", range(5, 9));
            assertThat(fresh.tick(gaps, true, now)).hasSize(1);

            assertThat(fresh.answered("home", "t", new LogAnswer.End(range(5, 9), List.of(lie)), now))
                    .as("%s", List.of(lie))
                    .isInstanceOf(Verdict.Reject.class);
        }
    }

    @Test
    void gatewayThatSaysANumberIsMissingAfterItSentItMarksNothing() {
        gaps.set("home", range(5, 9));
        LogAsk ask = asked();
        event(ask, 6);

        assertThat(end(ask, range(5, 9), range(5, 9))).isInstanceOf(Verdict.Reject.class);
        assertThat(figure("gone")).isZero();
    }

    @Test
    void numberThatWasNotAskedForEndsTheRequestAndIsNotStored() {
        gaps.set("home", range(5, 9));
        LogAsk ask = asked();

        assertThat(event(ask, 10)).isInstanceOf(Verdict.Reject.class);
        assertThat(event(ask, 5)).as("nothing more of it is taken").isInstanceOf(Verdict.Ignore.class);
        assertThat(figure("rejected_answers")).isEqualTo(1);
        assertThat(figure("stray_answers")).isEqualTo(1);
        assertThat(untilAsked()).isBetween(Waits.FIRST, Waits.FIRST.plusSeconds(16));
    }

    @Test
    void answerWithAnotherTokenOrOfAnotherGatewayIsIgnored() {
        present("shed");
        gaps.set("home", range(5, 9));
        LogAsk ask = asked();

        assertThat(healing.answered("home", "", new LogAnswer.End(range(5, 9), List.of(range(5, 9))), now))
                .isInstanceOf(Verdict.Ignore.class);
        assertThat(healing.answered("home", "guess", new LogAnswer.End(range(5, 9), List.of(range(5, 9))), now))
                .isInstanceOf(Verdict.Ignore.class);
        assertThat(healing.answered("shed", ask.token(), new LogAnswer.End(range(5, 9), List.of(range(5, 9))), now))
                .isInstanceOf(Verdict.Ignore.class);
        assertThat(healing.answered("nobody", ask.token(), new LogAnswer.Failure("busy"), now))
                .isInstanceOf(Verdict.Ignore.class);
        assertThat(figure("gone")).isZero();
        assertThat(figure("stray_answers")).isEqualTo(4);
        assertThat(healing.asking()).hasSize(1);
    }

    @Test
    void endlessAnswerIsEnded() {
        gaps.set("home", range(5, 6));
        LogAsk ask = asked();
        int stored = 0;
        for (int i = 0; i < 10_000; i++) {
            stored += event(ask, 5) instanceof Verdict.Store ? 1 : 0;
        }

        assertThat(stored).isLessThan(200);
        assertThat(figure("rejected_answers")).isEqualTo(1);
        assertThat(healing.asking()).isEmpty();
    }

    @Test
    void answerThatTricklesForEverIsGivenUp() {
        gaps.set("home", range(5, 900));
        LogAsk ask = asked();
        for (int i = 0; i < 11; i++) {
            pass(Duration.ofSeconds(55));
            event(ask, 5 + i);
            assertThat(tick()).isEmpty();
        }

        assertThat(healing.asking()).isEmpty();
        assertThat(figure("unanswered_requests")).isEqualTo(1);
    }

    @Test
    void gatewayThatAnsweredBeforeIsAskedAgainWithAGrowingWait() {
        gaps.set("home", range(5, 9));
        LogAsk ask = asked();
        event(ask, 5);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pass(Healing.SILENCE);
            tick();
            waits.add(untilAsked());
        }

        for (int i = 0; i < waits.size(); i++) {
            Duration base = i >= 6 ? Waits.LONGEST : Waits.FIRST.multipliedBy(1L << i);
            assertThat(waits.get(i))
                    .as("wait %d", i)
                    .isBetween(base, base.plus(base.dividedBy(4)).plusSeconds(1));
        }
    }

    @Test
    void gatewayThatNeverAnswersIsAskedLessAndLessAndOnceAnHourInTheEnd() {
        gaps.set("home", range(5, 9));
        tick();
        List<Integer> asks = new ArrayList<>(List.of(1));
        for (int hour = 0; hour < 24; hour++) {
            asks.add(asksInAnHour());
        }

        assertThat(asks.stream().mapToInt(Integer::intValue).sum()).isBetween(20, 30);
        assertThat(asks.subList(3, 25)).allMatch(count -> count <= 1);
    }

    private int asksInAnHour() {
        int asks = 0;
        for (int second = 0; second < 3600; second++) {
            pass(Duration.ofSeconds(1));
            if (second % 600 == 0) {
                present("home");
            }
            asks += tick().size();
        }
        return asks;
    }

    @Test
    void gatewayThatHasJustComeOnlineIsAskedOnceItHasHadTimeToSubscribe() {
        gaps.set("home", range(5, 9));
        healing.availability("home", false, false, now);
        healing.availability("home", true, false, now);
        healing.heard("home", false, now);

        assertThat(untilAsked()).isEqualTo(Waits.SETTLING);
        pass(Healing.SILENCE);
        assertThat(tick()).isEmpty();
    }

    @Test
    void gatewayThatComesOnlineAnewIsAskedAsIfNoRequestHadFailed() {
        gaps.set("home", range(5, 9));
        asked();
        for (int i = 0; i < 9; i++) {
            pass(Healing.SILENCE);
            tick();
            untilAsked();
        }
        healing.availability("home", false, false, now);
        healing.availability("home", true, false, now);
        healing.heard("home", false, now);

        assertThat(untilAsked()).isEqualTo(Waits.SETTLING);
        pass(Healing.SILENCE);
        tick();
        assertThat(untilAsked()).isBetween(Waits.FIRST, Waits.FIRST.plusSeconds(16));
    }

    @Test
    void onlineThatIsSaidAgainChangesNoWait() {
        gaps.set("home", range(5, 9));
        asked();
        pass(Healing.SILENCE);
        tick();
        healing.availability("home", true, false, now);

        assertThat(untilAsked()).isBetween(Waits.FIRST, Waits.FIRST.plusSeconds(16));
    }

    @Test
    void lateAnswerIsTakenUntilAnotherRequestIsSent() {
        gaps.set("home", range(5, 9));
        LogAsk first = asked();
        pass(Healing.SILENCE);
        assertThat(tick()).isEmpty();
        assertThat(healing.asking()).isEmpty();

        assertThat(event(first, 5)).isInstanceOf(Verdict.Store.class);
        assertThat(end(first, range(5, 9), range(6, 9))).isEqualTo(new Verdict.Settle(List.of(range(6, 9))));
    }

    @Test
    void lostConnectionGivesTheRequestUpAndItIsAskedAgain() {
        gaps.set("home", range(5, 9));
        asked();
        healing.disconnected(now);
        healing.connected();
        present("home");

        assertThat(untilAsked()).isBetween(Waits.FIRST, Waits.FIRST.plusSeconds(16));
    }

    @Test
    void gatewayThatGoesOfflineForgetsTheRequestAndIsAskedAgain() {
        gaps.set("home", range(5, 9));
        LogAsk first = asked();
        event(first, 5);
        healing.availability("home", false, true, now);
        assertThat(healing.asking()).isEmpty();
        present("home");

        assertThat(untilAsked()).isBetween(Waits.FIRST, Waits.FIRST.plusSeconds(16));
    }

    @Test
    void requestThatTheBrokerDidNotTakeIsTriedLater() {
        gaps.set("home", range(5, 9));
        LogAsk ask = asked();
        healing.lost(new LogAsk("home", ask.range(), "old"), LogAsking.Reason.NOT_SENT, now);
        assertThat(healing.asking()).hasSize(1);
        healing.lost(ask, LogAsking.Reason.NOT_SENT, now);

        assertThat(healing.asking()).isEmpty();
        assertThat(untilAsked()).isBetween(Waits.FIRST, Waits.FIRST.plusSeconds(16));
    }

    @Test
    void gatewayThatHasNotSubscribedYetIsAskedAgainSoonAndThenLessAndLess() {
        gaps.set("home", range(5, 9));
        List<Duration> waits = new ArrayList<>();
        LogAsk ask = asked();
        for (int i = 0; i < 13; i++) {
            healing.lost(ask, LogAsking.Reason.UNSUBSCRIBED, now);
            assertThat(healing.asking()).isEmpty();
            Timestamp start = now;
            List<LogAsk> next = tick();
            while (next.isEmpty()) {
                pass(Duration.ofSeconds(1));
                next = tick();
            }
            waits.add(Duration.ofNanos(now.monotonicNanos() - start.monotonicNanos()));
            ask = next.get(0);
        }

        for (int i = 0; i < waits.size(); i++) {
            Duration base = i >= 10 ? Waits.LONGEST : Waits.FIRST_UNSUBSCRIBED.multipliedBy(1L << i);
            assertThat(waits.get(i))
                    .as("wait %d", i)
                    .isBetween(base, base.plus(base.dividedBy(4)).plusSeconds(1));
        }
        assertThat(ask.range()).as("the same numbers").isEqualTo(range(5, 9));
        assertThat(figure("unsubscribed_requests")).isEqualTo(13);
        assertThat(figure("unanswered_requests")).isZero();

        event(ask, 5);
        pass(Healing.SILENCE);
        assertThat(untilAsked()).as("as after a first failure").isBetween(Waits.FIRST, Waits.FIRST.plusSeconds(16));
        assertThat(figure("unanswered_requests")).isEqualTo(1);
    }

    @Test
    void gatewayThatAnswersHasSubscribedWhateverTheBrokerSays() {
        gaps.set("home", range(5, 9));
        LogAsk ask = asked();
        event(ask, 5);
        healing.lost(ask, LogAsking.Reason.UNSUBSCRIBED, now);

        assertThat(healing.asking()).hasSize(1);
        assertThat(event(ask, 6)).isInstanceOf(Verdict.Store.class);
        assertThat(figure("unsubscribed_requests")).isZero();
    }

    @Test
    void gatewayThatComesOnlineIsAskedAsIfNoRequestHadBeenLost() {
        gaps.set("home", range(5, 9));
        for (int i = 0; i < 8; i++) {
            healing.lost(asked(), LogAsking.Reason.UNSUBSCRIBED, now);
            pass(HOUR);
        }
        healing.availability("home", false, false, now);
        healing.availability("home", true, false, now);
        healing.heard("home", false, now);
        pass(Waits.SETTLING);
        healing.lost(asked(), LogAsking.Reason.UNSUBSCRIBED, now);

        assertThat(untilAsked()).isBetween(Waits.FIRST_UNSUBSCRIBED, Waits.FIRST_UNSUBSCRIBED.plusSeconds(3));
    }

    @Test
    void busyGatewayIsAskedForTheSameNumbersLater() {
        gaps.set("home", range(5, 9), range(2_000, 2_001));
        LogAsk ask = asked();

        assertThat(answer(ask, new LogAnswer.Failure("busy"))).isInstanceOf(Verdict.Ignore.class);
        assertThat(figure("refused_requests")).isEqualTo(1);
        pass(Waits.FIRST.multipliedBy(2));
        assertThat(asked().range()).isEqualTo(range(5, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unreadable", "too_large", "a_later_word"})
    void whatCantBeReadDoesNotHoldUpWhatIsBehindIt(String word) {
        gaps.set("home", range(5, 9), range(2_000, 2_001));
        LogAsk ask = asked();
        answer(ask, new LogAnswer.Failure(word));
        pass(Waits.FIRST.multipliedBy(2));

        LogAsk behind = asked();
        assertThat(behind.range()).isEqualTo(range(2_000, 2_001));
        event(behind, 2_000);
        event(behind, 2_001);
        end(behind, behind.range());
        healing.settled("home", behind.token());
        gaps.set("home", range(5, 9));
        pass(Healing.PAUSE);
        assertThat(asked().range()).as("again from the lowest").isEqualTo(range(5, 9));
    }

    @Test
    void eventThatCantBeReadIsRejectedAndTheRestIsTaken() {
        gaps.set("home", range(5, 7));
        LogAsk ask = asked();
        event(ask, 5);

        assertThat(answer(ask, new LogAnswer.Unreadable("garbage"))).isEqualTo(new Verdict.Reject("garbage"));
        assertThat(event(ask, 7)).isInstanceOf(Verdict.Store.class);
        assertThat(end(ask, range(5, 7))).isEqualTo(new Verdict.Settle(List.of()));
    }

    @Test
    void numbersThatAGatewaySaysItSentAndThatNeverComeAreAskedForLessAndLess() {
        gaps.set("home", range(5, 5));
        int asks = 0;
        for (int second = 0; second < 24 * 3600; second++) {
            for (LogAsk ask : tick()) {
                asks++;
                end(ask, range(5, 5));
                healing.settled("home", ask.token());
            }
            pass(Duration.ofSeconds(1));
        }

        assertThat(asks).isBetween(20, 32);
    }

    @Test
    void newGapAfterAHealedOneIsAskedForAfterAPause() {
        gaps.set("home", range(5, 5));
        LogAsk ask = asked();
        event(ask, 5);
        end(ask, range(5, 5));
        healing.settled("home", ask.token());
        gaps.set("home");
        tick();
        gaps.set("home", range(3, 3));
        pass(Healing.PAUSE);

        assertThat(asked().range()).isEqualTo(range(3, 3));
    }
}
