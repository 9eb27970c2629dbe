package io.github.reedgate.delivery;

import io.github.reedgate.event.Priority;
import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Hands messages to the broker connection and stores each until the broker acknowledges it. On every connect the order is:
 * availability, all retained values, then the outbox, oldest first. An alarm that happens meanwhile is sent at once: only
 * messages on the alarm's topic may overtake others. At most {@link #WINDOW} messages (fewer if the broker says so) are
 * unacknowledged at a time, and a part of that room is reserved for alarms. If the broker rejects a topic, publishing on it
 * pauses. Then one message is sent as a probe. Other topics are not affected. A message that can't be delivered is {@link SetAside
 * set aside}, as {@link Refused} and {@link Suspicion} decide. Owned by the loop thread; never blocks; time is an argument.
 */
public final class Courier {

    /** How many messages may be unacknowledged. */
    public static final int WINDOW = 64;

    /** How much of the window is kept free for alarms, if it is a wide one. */
    static final int RESERVE = 8;

    private final Waiting waiting;
    private final Wire wire;
    private final Message online;
    private final String alarmTopic;
    private final Stock stock;
    private final RetainedValues retained;
    private final OnTheWay inFlight;
    private final Obstacles obstacles;
    private final Parking parking;
    private final Suspicion suspicion;
    private boolean trying;
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
        this.stock = Stock.of(outbox, rules.online(), receipts);
        this.waiting = stock.waiting();
        this.wire = new Wire(link);
        this.inFlight = wire.inFlight();
        this.online = rules.online();
        this.retained = stock.retained();
        this.alarmTopic = rules.alarmTopic();
        this.obstacles = new Obstacles(rules.parkTime(), alarmTopic);
        this.parking = obstacles.parking();
        this.suspicion = obstacles.suspicion();
    }

    /**
     * Takes a message over; sends it at once if it can.
     *
     * @param message the message; a retained one replaces what waits on its topic
     * @param priority what may be dropped first
     * @param requestId told to the receipts on acknowledgement, or 0
     */
    public void publish(Message message, Priority priority, long requestId) {
        if (message.retain()) {
            retained.put(message);
            refill();
            return;
        }
        boolean inTurn = waiting.isAllPassed();
        Outbox.Entry entry = waiting.append(message, priority, requestId);
        boolean urgent = message.topic().equals(alarmTopic);
        boolean isParked = urgent ? parking.holds(message.topic()) : obstacles.holds(message.topic());
        boolean goes = wire.isUp()
                && !isParked
                && (urgent ? wire.hasRoom() && isNextAlarm(entry.id()) : inTurn && hasTurn() && wire.hasRoomInTurn());
        if (inTurn && (goes || isParked)) {
            waiting.pass(entry.id());
        }
        if (wire.isUp() && obstacles.isHeld(message.topic())) {
            waiting.keepLive(entry.id());
        }
        if (goes && urgent) {
            send(message, entry.id());
        } else if (goes) {
            wire.sendInTurn(List.of(new OnTheWay.Sent(message, entry.id(), false)));
        }
    }
    /** False only while messages go one at a time and an older alarm waits: alarms go first then, in their order. */
    private boolean isNextAlarm(long entryId) {
        boolean isFree = !suspicion.isCareful() || suspicion.holds(alarmTopic);
        return isFree || waiting.oldest(alarmTopic, inFlight).stream().noneMatch(next -> next.entryId() < entryId);
    }
    /** The latest message of each retained topic, sent or not; none of a topic that is being emptied. */
    public List<Message> latest() {
        return retained.all();
    }

    /** More of what waits may be at hand; {@code anew} if some may be older than what was sent. */
    public void resume(boolean anew) {
        waiting.resume(anew);
        refill();
    }

    /** Publishes every retained value again: what lies outside of the gateway's own topics, availability, the rest. */
    public void refresh() {
        retained.refresh();
        refill();
    }

    public void rehearse(List<Message> messages) {
        wire.rehearse(messages);
    }

    /** There is a connection: fresh truth first, then what waited. */
    public void linkUp(LinkEvent.Up up, long nowNanos) {
        linkDown();
        obstacles.connected(nowNanos);
        wire.up(up);
        waiting.connected();
        retained.connected();
        if (!parking.holds(online.topic())) {
            send(online, 0);
        }
        refill();
    }

    /**
     * There is none any more: what was not acknowledged will be sent again. A topic that was refused stays parked, for some
     * brokers end the connection with the refusal and would do so on every connect.
     */
    public void linkDown() {
        if (wire.isUp()) {
            obstacles.lost(inFlight.unanswered(online.topic())).ifPresent(stock::giveUp);
        }
        wire.down();
        trying = false;
        parking.connectionEnded();
    }

    /**
     * An answer to a publish. No answer on a living connection is no refusal, but its topic waits as long. The room it gives
     * is used by {@link #refill}, to be called soon: behind many answers that came together many messages leave together.
     *
     * @return true if the topic was refused just now and somebody should be told
     */
    public boolean published(LinkEvent.Published answer, long nowNanos) {
        OnTheWay.Sent sent = wire.take(answer);
        if (sent == null) {
            return false;
        }
        waiting.resume(obstacles.proved(sent, answer.token(), inFlight));
        trying = trying && suspicion.isSuspecting();
        return answer.outcome() == PublishOutcome.ACCEPTED ? accepted(sent) : refused(sent, answer, nowNanos);
    }

    private boolean accepted(OnTheWay.Sent sent) {
        obstacles.accepted(sent).ifPresent(stock::giveUp);
        waiting.resume(parking.release(sent.message().topic()));
        stock.accepted(sent);
        return false;
    }

    /** Whether a message is looked for that the broker does not bear: nothing may be in flight beside it. */
    public boolean isCareful() {
        return suspicion.isCareful();
    }

    /** Keeps back what is not retained on a topic, or lets it go; an alarm that is raised now does not wait in any case. */
    public void hold(String topic, boolean on) {
        resume(obstacles.hold(topic, on));
    }

    public List<SetAside> takeSetAside() {
        return obstacles.takeSetAside();
    }

    private boolean refused(OnTheWay.Sent sent, LinkEvent.Published answer, long nowNanos) {
        stock.failed(sent);
        Obstacles.Refusal refusal = obstacles.refused(sent, answer, nowNanos);
        if (refusal.isGivenUp()) {
            stock.giveUp(sent);
        } else if (refusal.isInDoubt()) {
            waiting.oldest(sent.message().topic(), sent.entryId())
                    .filter(next -> !inFlight.holds(next.entryId()))
                    .ifPresent(this::tryNow);
        }
        return refusal.isNews();
    }

    /** When {@link #tick} is due: the next try of what is held back; empty while none can be made. */
    public OptionalLong deadlineNanos() {
        return !wire.isUp() || !wire.hasRoom()
                ? OptionalLong.empty()
                : obstacles.deadlineNanos(!trying || inFlight.isEmpty(), hasTurn());
    }

    /** Tries parked topics whose time has come, each with its oldest message. */
    public void tick(long nowNanos) {
        if (!wire.isUp()) {
            return;
        }
        trying = suspicion.isTrying(nowNanos);
        if (suspicion.isDue(nowNanos) && inFlight.isEmpty()) {
            probe();
        }
        for (String topic : parking.due(nowNanos)) {
            if (!wire.hasRoom() || !hasTurn()) {
                break;
            }
            if (!tryAgain(topic)) {
                parking.release(topic);
                waiting.anew();
            }
        }
        refill();
    }

    /** Tries what the broker may close the connection for; nothing else is in flight, and nothing follows before the answer. */
    private void probe() {
        Optional<String> next = suspicion.probe();
        for (; next.isPresent() && !tryAgain(next.get()); next = suspicion.probe()) {
            suspicion.gone(next.get());
        }
        trying = next.isPresent();
        waiting.anew();
    }

    /** Sends the topic's value or oldest message again; returns false if nothing waits on it any more. */
    private boolean tryAgain(String topic) {
        Optional<OnTheWay.Sent> next = stock.again(topic);
        next.ifPresent(this::tryNow);
        return next.isPresent();
    }

    private void tryNow(OnTheWay.Sent next) {
        parking.trying(next.message().topic());
        send(next.message(), next.entryId());
    }

    /** How many messages wait or are on their way, retained values not counted. */
    public int depth() {
        return waiting.size();
    }

    public long refusals() {
        return obstacles.refusals();
    }

    public boolean isConnected() {
        return wire.isUp();
    }

    public void refill() {
        if (!wire.isUp()) {
            return;
        }
        if (suspicion.isCareful() && hasTurn() && wire.hasRoom() && !obstacles.holds(alarmTopic)) {
            waiting.oldest(alarmTopic, inFlight).ifPresent(next -> send(next.message(), next.entryId()));
        }
        for (Optional<Message> value = nextValue(); value.isPresent(); value = nextValue()) {
            send(value.get(), 0);
        }
        if (!retained.waits(obstacles::holds) && hasTurn()) {
            wire.sendInTurn(waiting.next(suspicion.isCareful() ? 1 : wire.most(), obstacles::holds, inFlight));
        }
    }

    /** How many messages others may have in flight beside the courier's; 0 while anything waits that can be sent. */
    public int spareRoom() {
        boolean isFree = !trying && !suspicion.isCareful() && waiting.isAllPassed();
        return isFree && !retained.waits(obstacles::holds) ? wire.spareRoom() : 0;
    }

    private Optional<Message> nextValue() {
        return wire.hasRoom() && hasTurn() ? retained.take(obstacles::holds) : Optional.empty();
    }

    /** Whether anything but an alarm may be sent: always, unless a message is to be found that the broker does not bear. */
    private boolean hasTurn() {
        return !trying && (!suspicion.isCareful() || inFlight.isEmpty());
    }

    private void send(Message message, long entryId) {
        wire.send(message, entryId, suspicion.isCareful());
    }
}
