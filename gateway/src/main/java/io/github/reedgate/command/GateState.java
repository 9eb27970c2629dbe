package io.github.reedgate.command;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the gate remembers. Immutable.
 *
 * @param tries wrong codes
 * @param nonces those of signed commands
 * @param refused how many commands were refused since the start, by reason
 * @param granted how many were carried out
 * @param window since when refusals are counted that were told, on the monotonic clock
 * @param told how many were told since then
 * @param untold how many were not told since one was told last
 */
public record GateState(
        Tries tries, Nonces nonces, Map<Refusal, Long> refused, long granted, long window, int told, long untold) {

    /** Copies the counts. */
    public GateState {
        refused = Map.copyOf(refused);
    }

    /** Nothing has been ordered yet. */
    public static GateState starting(Tries tries, long nowNanos) {
        return starting(tries, Nonces.NONE, nowNanos);
    }

    /** The same, but some signed commands were used. */
    public static GateState starting(Tries tries, Nonces nonces, long nowNanos) {
        return new GateState(tries, nonces, Map.of(), 0, nowNanos, 0, 0);
    }

    GateState withNonces(Nonces next) {
        return new GateState(tries, next, refused, granted, window, told, untold);
    }

    GateState withTries(Tries next) {
        return new GateState(next, nonces, refused, granted, window, told, untold);
    }

    GateState counted(Refusal why, long count) {
        Map<Refusal, Long> more = new EnumMap<>(Refusal.class);
        more.putAll(refused);
        more.merge(why, count, Long::sum);
        return new GateState(tries, nonces, more, granted, window, told, untold);
    }

    /** One more was carried out; the right code wipes out the wrong ones. */
    GateState withGranted() {
        return new GateState(Tries.NONE, nonces, refused, granted + 1, window, told, untold);
    }

    /** One more was carried out that had no code: it says nothing about the wrong ones. */
    GateState withGrantedUnnamed() {
        return new GateState(tries, nonces, refused, granted + 1, window, told, untold);
    }

    GateState withNotices(long since, int telling, long silent) {
        return new GateState(tries, nonces, refused, granted, since, telling, silent);
    }
}
