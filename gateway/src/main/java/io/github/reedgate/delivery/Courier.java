package io.github.reedgate.delivery;

import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Importance;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Hands messages to the broker connection and keeps each until it is acknowledged. On every connect the order is:
 * availability, all retained values, then what waits in the outbox, oldest first. At most {@link #WINDOW} messages (fewer if
 * the broker says so) are unacknowledged at a time. A topic that the broker refuses is parked: its messages stay, one of
 * them is tried again after a while, and the other topics go on. Owned by the loop thread; never blocks; time is an argument.
 */
public final class Courier {

    /** How many messages may be unacknowledged. */
    public static final int WINDOW = 64;

    private final Outbox outbox;
    private final BrokerLink link;
    private final Message online;
    private final Duration parkTime;
    private final LongConsumer delivered;

    private final Map<String, Message> retained = new LinkedHashMap<>();
    private final Set<String> unsentRetained = new LinkedHashSet<>();
    private final Map<Long, Sent> inFlight = new HashMap<>();
    private final Set<Long> inFlightEntries = new HashSet<>();
    private final Map<Long, Long> requests = new HashMap<>();
    private final Map<String, Park> parked = new HashMap<>();
    private long connection;
    private int window;
    private long lastToken;
    private long cursor;
    private long refused;

    /** What was sent with a token: a retained topic's value if {@code entryId} is 0, else an entry of the outbox. */
    private record Sent(Message message, long entryId) {}

    /** A topic that was refused: when to try it again, whether a try is on its way, and whether somebody was told. */
    private record Park(long retryNanos, boolean trying, boolean told) {}

    /**
     * A courier without a connection.
     *
     * @param outbox where non-retained messages wait
     * @param link the connection
     * @param online the retained availability sent first on each connect
     * @param parkTime how long a refused topic waits
     * @param delivered told the request id of each message that had one, once it is acknowledged
     */
    public Courier(Outbox outbox, BrokerLink link, Message online, Duration parkTime, LongConsumer delivered) {
        this.outbox = outbox;
        this.link = link;
        this.online = online;
        this.parkTime = parkTime;
        this.delivered = delivered;
    }

    /**
     * Takes a message over; sends it at once if it can.
     *
     * @param message the message; a retained one replaces what waits on its topic
     * @param importance what may be dropped first
     * @param requestId told to {@code delivered} on acknowledgement, or 0
     */
    public void publish(Message message, Importance importance, long requestId) {
        if (message.retain()) {
            retained.put(message.topic(), message);
            unsentRetained.add(message.topic());
            pump();
            return;
        }
        Outbox.Entry entry = outbox.append(message, importance);
        if (requestId != 0) {
            requests.put(entry.id(), requestId);
        }
        // whatever could be sent has been: while there is room, only parked topics wait
        boolean live = connection != 0 && hasRoom() && !parked.containsKey(message.topic());
        if (live) {
            cursor = entry.id();
            send(new Sent(message, entry.id()));
        }
    }

    /** Does what can be done for messages that will probably be published soon, without sending them. */
    public void rehearse(List<Message> messages) {
        if (connection != 0 && !messages.isEmpty()) {
            link.rehearse(messages);
        }
    }

    /** There is a connection: fresh truth first, then what waited. */
    public void linkUp(LinkEvent.Up up) {
        linkDown();
        connection = up.connection();
        window = Math.min(WINDOW, up.receiveMaximum());
        cursor = 0;
        unsentRetained.clear();
        unsentRetained.addAll(retained.keySet());
        if (!parked.containsKey(online.topic())) {
            send(new Sent(online, 0));
        }
        pump();
    }

    /**
     * There is none any more: what was not acknowledged will be sent again. A topic that was refused stays parked, for some
     * brokers end the connection with the refusal and would do so on every connect.
     */
    public void linkDown() {
        inFlight.clear();
        inFlightEntries.clear();
        parked.values().removeIf(park -> !park.told());
        parked.replaceAll((topic, park) -> new Park(park.retryNanos(), false, true));
        connection = 0;
    }

    /**
     * An answer to a publish. No answer on a living connection is no refusal, but its topic waits as long.
     *
     * @return true if the topic was refused just now and somebody should be told
     */
    public boolean published(LinkEvent.Published answer, long nowNanos) {
        Sent sent = answer.connection() == connection ? inFlight.remove(answer.token()) : null;
        if (sent == null) {
            return false;
        }
        inFlightEntries.remove(sent.entryId());
        boolean told = false;
        if (answer.outcome() == PublishOutcome.ACCEPTED) {
            accepted(sent);
        } else {
            told = refused(sent, answer.outcome(), nowNanos);
        }
        pump();
        return told;
    }

    private void accepted(Sent sent) {
        if (parked.remove(sent.message().topic()) != null) {
            cursor = 0;
        }
        if (sent.entryId() != 0) {
            outbox.remove(sent.entryId());
            Long request = requests.remove(sent.entryId());
            if (request != null) {
                delivered.accept(request);
            }
        }
    }

    private boolean refused(Sent sent, PublishOutcome outcome, long nowNanos) {
        String topic = sent.message().topic();
        if (sent.entryId() == 0 && sent.message().equals(retained.get(topic))) {
            unsentRetained.add(topic);
        }
        boolean isRefusal = outcome != PublishOutcome.UNKNOWN;
        if (isRefusal) {
            refused++;
        }
        Park before = parked.get(topic);
        boolean told = before != null && before.told();
        parked.put(topic, new Park(nowNanos + parkTime.toNanos(), false, told || isRefusal));
        return isRefusal && !told;
    }

    /** When {@link #tick} is due: the first parked topic's next try; empty while none can be made. */
    public OptionalLong deadlineNanos() {
        if (connection == 0 || !hasRoom()) {
            return OptionalLong.empty();
        }
        return parked.values().stream()
                .filter(park -> !park.trying())
                .mapToLong(Park::retryNanos)
                .reduce((a, b) -> a - b < 0 ? a : b);
    }

    /** Tries parked topics whose time has come, each with its oldest message. */
    public void tick(long nowNanos) {
        if (connection == 0) {
            return;
        }
        Iterator<Map.Entry<String, Park>> all = parked.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Park> entry = all.next();
            Park park = entry.getValue();
            if (park.trying() || nowNanos - park.retryNanos() < 0 || !hasRoom()) {
                continue;
            }
            entry.setValue(new Park(park.retryNanos(), true, park.told()));
            if (!tryAgain(entry.getKey())) {
                all.remove();
            }
        }
        pump();
    }

    /** Sends the topic's value or oldest message again; returns false if nothing waits on it any more. */
    private boolean tryAgain(String topic) {
        Message value = retained.get(topic);
        if (value != null) {
            unsentRetained.remove(topic);
            send(new Sent(value, 0));
            return true;
        }
        if (topic.equals(online.topic())) {
            send(new Sent(online, 0));
            return true;
        }
        Optional<Outbox.Entry> oldest = outbox.oldest(topic);
        oldest.ifPresent(entry -> send(new Sent(Messages.replayed(entry.message()), entry.id())));
        return oldest.isPresent();
    }

    /** How many messages wait or are on their way, retained values not counted. */
    public int depth() {
        return outbox.size();
    }

    /** How many refusals there were since the start. */
    public long refusals() {
        return refused;
    }

    /** True if nothing is on its way. */
    public boolean isIdle() {
        return inFlight.isEmpty();
    }

    /** True while there is a connection. */
    public boolean isConnected() {
        return connection != 0;
    }

    private void pump() {
        if (connection == 0) {
            return;
        }
        Iterator<String> topics = unsentRetained.iterator();
        while (hasRoom() && topics.hasNext()) {
            String topic = topics.next();
            Message value = retained.get(topic);
            if (value != null && !parked.containsKey(topic)) {
                topics.remove();
                send(new Sent(value, 0));
            }
        }
        Optional<Outbox.Entry> next = outbox.next(cursor);
        while (hasRoom() && next.isPresent()) {
            Outbox.Entry entry = next.get();
            cursor = entry.id();
            boolean free = !parked.containsKey(entry.message().topic()) && !inFlightEntries.contains(entry.id());
            if (free) {
                send(new Sent(Messages.replayed(entry.message()), entry.id()));
            }
            next = outbox.next(cursor);
        }
    }

    private boolean hasRoom() {
        return inFlight.size() < window;
    }

    private void send(Sent sent) {
        long token = ++lastToken;
        inFlight.put(token, sent);
        if (sent.entryId() != 0) {
            inFlightEntries.add(sent.entryId());
        }
        link.publish(token, sent.message());
    }
}
