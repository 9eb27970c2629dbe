package io.github.reedgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody uses up what others need: nonces, tries, replies. */
class FairGateTest {

    private static final Instant WALL = Instant.parse("2026-11-22T21:14:03Z");
    private static final long NANOS = Long.MAX_VALUE - 1_000; // the monotonic clock may begin anywhere
    private static final Gate GATE = new Gate(Policy.STRICT, "home");
    private static final User ANNA = new User("anna", EnumSet.allOf(Right.class), null, null);
    private static final User CLEANER = new User("cleaner", Set.of(Right.ARM), null, null);
    private static final CommandText.Reading CODE = CommandText.read("{\"action\":\"DISARM\",\"code\":\"2580\"}");
    private static final Match RIGHT = new Match.Known(ANNA, false);
    private static final Match WRONG = new Match.Nobody();

    private GateState state = GateState.starting(Tries.NONE, NANOS);
    private Duration later = Duration.ZERO;

    private Moment now() {
        return new Moment(new Timestamp(NANOS + later.toNanos(), WALL.plus(later)), true);
    }

    /** What becomes of a command: the reason's word, or empty text if it is carried out. */
    private String order(CommandText.Reading reading, Match match) {
        Gate.Outcome outcome = GATE.screen(state, reading, false, now());
        if (outcome.verdict() instanceof Verdict.Check check) {
            outcome = GATE.judge(outcome.state(), check.command(), match, now());
        }
        state = outcome.state();
        return outcome.verdict() instanceof Verdict.Refused refused
                ? refused.why().word()
                : "";
    }

    private CommandText.Reading signed(User user, int number) {
        String payload = SignedCommands.payload(
                Action.DISARM, number, now().time().wall().plus(Nonces.LONGEST_LIFE));
        return CommandText.read(payload.replace("\"anna\"", "\"" + user.name() + "\""));
    }

    private String order(User user, int number) {
        return order(signed(user, number), new Match.Known(user, false));
    }

    /** What a right code does now, without doing it. */
    private String owner() {
        GateState before = state;
        String reason = order(CODE, RIGHT);
        state = before;
        return reason;
    }

    @Test
    void userWhoMayDoLittleUsesUpNobodyElsesNonces() {
        for (int i = 0; i < Nonces.MOST; i++) {
            assertThat(order(CLEANER, i)).isEqualTo("not_permitted");
        }
        assertThat(order(CLEANER, Nonces.MOST)).isEqualTo("too_many_nonces");
        assertThat(order(CLEANER, 3)).as("used up nevertheless").isEqualTo("repeated");

        for (int i = 0; i < Nonces.MOST; i++) {
            assertThat(order(ANNA, i)).isEmpty();
        }
        assertThat(order(ANNA, Nonces.MOST)).isEqualTo("too_many_nonces");
        Nonces kept = Nonces.restored(state.nonces().text(), NANOS);
        assertThat(kept).as("all of them outlive a restart").isEqualTo(state.nonces());
    }

    @Test
    void oneWrongCodeAMinuteLocksNobodyElseOut() {
        for (int minute = 0; minute < 3 * 24 * 60; minute++) {
            order(CODE, WRONG);
            assertThat(owner()).as("minute %d", minute).isEmpty();
            later = later.plusMinutes(1);
            assertThat(owner()).as("before the next one, minute %d", minute).isEmpty();
        }
        assertThat(order(ANNA, 1)).as("nor do signatures care").isEmpty();
    }

    @Test
    void burstOfWrongCodesLeavesRoomForARightOne() {
        for (int i = 0; i < Tries.LOCKING + Spare.MOST - 1; i++) {
            assertThat(order(CODE, WRONG)).isIn("wrong_code", "locked_out");
        }
        assertThat(owner()).isEmpty();
        order(CODE, WRONG);
        assertThat(owner()).as("all used up").isEqualTo("locked_out");
        assertThat(order(ANNA, 1)).isEmpty();
        later = Spare.PAUSE.minusNanos(1);
        assertThat(owner()).as("the lock is over, to begin with").isEqualTo("locked_out");
        later = Spare.PAUSE;
        assertThat(owner()).isEmpty();
    }

    @Test
    void howeverManyCodesAreTriedFewAreLookedAt() {
        long looked = 0;
        for (int i = 0; i < 24 * 60 * 60; i++) {
            Gate.Outcome outcome = GATE.screen(state, CODE, false, now());
            if (outcome.verdict() instanceof Verdict.Check check) {
                looked++;
                outcome = GATE.judge(outcome.state(), check.command(), WRONG, now());
            }
            state = outcome.state();
            later = later.plusSeconds(1);
        }
        assertThat(looked).isLessThanOrEqualTo(Spare.MOST + 24 * 60 + 5 + 6 + 24);
    }

    @Test
    void restartMakesNoRoomForMoreWhileCodesAreLocked() {
        for (int i = 0; i < Tries.LOCKING; i++) {
            order(CODE, WRONG);
        }
        state = GateState.starting(Tries.restored(state.tries().failures(), NANOS), NANOS);
        for (int i = 0; i < 5; i++) {
            assertThat(owner()).isEmpty();
            assertThat(order(CODE, WRONG)).isEqualTo("locked_out");
        }
        assertThat(owner()).isEqualTo("locked_out");
    }

    @Test
    void whoMayNotDisarmDoesNotWipeOutWrongCodesByTheirOwn() {
        CommandText.Reading arm = CommandText.read("{\"action\":\"ARM_AWAY\",\"code\":\"1357\"}");
        for (int i = 0; i < 4; i++) {
            order(CODE, WRONG);
        }
        assertThat(order(arm, new Match.Known(CLEANER, false))).isEmpty();
        assertThat(state.tries().failures()).isEqualTo(4);
        assertThat(order(CODE, RIGHT)).isEmpty();
        assertThat(state.tries()).isEqualTo(Tries.NONE);
    }

    @Test
    void refusedUserIsAnsweredHoweverManyOthersAre() {
        CommandText.Reading stale = CommandText.read(
                "{\"action\":\"DISARM\",\"code\":\"2580\",\"issued_at\":\"" + WALL.minusSeconds(99) + "\"}");
        for (int i = 0; i < 1_000; i++) {
            order(CommandText.read("nonsense"), WRONG);
            order(CommandText.read("DISARM"), WRONG);
        }
        assertThat(notice(stale, WRONG).told())
                .as("nonsense does not count here")
                .isTrue();
        for (int i = 0; i < 1_000; i++) {
            notice(stale, WRONG);
        }
        for (int i = 0; i < Nonces.MOST; i++) {
            Verdict.Notice notice = notice(signed(CLEANER, i), new Match.Known(CLEANER, false));
            assertThat(notice.told()).isEqualTo(i < Quota.MOST_TOLD);
            assertThat(notice.replied()).isTrue();
        }
        User expired = new User("ben", EnumSet.allOf(Right.class), null, WALL);
        assertThat(notice(signed(expired, 1), new Match.Known(expired, false)))
                .isEqualTo(new Verdict.Notice(true, true, 0, 0, 0));
        assertThat(state.quotas()).hasSize(4);
        later = Quota.WINDOW;
        notice(stale, WRONG);
        assertThat(state.quotas()).as("what says nothing any more is forgotten").doesNotContainKey("ben");
    }

    private Verdict.Notice notice(CommandText.Reading reading, Match match) {
        Gate.Outcome outcome = GATE.screen(state, reading, false, now());
        if (outcome.verdict() instanceof Verdict.Check check) {
            outcome = GATE.judge(outcome.state(), check.command(), match, now());
        }
        state = outcome.state();
        return Objects.requireNonNull((Verdict.Refused) outcome.verdict()).notice();
    }
}
