package io.github.reedgate.command;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What the gate remembers. Immutable.
 *
 * @param tries wrong codes
 * @param spare how many are looked at while codes are locked
 * @param nonces those of signed commands
 * @param refused how many commands were refused since the start, by reason
 * @param granted how many were carried out
 * @param quotas how many refusals were reported of late: of each user who proved to be one, and of all others together, by
 *     {@link Gate#WITHOUT_PROOF} and {@link Gate#UNPROVED}
 */
public record GateState(
        Tries tries, Spare spare, Nonces nonces, Map<Refusal, Long> refused, long granted, Map<String, Quota> quotas) {

    /** Copies the maps. */
    public GateState {
        refused = Map.copyOf(refused);
        quotas = Map.copyOf(quotas);
    }

    /** Nothing has been ordered yet. */
    public static GateState starting(Tries tries, long nowNanos) {
        return starting(tries, Nonces.NONE, nowNanos);
    }

    /** The same, but some signed commands were used. */
    public static GateState starting(Tries tries, Nonces nonces, long nowNanos) {
        return new GateState(tries, Spare.starting(tries, nowNanos), nonces, Map.of(), 0, Map.of());
    }

    /** The same once those signed commands have expired, by a clock that can be trusted, that may have been used before the start. */
    public GateState withKnownNonces(Instant now) {
        return withNonces(nonces.known(now));
    }

    GateState withNonces(Nonces next) {
        return new GateState(tries, spare, next, refused, granted, quotas);
    }

    GateState withTries(Tries next) {
        return new GateState(next, spare, nonces, refused, granted, quotas);
    }

    GateState withSpare(Spare next) {
        return new GateState(tries, next, nonces, refused, granted, quotas);
    }

    GateState counted(Refusal why, long count) {
        Map<Refusal, Long> more = new EnumMap<>(Refusal.class);
        more.putAll(refused);
        more.merge(why, count, Long::sum);
        return new GateState(tries, spare, nonces, more, granted, quotas);
    }

    /** One more was carried out. */
    GateState withGranted() {
        return new GateState(tries, spare, nonces, refused, granted + 1, quotas);
    }

    /** The quota of its sharers. */
    Quota quota(String whose, long nowNanos) {
        return quotas.getOrDefault(whose, new Quota(nowNanos, 0, 0)).at(nowNanos);
    }

    /** The same with another quota; those that say nothing any more are forgotten. */
    GateState withQuota(String whose, Quota quota, long nowNanos) {
        Map<String, Quota> next = new HashMap<>(quotas);
        next.values().removeIf(each -> each.untold() == 0 && each.isOver(nowNanos));
        next.put(whose, quota);
        return new GateState(tries, spare, nonces, refused, granted, next);
    }
}
