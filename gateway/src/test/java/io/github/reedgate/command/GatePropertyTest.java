package io.github.reedgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However an attacker mixes what can be sent, codes are tried no faster than the lock allows. */
class GatePropertyTest {

    private static final Gate GATE = new Gate(Policy.STRICT, "home");
    private static final Instant WALL = Instant.parse("2026-11-22T21:14:03Z");
    private static final CommandText.Reading GUESS = CommandText.read("{\"action\":\"DISARM\",\"code\":\"2580\"}");
    private static final User OWNER = new User("anna", EnumSet.allOf(Right.class), null, null);

    @Test
    void noMoreCodesAreTriedThanTheLockAllows() {
        for (long seed = 1; seed <= 300; seed++) {
            assertThat(wrongCodesInADay(seed)).as("seed %d", seed).isLessThanOrEqualTo(5 + 6 + 24);
        }
    }

    private static long wrongCodesInADay(long seed) {
        Random random = new Random(seed);
        long start = random.nextLong();
        GateState state = GateState.starting(Tries.NONE, start);
        Deque<Command> waiting = new ArrayDeque<>();
        long nanos = 0;
        while (nanos < Duration.ofDays(1).toNanos()) {
            Moment now = new Moment(new Timestamp(start + nanos, WALL.plusNanos(nanos)), true);
            int what = random.nextInt(10);
            if (what < 6) {
                Gate.Outcome outcome = GATE.screen(state, GUESS, false, now);
                state = outcome.state();
                if (outcome.verdict() instanceof Verdict.Check check && waiting.size() < 4) {
                    waiting.add(check.command());
                }
            } else if (what < 9 && !waiting.isEmpty()) {
                state = GATE.judge(state, waiting.remove(), new Match.Nobody(), now)
                        .state();
            } else {
                state = GateState.starting(Tries.restored(state.tries().failures(), start + nanos), start + nanos);
                waiting.clear();
            }
            nanos += random.nextInt(4) == 0
                    ? random.nextLong(Duration.ofMinutes(20).toNanos())
                    : random.nextLong(1_000_000);
        }
        return state.tries().failures();
    }

    @Test
    void ownerIsLetInAsSoonAsTheLockIsOver() {
        for (int failures = 0; failures < 40; failures++) {
            GateState state = GateState.starting(Tries.restored(failures, 0), 0);
            Moment over = new Moment(new Timestamp(Tries.lock(failures).toNanos(), WALL), true);
            Verdict screened = GATE.screen(state, GUESS, false, over).verdict();
            assertThat(screened).isInstanceOf(Verdict.Check.class);
            Command command = ((Verdict.Check) screened).command();
            assertThat(GATE.judge(state, command, new Match.Known(OWNER, false), over)
                            .verdict())
                    .isInstanceOf(Verdict.Granted.class);
        }
    }
}
