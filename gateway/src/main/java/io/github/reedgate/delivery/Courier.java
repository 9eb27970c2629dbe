package io.github.reedgate.delivery;

import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Importance;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Hands messages to the broker connection and keeps each until it is acknowledged. On every connect the order is:
 * availability, all retained values, then what waits in the outbox, oldest first. An alarm that happens meanwhile is sent at
 * once: only messages on the alarm's topic may overtake others. At most {@link #WINDOW} messages (fewer if the broker says so)
 * are unacknowledged at a time, some of that room being left to alarms; the connection has as many again of a backlog at hand,
 * and sends the next one by itself when one is acknowledged. A topic that the broker refuses is parked: its messages stay, one
 * of them is tried again after a while, and the other topics go on. Owned by the loop thread; never blocks; time is an argument.
 */
public final class Courier {

    /** How many messages may be unacknowledged. */
    public static final int WINDOW = 64;

    /** How much of the window is kept free for alarms, if it is a wide one. */
    static final int RESERVE = 8;

    private final Outbox outbox;
    private final BrokerLink link;
    private final Message online;
    private final String alarmTopic;
    private final Receipts receipts;

    private final RetainedValues retained;
    private final OnTheWay inFlight = new OnTheWay();
    private final Map<Long, Long> requests = new HashMap<>();
    private final Parking parking;
    private long connection;
    private int window;
    private int room;
    private long cursor;
    private long refused;

    /**
     * How messages are treated.
     *
     * @param online the retained availability sent first on each connect
     * @param alarmTopic the topic on which a new message does not wait behind older ones
     * @param parkTime how long a refused topic waits
     */
    public record Rules(Message online, String alarmTopic, Duration parkTime) {}

    /**
     * A courier without a connection.
     *
     * @param outbox where non-retained messages wait
     * @param link the connection
     * @param rules how messages are treated
     * @param receipts told what became of messages
     */
    public Courier(Outbox outbox, BrokerLink link, Rules rules, Receipts receipts) {
        this.outbox = outbox;
        this.link = link;
        this.online = rules.online();
        this.retained = new RetainedValues(rules.online());
        this.alarmTopic = rules.alarmTopic();
        this.parking = new Parking(rules.parkTime());
        this.receipts = receipts;
    }

    /**
     * Takes a message over; sends it at once if it can.
     *
     * @param message the message; a retained one replaces what waits on its topic
     * @param importance what may be dropped first
     * @param requestId told to the receipts on acknowledgement, or 0
     */
    public void publish(Message message, Importance importance, long requestId) {
        if (message.retain()) {
            retained.put(message);
            refill();
            return;
        }
        boolean inTurn = !outbox.hasNext(cursor);
        Outbox.Entry entry = outbox.append(message, importance);
        if (requestId != 0) {
            requests.put(entry.id(), requestId);
        }
        boolean isParked = parking.holds(message.topic());
        boolean urgent = message.topic().equals(alarmTopic);
        boolean goes = connection != 0 && !isParked && (urgent ? hasRoom() : inTurn && inFlight.size() < room);
        if (inTurn && (goes || isParked)) {
            cursor = entry.id();
        }
        if (goes && urgent) {
            send(message, entry.id());
        } else if (goes) {
            sendInTurn(List.of(new OnTheWay.Sent(message, entry.id(), false)));
        }
    }

    /** The latest message of each retained topic, whether it could be sent yet or not; none of a topic that is being emptied. */
    public List<Message> latest() {
        return retained.all();
    }

    /** More of what waits may be at hand now; {@code anew} if some of it may be older than what was sent. */
    public void resume(boolean anew) {
        cursor = anew ? 0 : cursor;
        refill();
    }

    /** Publishes every retained value again: what lies outside of the gateway's own topics, availability, the rest. */
    public void refresh() {
        retained.refresh();
        refill();
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
        room = room(up.receiveMaximum());
        cursor = 0;
        retained.connected();
        if (!parking.holds(online.topic())) {
            send(online, 0);
        }
        refill();
    }

    /** How many messages of a backlog may be unacknowledged at a broker with that receive maximum; 1 or more. */
    public static int room(int receiveMaximum) {
        int window = Math.min(WINDOW, receiveMaximum);
        return window - Math.min(RESERVE, window / 4);
    }

    /**
     * There is none any more: what was not acknowledged will be sent again. A topic that was refused stays parked, for some
     * brokers end the connection with the refusal and would do so on every connect.
     */
    public void linkDown() {
        inFlight.clear();
        parking.connectionEnded();
        connection = 0;
    }

    /**
     * An answer to a publish. No answer on a living connection is no refusal, but its topic waits as long. The room it gives
     * is used by {@link #refill}, to be called soon: behind many answers that came together many messages leave together.
     *
     * @return true if the topic was refused just now and somebody should be told
     */
    public boolean published(LinkEvent.Published answer, long nowNanos) {
        OnTheWay.Sent sent = answer.connection() == connection ? inFlight.take(answer.token()) : null;
        if (sent != null && answer.outcome() == PublishOutcome.ACCEPTED) {
            accepted(sent);
        }
        return sent != null && answer.outcome() != PublishOutcome.ACCEPTED && refused(sent, answer.outcome(), nowNanos);
    }

    private void accepted(OnTheWay.Sent sent) {
        if (parking.release(sent.message().topic())) {
            cursor = 0;
        }
        if (sent.entryId() == 0 && retained.arrived(sent.message())) {
            receipts.emptied(sent.message().topic());
        }
        if (sent.entryId() != 0) {
            outbox.remove(sent.entryId());
            Long request = requests.remove(sent.entryId());
            if (request != null) {
                receipts.delivered(request);
            }
        }
    }

    private boolean refused(OnTheWay.Sent sent, PublishOutcome outcome, long nowNanos) {
        String topic = sent.message().topic();
        if (sent.entryId() == 0) {
            retained.failed(sent.message());
        }
        boolean isRefusal = outcome != PublishOutcome.UNKNOWN;
        refused += isRefusal ? 1 : 0;
        return parking.park(topic, isRefusal, nowNanos);
    }

    /** When {@link #tick} is due: the first parked topic's next try; empty while none can be made. */
    public OptionalLong deadlineNanos() {
        return connection == 0 || !hasRoom() ? OptionalLong.empty() : parking.deadlineNanos();
    }

    /** Tries parked topics whose time has come, each with its oldest message. */
    public void tick(long nowNanos) {
        if (connection == 0) {
            return;
        }
        for (String topic : parking.due(nowNanos)) {
            if (!hasRoom()) {
                break;
            }
            parking.trying(topic);
            if (!tryAgain(topic)) {
                parking.release(topic);
                cursor = 0;
            }
        }
        refill();
    }

    /** Sends the topic's value or oldest message again; returns false if nothing waits on it any more. */
    private boolean tryAgain(String topic) {
        Optional<Message> value = retained.of(topic);
        if (value.isPresent()) {
            retained.sent(topic);
            send(value.get(), 0);
            return true;
        }
        Optional<Outbox.Entry> oldest = outbox.oldest(topic);
        oldest.ifPresent(entry -> send(Messages.replayed(entry.message()), entry.id()));
        return oldest.isPresent();
    }

    /** How many messages wait or are on their way, retained values not counted. */
    public int depth() {
        return outbox.size();
    }

    /** How many refusals there were. */
    public long refusals() {
        return refused;
    }

    /** True while connected. */
    public boolean isConnected() {
        return connection != 0;
    }

    /** Sends what there is room for. */
    public void refill() {
        if (connection == 0) {
            return;
        }
        Optional<Message> value = hasRoom() ? retained.take(parking) : Optional.empty();
        while (value.isPresent()) {
            send(value.get(), 0);
            value = hasRoom() ? retained.take(parking) : Optional.empty();
        }
        if (retained.waits(parking)) {
            return;
        }
        sendInTurn(nextInTurn());
    }

    private List<OnTheWay.Sent> nextInTurn() {
        List<OnTheWay.Sent> batch = new ArrayList<>();
        // with no room left to alarms and states, those would wait for all that is at hand
        int most = (room < window ? 2 * room : room) + inFlight.beyond();
        Optional<Outbox.Entry> next = outbox.next(cursor);
        while (inFlight.size() + batch.size() < most && next.isPresent()) {
            Outbox.Entry entry = next.get();
            if (!parking.holds(entry.message().topic()) && !inFlight.holds(entry.id())) {
                batch.add(new OnTheWay.Sent(Messages.replayed(entry.message()), entry.id(), false));
            }
            cursor = entry.id();
            next = outbox.next(cursor);
        }
        return batch;
    }

    private boolean hasRoom() {
        return inFlight.atBroker(room) < window;
    }

    private void sendInTurn(List<OnTheWay.Sent> batch) {
        if (!batch.isEmpty()) {
            link.publishInTurn(inFlight.note(batch), room);
        }
    }

    private void send(Message message, long entryId) {
        link.publish(inFlight.note(List.of(new OnTheWay.Sent(message, entryId, inFlight.size() >= room))));
    }
}
