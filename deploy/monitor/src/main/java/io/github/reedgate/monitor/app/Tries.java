package io.github.reedgate.monitor.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Says when each of several things is tried: at once, and after each failure later, from {@link #FIRST} to {@link #MOST}. Owned
 * by one thread; time is an argument.
 *
 * @param <K> names one of them
 */
final class Tries<K> {

    /** The wait after the first failure; each further one is twice as long. */
    static final Duration FIRST = Duration.ofSeconds(1);

    /** The longest wait. */
    static final Duration MOST = Duration.ofMinutes(1);

    private static final int MOST_DOUBLINGS = 6;

    private final Map<K, Attempt> attempts = new HashMap<>();

    private record Attempt(boolean isOnItsWay, int failures, long dueNanos) {}

    /** True if it is to be tried now; then it counts as on its way. */
    boolean begin(K key, long nowNanos) {
        Attempt before = attempts.get(key);
        if (before != null && (before.isOnItsWay() || nowNanos - before.dueNanos() < 0)) {
            return false;
        }
        attempts.put(key, new Attempt(true, before == null ? 0 : before.failures(), nowNanos));
        return true;
    }

    /**
     * An attempt failed.
     *
     * @return how many have, in a row
     */
    int failed(K key, long nowNanos) {
        Attempt before = attempts.get(key);
        int failures = before == null ? 1 : before.failures() + 1;
        long wait = Math.min(FIRST.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS), MOST.toNanos());
        attempts.put(key, new Attempt(false, failures, nowNanos + wait));
        return failures;
    }

    /** An attempt went well. */
    void done(K key) {
        attempts.remove(key);
    }

    /** Forgets all but these. */
    void keepOnly(Set<K> keys) {
        attempts.keySet().retainAll(keys);
    }

    /** Forgets all: each is tried at once. */
    void clear() {
        attempts.clear();
    }
}
