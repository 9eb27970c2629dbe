package io.github.reedgate.delivery;

import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was handed to the present connection and has no answer yet. Owned by one thread. */
final class OnTheWay {

    // tokens rise, so this is the order of the tokens
    private final Map<Long, Sent> byToken = new LinkedHashMap<>();
    private final Set<Long> entries = new HashSet<>();
    // sent with QoS 0: nobody answers, only a later answer shows that they did no harm
    private final TreeMap<Long, Sent> unproved = new TreeMap<>();
    private long lastToken;
    private int beyond;

    /**
     * A message that was sent.
     *
     * @param message the message
     * @param entryId its entry in the outbox; 0 if it is a retained topic's value
     * @param beyond whether it was sent although there was no room but for alarms and values
     */
    record Sent(Message message, long entryId, boolean beyond) {}

    /** Notes messages that are about to be sent, each under a token of its own. */
    List<BrokerLink.Outgoing> note(List<Sent> messages) {
        List<BrokerLink.Outgoing> outgoing = new ArrayList<>(messages.size());
        for (Sent sent : messages) {
            byToken.put(++lastToken, sent);
            beyond += sent.beyond() ? 1 : 0;
            if (sent.entryId() != 0) {
                entries.add(sent.entryId());
            }
            outgoing.add(new BrokerLink.Outgoing(lastToken, sent.message()));
        }
        return outgoing;
    }

    /** Takes out what was sent under a token; null if nothing is on its way under it. */
    @Nullable
    Sent take(long token) {
        Sent sent = byToken.remove(token);
        if (sent != null && sent.message().qos() == QoS.AT_MOST_ONCE) {
            unproved.put(token, sent);
        }
        if (sent != null) {
            entries.remove(sent.entryId());
            beyond -= sent.beyond() ? 1 : 0;
        }
        return sent;
    }

    /** Whether an entry of the outbox is on its way. */
    boolean holds(long entryId) {
        return entries.contains(entryId);
    }

    /** What was sent with QoS 0 before a message that the broker has answered, each once. */
    List<Sent> provedBy(long token) {
        if (unproved.isEmpty()) {
            return List.of();
        }
        List<Sent> proved = List.copyOf(unproved.headMap(token).values());
        unproved.headMap(token).clear();
        return proved;
    }

    /** All that may be to blame for the end of the connection, in the order sent, but what is on one topic. */
    List<Sent> unanswered(String exceptTopic) {
        TreeMap<Long, Sent> all = new TreeMap<>(unproved);
        all.putAll(byToken);
        return all.values().stream()
                .filter(sent -> !sent.message().topic().equals(exceptTopic))
                .toList();
    }

    boolean isEmpty() {
        return byToken.isEmpty();
    }

    int size() {
        return byToken.size();
    }

    /** How many of them were sent although there was no room but for alarms and values. */
    int beyond() {
        return beyond;
    }

    /**
     * How many of them can be at the broker already.
     *
     * @param room up to how many the connection sends those that it sends in turn
     */
    int atBroker(int room) {
        return Math.min(byToken.size(), room + beyond);
    }

    /** The connection has ended: nobody will answer any more. */
    void clear() {
        byToken.clear();
        entries.clear();
        unproved.clear();
        beyond = 0;
    }
}
