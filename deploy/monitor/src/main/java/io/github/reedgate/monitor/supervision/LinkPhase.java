package io.github.reedgate.monitor.supervision;

import org.jspecify.annotations.Nullable;

/**
 * How well the monitor hears. Immutable; all times are on the monotonic clock.
 *
 * @param stage how far the connection is
 * @param sinceNanos when that connection began
 * @param sessionKept whether the broker had kept the session
 * @param judgeFromNanos from when silence is judged
 * @param provedNanos everything is known that the broker had at this time
 * @param probeNanos when the probe was sent whose echo is awaited, or null
 * @param unansweredNanos when the first of the probes was sent that have no echo yet, or null
 * @param common the failure of the broker that explains that no gateway is heard, or null
 */
record LinkPhase(
        Stage stage,
        long sinceNanos,
        boolean sessionKept,
        long judgeFromNanos,
        long provedNanos,
        @Nullable Long probeNanos,
        @Nullable Long unansweredNanos,
        @Nullable Common common) {

    /** How far the connection is. */
    enum Stage {
        /** There is none, and there was none since the start. */
        NEVER,
        /** It is lost. */
        DOWN,
        /** It stands. What comes may be old: messages that the broker had kept, and retained values. */
        CATCHING_UP,
        /** It stands, but the echo of a probe stays away, so what gateways publish may not arrive either. */
        UNPROVED,
        /** What comes is new. */
        LIVE
    }

    /**
     * All gateways vanished at once.
     *
     * @param sinceNanos when
     * @param spent true once that has lasted for too long to explain anything; until a gateway is heard
     */
    record Common(long sinceNanos, boolean spent) {}

    boolean isLive() {
        return stage == Stage.LIVE;
    }

    boolean isUp() {
        return stage == Stage.LIVE || stage == Stage.CATCHING_UP || stage == Stage.UNPROVED;
    }

    /** True while the failure of the broker explains that gateways are silent. */
    boolean isExplained() {
        return common != null && !common.spent();
    }

    LinkPhase down() {
        return new LinkPhase(Stage.DOWN, sinceNanos, false, judgeFromNanos, provedNanos, null, null, null);
    }

    /** The same without the echo. Once live, nothing is missing within the connection: the session counts as kept. */
    LinkPhase unproved() {
        return new LinkPhase(
                Stage.UNPROVED,
                sinceNanos,
                sessionKept || isLive(),
                judgeFromNanos,
                provedNanos,
                probeNanos,
                unansweredNanos,
                null);
    }

    LinkPhase with(@Nullable Common other, long judgeFrom) {
        return new LinkPhase(
                stage, sinceNanos, sessionKept, judgeFrom, provedNanos, probeNanos, unansweredNanos, other);
    }

    LinkPhase probed(long nanos) {
        Long first = unansweredNanos == null ? Long.valueOf(nanos) : unansweredNanos;
        return new LinkPhase(stage, sinceNanos, sessionKept, judgeFromNanos, provedNanos, nanos, first, common);
    }

    LinkPhase proved(long askedNanos) {
        return new LinkPhase(stage, sinceNanos, sessionKept, judgeFromNanos, askedNanos, null, null, common);
    }
}
