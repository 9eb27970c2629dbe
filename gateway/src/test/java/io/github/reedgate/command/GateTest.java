package io.github.reedgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {

    private static final Instant WALL = Instant.parse("2026-11-22T21:14:03Z");
    private static final Moment NOW = at(Duration.ZERO);
    private static final User ANNA = new User("anna", EnumSet.allOf(Right.class), null, null);
    private static final Match RIGHT = new Match.Known(ANNA, false);
    private static final Match WRONG = new Match.Nobody();

    private final Gate gate = new Gate(Policy.STRICT, "home");
    private GateState state = GateState.starting(Tries.NONE, NOW.time().monotonicNanos());

    private static Moment at(Duration later) {
        // near the end of the range, as the monotonic clock may begin anywhere
        return new Moment(new Timestamp(Long.MAX_VALUE - 1_000 + later.toNanos(), WALL.plus(later)), true);
    }

    private static Moment unset(Moment moment) {
        return new Moment(moment.time(), false);
    }

    private static CommandText.Reading payload(String text) {
        return CommandText.read(text.replace('\'', '"'));
    }

    private static CommandText.Reading disarm() {
        return payload("{'action':'DISARM','code':'2580'}");
    }

    private Verdict screen(CommandText.Reading reading, Moment now) {
        Gate.Outcome outcome = gate.screen(state, reading, false, now);
        state = outcome.state();
        return outcome.verdict();
    }

    private Verdict order(CommandText.Reading reading, Match match, Moment now) {
        Verdict screened = screen(reading, now);
        if (!(screened instanceof Verdict.Check check)) {
            return screened;
        }
        Gate.Outcome outcome = gate.judge(state, check.command(), match, now);
        state = outcome.state();
        return outcome.verdict();
    }

    private static void assertRefused(Verdict verdict, Refusal why) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).why()).isEqualTo(why);
    }

    private static Verdict.Notice notice(Verdict verdict) {
        return ((Verdict.Refused) verdict).notice();
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void rightCodeOfAUserWithAllRightsIsGranted(Action action) {
        Verdict verdict = order(payload("{'action':'" + action + "','code':'2580'}"), RIGHT, NOW);
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Granted.class, granted -> {
            assertThat(granted.command().action()).isEqualTo(action);
            assertThat(granted.by()).isEqualTo("anna");
            assertThat(granted.duress()).isFalse();
        });
        assertThat(state.granted()).isEqualTo(1);
        assertThat(state.refused()).isEmpty();
    }

    @Test
    void retainedCommandIsRefusedHoweverRightItIs() {
        for (String text : new String[] {"DISARM", "{'action':'DISARM','code':'2580'}", "nonsense", "ARM_AWAY"}) {
            Gate.Outcome outcome = gate.screen(state, payload(text), true, NOW);
            assertRefused(outcome.verdict(), Refusal.RETAINED);
            state = outcome.state();
        }
        assertThat(state.refused()).containsExactly(Map.entry(Refusal.RETAINED, 4L));
        assertThat(state.tries()).isEqualTo(Tries.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, MALFORMED",
        "REBOOT, UNKNOWN_ACTION",
        "'{\"action\":\"DISARM\",\"x\":1}', UNKNOWN_FIELD",
        "DISARM, NO_CODE",
        "ARM_HOME, NO_CODE",
        "ACKNOWLEDGE, NO_CODE"
    })
    void refusedBeforeACodeIsChecked(String text, Refusal why) {
        assertRefused(screen(payload(text), NOW), why);
        assertThat(state.refused()).containsEntry(why, 1L);
        assertThat(state.tries()).isEqualTo(Tries.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "-31, STALE",
        "-30.001, STALE",
        "-30, ",
        "-1, ",
        "0, ",
        "5, ",
        "5.001, FROM_THE_FUTURE",
        "86400, FROM_THE_FUTURE"
    })
    void commandMustBeInTime(double seconds, Refusal why) {
        Instant issued = WALL.plusMillis(Math.round(seconds * 1000));
        CommandText.Reading reading = payload("{'action':'DISARM','code':'2580','issued_at':'" + issued + "'}");
        Verdict verdict = order(reading, RIGHT, NOW);
        if (why == null) {
            assertThat(verdict).isInstanceOf(Verdict.Granted.class);
        } else {
            assertRefused(verdict, why);
        }
    }

    @Test
    void whileTheClockIsNotSetATimeCannotBeJudgedAndIsRefused() {
        CommandText.Reading reading = payload("{'action':'DISARM','code':'2580','issued_at':'" + WALL + "'}");
        assertRefused(order(reading, RIGHT, unset(NOW)), Refusal.CLOCK_NOT_SET);
        assertThat(order(disarm(), RIGHT, unset(NOW))).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void commandThatBecomesStaleWhileItsCodeIsCheckedIsRefused() {
        CommandText.Reading reading =
                payload("{'action':'DISARM','code':'2580','issued_at':'" + WALL.minusSeconds(29) + "'}");
        Verdict.Check check = (Verdict.Check) screen(reading, NOW);
        assertRefused(
                gate.judge(state, check.command(), RIGHT, at(Duration.ofSeconds(2)))
                        .verdict(),
                Refusal.STALE);
    }

    @ParameterizedTest
    @CsvSource({"ARM_AWAY, ARM", "DISARM, DISARM", "ACKNOWLEDGE, ACKNOWLEDGE"})
    void eachActionNeedsItsRight(Action action, Right right) {
        CommandText.Reading reading = payload("{'action':'" + action + "','code':'2580'}");
        User others = new User("ben", EnumSet.complementOf(EnumSet.of(right)), null, null);
        User only = new User("ben", Set.of(right), null, null);
        assertRefused(order(reading, new Match.Known(others, false), NOW), Refusal.NOT_PERMITTED);
        assertThat(order(reading, new Match.Known(only, false), NOW)).isInstanceOf(Verdict.Granted.class);
        assertThat(state.tries()).isEqualTo(Tries.NONE);
    }

    @Test
    void userMayBeValidForATimeOnly() {
        User guest = new User("guest", EnumSet.allOf(Right.class), WALL, WALL.plusSeconds(60));
        Match match = new Match.Known(guest, false);
        assertRefused(order(disarm(), match, at(Duration.ofNanos(-1))), Refusal.NOT_VALID_NOW);
        assertThat(order(disarm(), match, NOW)).isInstanceOf(Verdict.Granted.class);
        assertThat(order(disarm(), match, at(Duration.ofMillis(59_999)))).isInstanceOf(Verdict.Granted.class);
        assertRefused(order(disarm(), match, at(Duration.ofSeconds(60))), Refusal.NOT_VALID_NOW);
        assertRefused(order(disarm(), match, unset(NOW)), Refusal.CLOCK_NOT_SET);
    }

    @Test
    void duressCodeIsGrantedAndSaid() {
        assertThat(order(disarm(), new Match.Known(ANNA, true), NOW))
                .isInstanceOfSatisfying(Verdict.Granted.class, granted -> {
                    assertThat(granted.duress()).isTrue();
                    assertThat(granted.by()).isEqualTo("anna");
                });
    }

    @Test
    void whatCanNotBeCheckedIsRefusedAndIsNoTry() {
        assertRefused(order(disarm(), new Match.NoUsers(), NOW), Refusal.NO_USERS);
        assertRefused(order(disarm(), new Match.Unreadable(), NOW), Refusal.USERS_UNREADABLE);
        assertRefused(order(disarm(), new Match.Busy(), NOW), Refusal.BUSY);
        assertThat(state.tries()).isEqualTo(Tries.NONE);
    }

    @Test
    void fiveWrongCodesLockAndEachFurtherOneLocksTwiceAsLong() {
        for (int i = 1; i < Tries.LOCKING; i++) {
            Verdict verdict = order(disarm(), WRONG, NOW);
            assertRefused(verdict, Refusal.WRONG_CODE);
            assertThat(notice(verdict).tries()).isEqualTo(i);
            assertThat(notice(verdict).lockedSeconds()).isZero();
        }
        Duration now = Duration.ZERO;
        for (long seconds : new long[] {60, 120, 240, 480, 960, 1_920, 3_600, 3_600}) {
            Verdict verdict = order(disarm(), WRONG, at(now));
            assertRefused(verdict, Refusal.WRONG_CODE);
            assertThat(notice(verdict).lockedSeconds()).isEqualTo(seconds);
            assertRefused(order(disarm(), WRONG, at(now)), Refusal.LOCKED_OUT);
            now = now.plusSeconds(seconds);
            assertRefused(order(disarm(), WRONG, at(now.minusNanos(1))), Refusal.LOCKED_OUT);
        }
        assertThat(order(disarm(), RIGHT, at(now))).isInstanceOf(Verdict.Granted.class);
        assertThat(state.tries()).isEqualTo(Tries.NONE);
    }

    @Test
    void codesThatWereSentBeforeTheLockAndCheckedAfterItAreNoTries() {
        Verdict.Check rightOne = (Verdict.Check) screen(disarm(), NOW);
        for (int i = 0; i < Tries.LOCKING; i++) {
            order(disarm(), WRONG, NOW);
        }
        assertThat(gate.judge(state, rightOne.command(), RIGHT, NOW).verdict()).isInstanceOf(Verdict.Granted.class);
        Gate.Outcome wrong = gate.judge(state, rightOne.command(), WRONG, NOW);
        assertRefused(wrong.verdict(), Refusal.LOCKED_OUT);
        assertThat(wrong.state().tries()).isEqualTo(state.tries());
    }

    @Test
    void charactersThatAreNoCodeCountAsATry() {
        for (int i = 0; i < Tries.LOCKING; i++) {
            assertRefused(screen(payload("{'action':'DISARM','code':'1'}"), NOW), Refusal.WRONG_CODE);
        }
        assertRefused(screen(payload("{'action':'DISARM','code':'1'}"), NOW), Refusal.LOCKED_OUT);
        assertRefused(order(disarm(), WRONG, NOW), Refusal.LOCKED_OUT);
    }

    @Test
    void lockSurvivesARestartAndBeginsAnew() {
        long later = 77;
        state = GateState.starting(Tries.restored(6, later), later);
        Moment now = new Moment(new Timestamp(later, WALL), false);
        assertRefused(order(disarm(), WRONG, now), Refusal.LOCKED_OUT);
        assertThat(state.tries().lockedSeconds(later)).isEqualTo(120);
        assertThat(Tries.restored(4, later).isLocked(later)).isFalse();
        assertThat(Tries.restored(-3, later)).isEqualTo(Tries.NONE);
        assertThat(Tries.restored(Long.MAX_VALUE, later).lockedSeconds(later)).isEqualTo(3_600);
    }

    @Test
    void policyMayLetPeopleArmAndAcknowledgeWithoutACodeButNeverDisarm() {
        Gate open = new Gate(new Policy(false, false), "home");
        for (Action action : Action.values()) {
            Gate.Outcome outcome = open.screen(state, payload(action.name()), false, NOW);
            if (action == Action.DISARM) {
                assertRefused(outcome.verdict(), Refusal.NO_CODE);
            } else {
                assertThat(outcome.verdict()).isInstanceOf(Verdict.Granted.class);
            }
        }
    }

    @Test
    void whoArmsWithoutACodeDoesNotWipeOutWrongOnes() {
        Gate open = new Gate(new Policy(false, true), "home");
        state = GateState.starting(new Tries(3, null), 0);
        assertThat(open.screen(state, payload("ARM_AWAY"), false, NOW).state().tries())
                .isEqualTo(new Tries(3, null));
        assertThat(open.screen(state, payload("{'action':'ARM_AWAY','code':'1234'}"), false, NOW)
                        .verdict())
                .isInstanceOf(Verdict.Check.class);
    }

    @Test
    void floodOfRefusalsIsCountedAndOnlyTheFirstAreTold() {
        for (int i = 1; i <= 1_000; i++) {
            assertThat(notice(screen(payload("nonsense"), NOW)).told()).isEqualTo(i <= Quota.MOST_TOLD);
        }
        assertThat(state.refused()).containsEntry(Refusal.MALFORMED, 1_000L);
        Verdict wrong = order(disarm(), WRONG, NOW);
        assertThat(notice(wrong).told()).as("a wrong code is always told").isTrue();
        assertThat(notice(wrong).untold()).as("nonsense is counted by itself").isZero();
        Verdict next = screen(payload("nonsense"), at(Quota.WINDOW));
        assertThat(notice(next)).isEqualTo(new Verdict.Notice(true, true, 990, 1, 0));
    }

    @Test
    void commandsThrownAwayUnreadAreCounted() {
        Gate.Outcome outcome = gate.lost(state, 17, NOW);
        assertRefused(outcome.verdict(), Refusal.BUSY);
        assertThat(outcome.state().refused()).containsEntry(Refusal.BUSY, 17L);
    }
}
