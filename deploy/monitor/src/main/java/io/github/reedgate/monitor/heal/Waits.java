package io.github.reedgate.monitor.heal;

import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.SplittableRandom;

/** How long a gateway is left alone after a request that brought nothing. Owned by the recorder's thread. */
final class Waits {

    /** The first wait; it doubles with each further request that brings nothing. */
    static final Duration FIRST = Duration.ofMinutes(1);

    /** The longest wait. */
    static final Duration LONGEST = Duration.ofHours(1);

    /**
     * The time between a gateway's coming online and the first request to it. It says that it is online before it has subscribed to its
     * topics, one after the other.
     */
    static final Duration SETTLING = Duration.ofSeconds(5);

    /** The first wait after a request that nobody received; it doubles with each further one. */
    static final Duration FIRST_UNSUBSCRIBED = Duration.ofSeconds(5);

    private static final int MOST_DOUBLINGS = 10;

    private final SplittableRandom random;

    /** Waits whose jitter, a quarter at most, follows from a seed. */
    Waits(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A gateway has come online: failures before that say nothing any more. */
    void cameOnline(Peer peer, Timestamp now) {
        peer.failures = 0;
        peer.unsubscribed = 0;
        peer.dueNanos = now.monotonicNanos() + SETTLING.toNanos();
    }

    /** A request to a gateway brought nothing. */
    void failed(Peer peer, Timestamp now) {
        leave(peer, FIRST, peer.failures, now);
        peer.failures++;
    }

    /** Nobody received a request to a gateway, because it does not subscribe to requests. */
    void unsubscribed(Peer peer, Timestamp now) {
        leave(peer, FIRST_UNSUBSCRIBED, peer.unsubscribed, now);
        peer.unsubscribed++;
    }

    private void leave(Peer peer, Duration first, int former, Timestamp now) {
        long nanos = Math.min(first.toNanos() << Math.min(former, MOST_DOUBLINGS), LONGEST.toNanos());
        peer.dueNanos = now.monotonicNanos() + nanos + random.nextLong(nanos / 4 + 1);
    }
}
