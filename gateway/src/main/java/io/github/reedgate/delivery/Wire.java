package io.github.reedgate.delivery;

import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connection as the publisher uses it: what is in flight, and what there is room for. Owned by the loop thread. */
final class Wire {

    /**
     * How many messages of a backlog the connection has at hand beside those on their way, to send one as soon as another is
     * answered. So many that the loop seldom has to be woken for more: with as many as a usual broker takes at a time, 15,
     * a backlog took a fifth longer.
     */
    static final int AT_HAND = 128;

    private final BrokerLink link;
    private final OnTheWay inFlight = new OnTheWay();
    private long connection;
    private int window;
    private int room;

    Wire(BrokerLink link) {
        this.link = link;
    }

    void up(LinkEvent.Up up) {
        connection = up.connection();
        Room most = Room.of(up.receiveMaximum());
        window = most.window();
        room = most.inTurn();
    }

    void down() {
        inFlight.clear();
        connection = 0;
    }

    boolean isUp() {
        return connection != 0;
    }

    OnTheWay inFlight() {
        return inFlight;
    }

    /** Takes out what an answer is about; null if it is about nothing that is in flight. */
    OnTheWay.@Nullable Sent take(LinkEvent.Published answer) {
        return answer.connection() == connection ? inFlight.take(answer.token()) : null;
    }

    /** Whether there is room for an alarm or a value. */
    boolean hasRoom() {
        return inFlight.atBroker(room) < window;
    }

    /** Whether there is room for a message in its turn. */
    boolean hasRoomInTurn() {
        return inFlight.size() < room;
    }

    /** How many more messages there is room for in their turn; 0 or more. */
    int spareRoom() {
        return isUp() ? Math.max(0, room - inFlight.size()) : 0;
    }

    /** How many may be on their way and at hand. With no room left to alarms and states, those would wait for all at hand. */
    int most() {
        return (room < window ? room + AT_HAND : room) + inFlight.beyond();
    }

    void sendInTurn(List<OnTheWay.Sent> batch) {
        if (!batch.isEmpty()) {
            link.publishInTurn(inFlight.note(batch), room);
        }
    }

    /** Sends a message; if asked for, so that it is answered whatever its delivery guarantee is. */
    void send(Message message, long entryId, boolean answered) {
        List<BrokerLink.Outgoing> outgoing =
                inFlight.note(List.of(new OnTheWay.Sent(message, entryId, inFlight.size() >= room)));
        link.publish(answered ? outgoing.stream().map(Wire::answered).toList() : outgoing);
    }

    private static BrokerLink.Outgoing answered(BrokerLink.Outgoing one) {
        return new BrokerLink.Outgoing(one.token(), one.message().with(QoS.AT_LEAST_ONCE));
    }

    /** Does what can be done for messages that will probably be published soon, without sending them. */
    void rehearse(List<Message> messages) {
        if (isUp() && !messages.isEmpty()) {
            link.rehearse(messages);
        }
    }
}
