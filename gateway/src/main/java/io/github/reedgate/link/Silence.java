package io.github.reedgate.link;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Judges whether a connection is dead, by what was sent on it and what was heard since. Safe for use by several threads;
 * time is an argument; of one connection only.
 *
 * <p>The client library asks with PINGREQ, but only once nothing was sent for a keep-alive: whoever sends now and then puts
 * that off, for ever with messages of QoS 0, which nobody acknowledges. So this asks as well, at the next look behind
 * whatever was sent and not answered. If the broker stretched the keep-alive, or switched it off, it asks whenever nothing
 * was heard for one of our own. A look is due every eighth of a keep-alive; an answer may take seven of them. Both together,
 * or PINGREQ and its answer, take two keep-alives at most, from whatever moment the line was dead.
 */
final class Silence {

    /** So many looks are made in a keep-alive. */
    static final int LOOKS = 8;

    private long heardNanos;
    private boolean isProved;
    private OptionalLong askedNanos = OptionalLong.empty();

    /** What is to be done. */
    enum Step {
        /** Nothing. */
        WAIT,
        /** A sign of life is to be asked for, now. */
        ASK,
        /** The connection is dead. */
        END
    }

    /** The connection is up, and what was sent on it so far has no answer; {@code nowNanos} is monotonic time. */
    synchronized void begin(long nowNanos) {
        heardNanos = nowNanos;
        isProved = false;
        askedNanos = OptionalLong.empty();
    }

    /** Something was sent that is no question for a sign of life. */
    synchronized void sent() {
        isProved = false;
    }

    /** Something came from the broker. */
    synchronized void heard(long nowNanos) {
        heardNanos = nowNanos;
        isProved = true;
        askedNanos = OptionalLong.empty();
    }

    /**
     * What is to be done; whoever is told to ask has to do so.
     *
     * @param keepAlive our own
     * @param isStretched whether the broker wants to hear of this client more rarely, or not at all
     * @param nowNanos monotonic time
     */
    synchronized Step look(Duration keepAlive, boolean isStretched, long nowNanos) {
        if (askedNanos.isPresent()) {
            boolean isLate =
                    nowNanos - askedNanos.getAsLong() >= patience(keepAlive).toNanos();
            return isLate ? Step.END : Step.WAIT;
        }
        if (isProved && !(isStretched && nowNanos - heardNanos >= keepAlive.toNanos())) {
            return Step.WAIT;
        }
        askedNanos = OptionalLong.of(nowNanos);
        return Step.ASK;
    }

    /** How long an answer may take. */
    static Duration patience(Duration keepAlive) {
        return keepAlive.minus(keepAlive.dividedBy(LOOKS));
    }
}
