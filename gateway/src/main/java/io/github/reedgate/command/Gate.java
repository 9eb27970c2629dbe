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
    private final String gatewayId;

    /**
     * A gate.
     *
     * @param policy which commands need a code or a signature
     * @param gatewayId the gateway's id, which signed commands have to mean
     */
    public Gate(Policy policy, String gatewayId) {
        this.policy = policy;
        this.gatewayId = gatewayId;
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
            if (why == Refusal.WRONG_CODE && !policy.takesCodes()) {
                return refused(state, null, Refusal.NOT_SIGNED, now);
            }
            return why == Refusal.WRONG_CODE ? wrongCode(state, null, now) : refused(state, null, why, now);
        }
        Optional<Refusal> why = before(state, command, now);
        if (why.isPresent()) {
            return refused(state, command.action(), why.get(), now);
        }
        Proof proof = proof(command);
        return proof == null
                ? new Outcome(state.withGrantedUnnamed(), new Verdict.Granted(command, "", false))
                : new Outcome(state, new Verdict.Check(command, proof));
    }

    private @Nullable Proof proof(Command command) {
        Signed signed = command.signed();
        return signed == null
                ? command.code()
                : new Signature(
                        signed.user(), signed.text(gatewayId, command.action(), command.bypass()), signed.mac());
    }

    /**
     * Looks at a command whose code or signature was checked. Meanwhile others may have been refused, and time has passed: all is looked
     * at again.
     *
     * @param command the command as {@link #screen} let it pass
     * @param match whose code or signature it is
     */
    public Outcome judge(GateState state, Command command, Match match, Moment now) {
        Optional<Refusal> why = before(state, command, now);
        if (why.isPresent()) {
            return refused(state, command.action(), why.get(), now);
        }
        if (match instanceof Match.Known known) {
            return known(state, command, known, now);
        } else if (match instanceof Match.Nobody && command.signed() != null) {
            // no try: nobody guesses a key of 256 bits, and if wrong ones locked, anybody could lock out the others
            return refused(state, command.action(), Refusal.WRONG_SIGNATURE, now);
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
        Signed signed = command.signed();
        if (signed != null) {
            return beforeSigned(state.nonces(), signed, now);
        }
        Optional<Refusal> late = late(command.issuedAt(), now);
        if (late.isPresent()) {
            return late;
        }
        boolean isProved = command.code() != null;
        if (!policy.takesCodes()) {
            boolean isFree = !isProved && !policy.needsCode(command.action());
            return isFree ? Optional.empty() : Optional.of(Refusal.NOT_SIGNED);
        }
        if (!isProved) {
            return policy.needsCode(command.action()) ? Optional.of(Refusal.NO_CODE) : Optional.empty();
        }
        return state.tries().isLocked(now.time().monotonicNanos()) ? Optional.of(Refusal.LOCKED_OUT) : Optional.empty();
    }

    private Optional<Refusal> beforeSigned(Nonces nonces, Signed signed, Moment now) {
        Instant wall = now.time().wall();
        if (!policy.takesSignatures()) {
            return Optional.of(Refusal.SIGNATURE_NOT_TAKEN);
        }
        if (!now.clockSynced()) {
            return Optional.of(Refusal.CLOCK_NOT_SET);
        }
        if (nonces.isOver(signed, wall)) {
            return Optional.of(Refusal.EXPIRED);
        }
        if (signed.expires().isAfter(wall.plus(Nonces.LONGEST_LIFE))) {
            return Optional.of(Refusal.EXPIRES_TOO_LATE);
        }
        if (nonces.isUnknown(now.time().monotonicNanos())) {
            return Optional.of(Refusal.NONCES_UNKNOWN);
        }
        if (nonces.isUsed(signed)) {
            return Optional.of(Refusal.REPEATED);
        }
        return nonces.isFull(wall) ? Optional.of(Refusal.TOO_MANY_NONCES) : Optional.empty();
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

    /** A signed command is used up whatever comes of it: its sender was told, and nobody may try it again later. */
    private static Outcome known(GateState before, Command command, Match.Known known, Moment now) {
        User user = known.user();
        Signed signed = command.signed();
        GateState state = signed == null
                ? before
                : before.withNonces(before.nonces().and(signed, now.time().wall()));
        if (!user.rights().contains(command.action().right())) {
            return refused(state, command.action(), Refusal.NOT_PERMITTED, now);
        }
        if (user.isLimited() && !now.clockSynced()) {
            return refused(state, command.action(), Refusal.CLOCK_NOT_SET, now);
        }
        if (!user.isValidAt(now.time().wall())) {
            return refused(state, command.action(), Refusal.NOT_VALID_NOW, now);
        }
        GateState granted = signed == null ? state.withGranted() : state.withGrantedUnnamed();
        return new Outcome(granted, new Verdict.Granted(command, user.name(), known.duress()));
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
