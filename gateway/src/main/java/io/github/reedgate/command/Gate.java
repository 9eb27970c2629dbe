package io.github.reedgate.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which commands from outside are carried out, in two steps: {@link #screen} as they come, and {@link #judge} when
 * the code was checked, which takes a second and is done elsewhere. Pure and immutable: time and state are arguments.
 */
public final class Gate {

    /** Older commands are refused. */
    public static final Duration LONGEST_AGE = Duration.ofSeconds(30);

    /** How far the sender's clock may be ahead. */
    static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

    /** So many refusals are told in each window; the others are counted. */
    static final int MOST_TOLD = 10;

    /** The window. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Policy policy;

    /** A gate; the policy says which commands need a code. */
    public Gate(Policy policy) {
        this.policy = policy;
    }

    /**
     * What comes of a step.
     *
     * @param state what is remembered from now on
     * @param verdict what is to be done
     */
    public record Outcome(GateState state, Verdict verdict) {}

    /**
     * Looks at a command that has just come.
     *
     * @param reading its payload as it was read
     * @param retained whether the broker had kept it
     */
    public Outcome screen(GateState state, CommandText.Reading reading, boolean retained, Moment now) {
        Command command = reading.command();
        if (retained) {
            return refused(state, command == null ? null : command.action(), Refusal.RETAINED, now);
        }
        if (command == null) {
            Refusal why = reading.refusal();
            return why == Refusal.WRONG_CODE ? wrongCode(state, null, now) : refused(state, null, why, now);
        }
        Optional<Refusal> why = before(state, command, now);
        if (why.isPresent()) {
            return refused(state, command.action(), why.get(), now);
        }
        Code code = command.code();
        return code == null
                ? new Outcome(state.withGrantedUnnamed(), new Verdict.Granted(command, "", false))
                : new Outcome(state, new Verdict.Check(command, code));
    }

    /**
     * Looks at a command whose code was checked. Meanwhile others may have been refused, and time has passed: all is looked
     * at again.
     *
     * @param command the command as {@link #screen} let it pass
     * @param match whose code it is
     */
    public Outcome judge(GateState state, Command command, Match match, Moment now) {
        Optional<Refusal> why = before(state, command, now);
        if (why.isPresent()) {
            return refused(state, command.action(), why.get(), now);
        }
        if (match instanceof Match.Known known) {
            return known(state, command, known, now);
        } else if (match instanceof Match.Nobody) {
            return wrongCode(state, command.action(), now);
        } else if (match instanceof Match.NoUsers) {
            return refused(state, command.action(), Refusal.NO_USERS, now);
        } else if (match instanceof Match.Unreadable) {
            return refused(state, command.action(), Refusal.USERS_UNREADABLE, now);
        }
        return refused(state, command.action(), Refusal.BUSY, now);
    }

    /**
     * Counts commands that were thrown away unread because too many came at a time.
     *
     * @param count how many; at least 1
     */
    public Outcome lost(GateState state, long count, Moment now) {
        GateState counted = state.counted(Refusal.BUSY, count - 1);
        return refused(counted, null, Refusal.BUSY, now);
    }

    /** What speaks against it, whoever sent it. */
    private Optional<Refusal> before(GateState state, Command command, Moment now) {
        Optional<Refusal> late = late(command.issuedAt(), now);
        if (late.isPresent()) {
            return late;
        }
        if (command.code() == null) {
            return policy.needsCode(command.action()) ? Optional.of(Refusal.NO_CODE) : Optional.empty();
        }
        return state.tries().isLocked(now.time().monotonicNanos()) ? Optional.of(Refusal.LOCKED_OUT) : Optional.empty();
    }

    private static Optional<Refusal> late(@Nullable Instant issuedAt, Moment now) {
        if (issuedAt == null) {
            return Optional.empty();
        }
        if (!now.clockSynced()) {
            return Optional.of(Refusal.CLOCK_NOT_SET);
        }
        Instant wall = now.time().wall();
        if (issuedAt.isBefore(wall.minus(LONGEST_AGE))) {
            return Optional.of(Refusal.STALE);
        }
        return issuedAt.isAfter(wall.plus(CLOCKS_DIFFER)) ? Optional.of(Refusal.FROM_THE_FUTURE) : Optional.empty();
    }

    private static Outcome known(GateState state, Command command, Match.Known known, Moment now) {
        User user = known.user();
        if (!user.rights().contains(command.action().right())) {
            return refused(state, command.action(), Refusal.NOT_PERMITTED, now);
        }
        if (user.isLimited() && !now.clockSynced()) {
            return refused(state, command.action(), Refusal.CLOCK_NOT_SET, now);
        }
        if (!user.isValidAt(now.time().wall())) {
            return refused(state, command.action(), Refusal.NOT_VALID_NOW, now);
        }
        return new Outcome(state.withGranted(), new Verdict.Granted(command, user.name(), known.duress()));
    }

    private static Outcome wrongCode(GateState state, @Nullable Action action, Moment now) {
        long nanos = now.time().monotonicNanos();
        if (state.tries().isLocked(nanos)) {
            return refused(state, action, Refusal.LOCKED_OUT, now);
        }
        return refused(state.withTries(state.tries().another(nanos)), action, Refusal.WRONG_CODE, now);
    }

    private static Outcome refused(GateState before, @Nullable Action action, Refusal why, Moment now) {
        long nanos = now.time().monotonicNanos();
        GateState state = before.counted(why, 1);
        boolean isOver = nanos - state.window() >= WINDOW.toNanos();
        long window = isOver ? nanos : state.window();
        int told = isOver ? 0 : state.told();
        Tries tries = state.tries();
        if (told >= MOST_TOLD && why != Refusal.WRONG_CODE) {
            Verdict.Notice silent = new Verdict.Notice(false, state.untold(), tries.failures(), 0);
            return new Outcome(
                    state.withNotices(window, told, state.untold() + 1), new Verdict.Refused(action, why, silent));
        }
        Verdict.Notice notice = new Verdict.Notice(true, state.untold(), tries.failures(), tries.lockedSeconds(nanos));
        return new Outcome(state.withNotices(window, told + 1, 0), new Verdict.Refused(action, why, notice));
    }
}
