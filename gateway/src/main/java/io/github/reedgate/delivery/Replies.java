package io.github.reedgate.delivery;

import io.github.reedgate.message.Message;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers to commands that wait for the broker, in memory only: none survives a restart. At most {@link #MOST} wait; then the oldest one is
 * dropped and logged. Owned by the loop thread.
 */
final class Replies {

    /** How many wait at most. */
    static final int MOST = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private final TreeMap<Long, Message> waiting = new TreeMap<>();
    private final Set<Long> inFlight = new HashSet<>();
    private long last;
    private long dropped;

    /** Takes a reply; returns its number. */
    long add(Message message) {
        waiting.put(++last, message);
        if (waiting.size() > MOST) {
            Map.Entry<Long, Message> oldest = waiting.pollFirstEntry();
            dropped++;
            LOG.warn(
                    "a reply on {} was dropped, as more than {} wait for the broker; {} were dropped since the start",
                    oldest.getValue().topic(),
                    MOST,
                    dropped);
        }
        return last;
    }

    /** The first one above a number that is not in flight. */
    Optional<Map.Entry<Long, Message>> next(long after) {
        Map.Entry<Long, Message> found = waiting.higherEntry(after);
        while (found != null && inFlight.contains(found.getKey())) {
            found = waiting.higherEntry(found.getKey());
        }
        return Optional.ofNullable(found);
    }

    void sent(long number) {
        inFlight.add(number);
    }

    void done(long number) {
        waiting.remove(number);
        inFlight.remove(number);
    }

    void failed(long number) {
        inFlight.remove(number);
    }

    void connectionEnded() {
        inFlight.clear();
    }

    int size() {
        return waiting.size();
    }
}
