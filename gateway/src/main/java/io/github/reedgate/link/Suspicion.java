package io.github.reedgate.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subscription that ends the connections, and pauses it. Two things point at a topic: a message on it that this
 * client can't take, and a broker that hangs up while the subscription is open. After two such ends a topic is paused, each
 * time for twice as long: with a first pause of 1 minute for 1, 2, 4, 8 and then 16 minutes.
 *
 * <p>A message that can't be taken names no topic. So after two of them in 10 minutes each topic is on trial for 5 s, alone,
 * before the next one is subscribed to. If a message ends a connection while no topic is on trial, all are paused.
 *
 * <p>Owned by thread {@code broker-link}; time is an argument.
 */
final class Suspicion {

    /** How long a topic is on trial. */
    static final Duration TRIAL = Duration.ofSeconds(5);

    private static final int MOST_ENDS = 2;
    private static final int MOST_DOUBLINGS = 4;
    private static final long MEMORY_NANOS = Duration.ofMinutes(10).toNanos();

    private final Duration firstPause;
    private final Deque<Long> unreadable = new ArrayDeque<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private final Map<String, Pause> pauses = new HashMap<>();

    /** The latest pause of a topic, and how many it had. */
    private record Pause(long endNanos, int count, boolean isUnreadable) {}

    /** Suspects nothing; {@code firstPause} is how long a topic is paused first. */
    Suspicion(Duration firstPause) {
        this.firstPause = firstPause;
    }

    /**
     * A connection ended.
     *
     * @param trouble why
     * @param open the topic whose subscription was open or on trial; null if there was none
     * @param topics all of them
     * @param nowNanos monotonic time
     */
    void ended(LinkTrouble trouble, @Nullable String open, Collection<String> topics, long nowNanos) {
        if (trouble == LinkTrouble.UNREADABLE) {
            boolean onTrial = isTrial(nowNanos);
            unreadable.addLast(nowNanos);
            if (onTrial && open != null) {
                pause(open, true, nowNanos);
            } else if (onTrial) {
                topics.forEach(topic -> pause(topic, true, nowNanos));
            }
        } else if (open != null
                && trouble != LinkTrouble.TAKEN_OVER
                && ends.merge(open, 1, Integer::sum) >= MOST_ENDS) {
            pause(open, false, nowNanos);
        }
    }

    /** The broker answered the subscription, and the topic's trial is over if there was one. */
    void cleared(String topic, long nowNanos) {
        ends.remove(topic);
        if (!isTrial(nowNanos)) {
            pauses.remove(topic);
        }
    }

    /** Whether each topic has to be on trial. */
    boolean isTrial(long nowNanos) {
        while (!unreadable.isEmpty() && nowNanos - unreadable.getFirst() > MEMORY_NANOS) {
            unreadable.removeFirst();
        }
        return unreadable.size() >= MOST_ENDS;
    }

    /** How long a topic is still paused; empty if it may be subscribed to. */
    Optional<Duration> pause(String topic, long nowNanos) {
        Pause pause = pauses.get(topic);
        return pause == null || nowNanos - pause.endNanos() >= 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(pause.endNanos() - nowNanos));
    }

    /** Whether a paused topic is so for a message that can't be taken, not for a broker that hangs up. */
    boolean isUnreadable(String topic) {
        Pause pause = pauses.get(topic);
        return pause != null && pause.isUnreadable();
    }

    private void pause(String topic, boolean isUnreadable, long nowNanos) {
        Pause before = pauses.get(topic);
        int count = before == null ? 0 : before.count();
        long length = firstPause.toNanos() << Math.min(count, MOST_DOUBLINGS);
        pauses.put(topic, new Pause(nowNanos + length, count + 1, isUnreadable));
    }
}
