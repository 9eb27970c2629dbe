package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.message.Message;
import java.util.List;
import java.util.Optional;

/**
 * Decides what is sent next and hands it to the connection: retained values, alarm lines, replies, events. Owned by the loop thread; never
 * blocks.
 */
final class Sending {

    private final Stock stock;
    private final Waiting waiting;
    private final RetainedValues retained;
    private final Wire wire;
    private final InFlightWindow inFlight;
    private final Obstacles obstacles;
    private final Suspicion suspicion;
    private final String eventTopic;
    private final String alarmTopic;
    // a message that the broker may close the connection for is in flight alone, or is about to be
    private boolean trying;

    Sending(Stock stock, Wire wire, Obstacles obstacles, Publisher.Rules rules) {
        this.stock = stock;
        this.waiting = stock.waiting();
        this.retained = stock.retained();
        this.wire = wire;
        this.inFlight = wire.inFlight();
        this.obstacles = obstacles;
        this.suspicion = obstacles.suspicion();
        this.eventTopic = rules.messages().eventTopic();
        this.alarmTopic = rules.messages().alarmTopic();
    }

    boolean isTrying() {
        return trying;
    }

    void trying(boolean on) {
        trying = on;
    }

    /** Sends the alarm line of a row that is about to be recorded, if it can go at once; {@code requestId} as in {@link Publisher#ring}. */
    void ring(LogRow row, long requestId) {
        waiting.asked(row.seq(), requestId);
        if (wire.isUp() && !obstacles.parking().holds(alarmTopic) && wire.hasRoom() && isNextLine(row.seq())) {
            send(new InFlightWindow.Sent(waiting.rendering().line(row, false), row.seq(), false));
        }
    }

    /** Takes a row that was recorded just now, and sends its event if nothing older waits and there is room. */
    void append(LogRow row) {
        boolean isNext = waiting.isAllSent();
        waiting.append(row);
        if (!wire.isUp()) {
            return;
        }
        if (obstacles.isHeld(eventTopic)) {
            waiting.keepLive(row.seq());
        } else if (isNext && !obstacles.holds(eventTopic) && hasTurn() && wire.hasRoomInTurn()) {
            sendInTurn(new InFlightWindow.Sent(waiting.rendering().event(row, false), row.seq(), false));
        }
    }

    private void sendInTurn(InFlightWindow.Sent sent) {
        waiting.sent(sent);
        wire.sendInTurn(List.of(sent));
    }

    /** Takes a reply, and sends it if no other one waits and there is room. */
    void reply(Message message) {
        long number = waiting.reply(message);
        boolean goes = wire.isUp() && !obstacles.holds(message.topic()) && hasTurn() && wire.hasRoomInTurn();
        if (goes && waiting.isNextReply(number)) {
            sendInTurn(new InFlightWindow.Sent(message, number, false));
        }
    }

    /** False only while messages go one at a time and an older alarm waits: alarms go first then, in their order. */
    private boolean isNextLine(long seq) {
        boolean isFree = !suspicion.isCareful() || suspicion.holds(alarmTopic);
        return isFree || waiting.oldestLine().stream().noneMatch(next -> next.number() < seq);
    }

    /** Tries what the broker may close the connection for; nothing else is in flight, and nothing follows before the answer. */
    void probe() {
        Optional<String> next = suspicion.probe();
        for (; next.isPresent() && !tryAgain(next.get()); next = suspicion.probe()) {
            suspicion.gone(next.get());
        }
        trying = next.isPresent();
        waiting.anew();
    }

    /** Sends the topic's value or oldest message again; returns false if nothing waits on it any more. */
    boolean tryAgain(String topic) {
        Optional<InFlightWindow.Sent> next = stock.again(topic);
        next.ifPresent(this::tryNow);
        return next.isPresent();
    }

    void tryNow(InFlightWindow.Sent next) {
        obstacles.parking().trying(next.message().topic());
        send(next);
    }

    /** Sends what there is room for. */
    void refill() {
        if (!wire.isUp()) {
            return;
        }
        if (suspicion.isCareful() && hasTurn() && wire.hasRoom() && !obstacles.holds(alarmTopic)) {
            waiting.oldestLine().ifPresent(this::send);
        }
        for (Optional<Message> value = nextValue(); value.isPresent(); value = nextValue()) {
            send(value(value.get()));
        }
        if (!retained.waits(obstacles::holds) && hasTurn()) {
            int most = (suspicion.isCareful() ? 1 : wire.most()) - inFlight.size();
            wire.sendInTurn(waiting.next(most, obstacles::holds));
        }
    }

    static InFlightWindow.Sent value(Message message) {
        return new InFlightWindow.Sent(message, 0, false);
    }

    private Optional<Message> nextValue() {
        return wire.hasRoom() && hasTurn() ? retained.take(obstacles::holds) : Optional.empty();
    }

    /** Whether anything but an alarm may be sent: always, unless a message is to be found that the broker does not bear. */
    boolean hasTurn() {
        return !trying && (!suspicion.isCareful() || inFlight.isEmpty());
    }

    void send(InFlightWindow.Sent sent) {
        waiting.sent(sent);
        wire.send(sent.message(), sent.number(), suspicion.isCareful());
    }
}
