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

    /** Whose refusals share a quota: of commands without code and signature, and of what is no command. No user has that name. */
    static final String WITHOUT_PROOF = "(none)";

    /** The same of commands with a code or signature that was not found right. */
    static final String UNPROVED = "(unproved)";

    /** The same of requests for the log. */
    static final String LOG_REQUESTS = "(log)";

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
            Action action = command == null ? null : command.action();
            return refused(state, action, Refusal.RETAINED, whose(command), now);
        }
        if (command == null) {
            Refusal why = reading.refusal();
            if (why == Refusal.WRONG_CODE && !policy.takesCodes()) {
                return refused(state, null, Refusal.NOT_SIGNED, UNPROVED, now);
            }
            return why == Refusal.WRONG_CODE
                    ? wrongCode(state, null, false, now)
                    : refused(state, null, why, WITHOUT_PROOF, now);
        }
        Optional<Refusal> why = before(state, command, now);
        if (why.isEmpty() && command.code() != null && isShut(state, now)) {
            why = Optional.of(Refusal.LOCKED_OUT);
        }
        if (why.isPresent()) {
            return refused(state, command.action(), why.get(), whose(command), now);
        }
        Proof proof = proof(command);
        return proof == null
                ? new Outcome(state.withGranted(), new Verdict.Granted(command, "", false, false))
                : new Outcome(state, new Verdict.Check(command, proof));
    }

    private static String whose(@Nullable Command command) {
        boolean hasProof = command != null && (command.code() != null || command.signed() != null);
        return hasProof ? UNPROVED : WITHOUT_PROOF;
    }

    /** True if no code is looked at. */
    private static boolean isShut(GateState state, Moment now) {
        long nanos = now.time().monotonicNanos();
        return state.tries().isLocked(nanos) && state.spare().isEmpty(nanos);
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
            return refused(state, command.action(), why.get(), UNPROVED, now);
        }
        if (match instanceof Match.Known known) {
            return known(state, command, known, now);
        } else if (match instanceof Match.Nobody && command.signed() != null) {
            // no try: nobody guesses a key of 256 bits, and if wrong ones locked, anybody could lock out the others
            return refused(state, command.action(), Refusal.WRONG_SIGNATURE, UNPROVED, now);
        } else if (match instanceof Match.Nobody) {
            return wrongCode(state, command.action(), true, now);
        } else if (match instanceof Match.NoUsers) {
            return refused(state, command.action(), Refusal.NO_USERS, UNPROVED, now);
        } else if (match instanceof Match.Unreadable) {
            return refused(state, command.action(), Refusal.USERS_UNREADABLE, UNPROVED, now);
        }
        return refused(state, command.action(), Refusal.BUSY, UNPROVED, now);
    }

    /**
     * Counts commands that were thrown away unread because too many came at a time.
     *
     * @param count how many; at least 1
     */
    public Outcome lost(GateState state, long count, Moment now) {
        GateState counted = state.counted(Refusal.BUSY, count - 1);
        return refused(counted, null, Refusal.BUSY, WITHOUT_PROOF, now);
    }

    /** Counts a request for the log that is refused. Such refusals have a quota of their own, so they hide none of a command. */
    public Outcome refusedRequest(GateState state, Refusal why, Moment now) {
        return refused(state, null, why, LOG_REQUESTS, now);
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
        boolean isMissing = !isProved && policy.needsCode(command.action());
        return isMissing ? Optional.of(Refusal.NO_CODE) : Optional.empty();
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
        return nonces.isFull(signed, wall) ? Optional.of(Refusal.TOO_MANY_NONCES) : Optional.empty();
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
            return refused(state, command.action(), Refusal.NOT_PERMITTED, user.name(), now);
        }
        if (user.isLimited() && !now.clockSynced()) {
            return refused(state, command.action(), Refusal.CLOCK_NOT_SET, user.name(), now);
        }
        if (!user.isValidAt(now.time().wall())) {
            return refused(state, command.action(), Refusal.NOT_VALID_NOW, user.name(), now);
        }
        boolean mayDisarm = user.rights().contains(Right.DISARM);
        // who may not disarm could guess the codes of others between two of their own
        GateState granted = (signed == null && mayDisarm ? withoutTries(state, now) : state).withGranted();
        return new Outcome(
                granted,
                new Verdict.Granted(command, user.name(), user.rights().contains(Right.DISARM), known.duress()));
    }

    private static GateState withoutTries(GateState state, Moment now) {
        return state.withTries(Tries.NONE).withSpare(Spare.full(now.time().monotonicNanos()));
    }

    /**
     * A wrong code: a try, or while codes are locked one of the few that are looked at nevertheless.
     *
     * @param looked whether it was compared with the users' codes
     */
    private static Outcome wrongCode(GateState state, @Nullable Action action, boolean looked, Moment now) {
        long nanos = now.time().monotonicNanos();
        if (state.tries().isLocked(nanos)) {
            GateState used = looked ? state.withSpare(state.spare().used(nanos)) : state;
            return refused(used, action, Refusal.LOCKED_OUT, UNPROVED, now);
        }
        return refused(state.withTries(state.tries().another(nanos)), action, Refusal.WRONG_CODE, UNPROVED, now);
    }

    private static Outcome refused(GateState before, @Nullable Action action, Refusal why, String whose, Moment now) {
        long nanos = now.time().monotonicNanos();
        GateState state = before.counted(why, 1);
        Quota quota = state.quota(whose, nanos);
        Tries tries = state.tries();
        boolean isTold = !quota.isUsedUp() || why == Refusal.WRONG_CODE;
        boolean isReplied = isTold || !(whose.equals(UNPROVED) || whose.equals(WITHOUT_PROOF));
        Verdict.Notice notice = new Verdict.Notice(
                isTold, isReplied, quota.untold(), tries.failures(), isTold ? tries.lockedSeconds(nanos) : 0);
        Quota next = isTold ? quota.tellingOne() : quota.countingOne();
        return new Outcome(state.withQuota(whose, next, nanos), new Verdict.Refused(action, why, notice));
    }
}
