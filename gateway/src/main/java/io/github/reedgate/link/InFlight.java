package io.github.reedgate.link;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The publishes of one connection that nobody has answered yet, and those that wait for their turn; sees to it that each is
 * answered once. The only lock of the link: the owner adds, the client's thread takes, and the end of the connection closes,
 * each in any order. None of them blocks under the lock.
 */
final class InFlight {

    private final Map<Long, Sent> tokens = new LinkedHashMap<>();
    private final Queue<Ready> waiting = new ArrayDeque<>();
    private int room;
    private long lastTicket;
    private long progressNanos;
    private boolean closed;

    /** The token of a publish without an answer, when it was sent, and whether the answer comes from the broker. */
    private record Sent(long token, long atNanos, boolean isAcknowledged) {}

    /**
     * A publish that can be sent.
     *
     * @param outgoing the message and the token that its answer has
     * @param packet made of it
     */
    record Ready(BrokerLink.Outgoing outgoing, Mqtt5Publish packet) {}

    /**
     * A publish to be sent now.
     *
     * @param ticket to be given back with the answer
     * @param ready what to send
     */
    record Turn(long ticket, Ready ready) {}

    /** Notes a publish that is sent now; null if the connection has ended. */
    synchronized @Nullable Turn add(Ready ready) {
        return closed ? null : begin(ready);
    }

    /**
     * Notes a publish that is sent when its turn comes; false if the connection has ended.
     *
     * @param atMost how many may have no answer when one of those that wait is sent, itself counted
     */
    synchronized boolean queue(Ready ready, int atMost) {
        room = atMost;
        return !closed && waiting.add(ready);
    }

    /** The publish whose turn it is, from now on one without an answer; null if none waits or has room. */
    synchronized @Nullable Turn next() {
        return waiting.isEmpty() || tokens.size() >= room ? null : begin(waiting.remove());
    }

    /** Lets nothing of what waits be sent from now on. */
    synchronized void hold() {
        room = 0;
    }

    private Turn begin(Ready ready) {
        lastTicket++;
        long nowNanos = System.nanoTime();
        if (tokens.isEmpty()) {
            progressNanos = nowNanos;
        }
        boolean isAcknowledged = ready.packet().getQos() != MqttQos.AT_MOST_ONCE;
        tokens.put(lastTicket, new Sent(ready.outgoing().token(), nowNanos, isAcknowledged));
        return new Turn(lastTicket, ready);
    }

    /** Takes a publish out; true for exactly one caller, who has to answer it. */
    synchronized boolean take(long ticket) {
        Sent sent = tokens.remove(ticket);
        if (sent != null && sent.isAcknowledged()) {
            progressNanos = System.nanoTime();
        }
        return sent != null;
    }

    /**
     * True if publishes have no answer and none got one for so long, or one of them has none after twice as long.
     *
     * @param patience how long
     * @param nowNanos monotonic time
     */
    synchronized boolean isStuck(Duration patience, long nowNanos) {
        if (tokens.isEmpty()) {
            return false;
        }
        long oldestNanos = tokens.values().iterator().next().atNanos();
        return nowNanos - progressNanos >= patience.toNanos() || nowNanos - oldestNanos >= 2 * patience.toNanos();
    }

    /** Takes no more and hands out the tokens of all that are left, oldest first, for the caller to answer. */
    synchronized List<Long> close() {
        closed = true;
        List<Long> left = new ArrayList<>();
        tokens.values().forEach(each -> left.add(each.token()));
        waiting.forEach(each -> left.add(each.outgoing().token()));
        tokens.clear();
        waiting.clear();
        return left;
    }
}
