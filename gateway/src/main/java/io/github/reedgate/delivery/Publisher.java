package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.LogMessages;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps the broker up to date: hands it the newest retained values, and the messages made from the event log until it has acknowledged each.
 * On every connect the order is: availability, all retained values, alarm lines, replies, events; of each the oldest first. An alarm that
 * happens meanwhile is sent at once and waits for none of these. At most {@link #WINDOW} messages (fewer if the broker says so) are
 * unacknowledged at a time, and a part of that room is reserved for alarms. The connection has 128 more messages of a backlog at
 * hand, and sends the next one by itself when the broker acknowledges one. If the broker rejects a topic, publishing on it
 * pauses. Then one message is sent as a probe. Other topics are not affected. A message that can't be delivered is {@link SetAside
 * set aside}, as {@link Refused} and {@link Suspicion} decide. Owned by the loop thread; never blocks; time is an argument.
 */
public final class Publisher {

    /** How many messages may be unacknowledged. */
    public static final int WINDOW = 64;

    /** How much of the window is kept free for alarms, if it is a wide one. */
    static final int RESERVE = 8;

    /** If the row of a probe has to be read first, the probe waits this long. */
    private static final Duration READING = Duration.ofMillis(50);

    private final Waiting waiting;
    private final Wire wire;
    private final Message online;
    private final Stock stock;
    private final RetainedValues retained;
    private final InFlightWindow inFlight;
    private final Obstacles obstacles;
    private final Parking parking;
    private final Suspicion suspicion;
    private final Sending sending;

    /**
     * How messages are made and treated.
     *
     * @param online the retained availability sent first on each connect
     * @param messages makes messages from rows of the log
     * @param parkTime how long a refused topic waits
     */
    public record Rules(Message online, LogMessages messages, Duration parkTime) {}

    /**
     * A publisher without a connection.
     *
     * @param readers the readers of the event log
     * @param link the connection
     * @param rules how messages are made and treated
     * @param receipts told what became of messages
     */
    public Publisher(LogReaders readers, BrokerLink link, Rules rules, Receipts receipts) {
        this.stock = Stock.of(readers, rules, receipts);
        this.waiting = stock.waiting();
        this.wire = new Wire(link);
        this.inFlight = wire.inFlight();
        this.online = rules.online();
        this.retained = stock.retained();
        this.obstacles = new Obstacles(rules.parkTime(), rules.messages().alarmTopic());
        this.parking = obstacles.parking();
        this.suspicion = obstacles.suspicion();
        this.sending = new Sending(stock, wire, obstacles, rules);
    }

    /**
     * Publishes the alarm line of an event that is about to be recorded, if it can be sent at once; otherwise it is sent later, from the log.
     * It waits for no older message. {@link #append} has to follow in the same step.
     *
     * @param row the event
     * @param requestId told to the receipts on acknowledgement, or 0
     */
    public void ring(LogRow row, long requestId) {
        sending.ring(row, requestId);
    }

    /** Publishes an event that was recorded just now: at once if nothing older waits and there is room, else later, from the log. */
    public void append(LogRow row) {
        sending.append(row);
    }

    /**
     * Publishes a retained value, which replaces what waits on its topic; or a reply, which is lost in a restart.
     *
     * @param message neither an event nor an alarm line
     */
    public void publish(Message message) {
        if (message.retain()) {
            retained.put(message);
            refill();
            return;
        }
        sending.reply(message);
    }

    /** The clock was set: events of a start that had no trusted time get one when they are sent. */
    public void correctClock(long boot, long wallMillisAtUptimeZero) {
        waiting.rendering().correctClock(boot, wallMillisAtUptimeZero);
    }

    /** Events got other numbers in the log, those from {@code fromSeq} to {@code toSeq}; {@code by} was added to each. Returns what is to be stored with that. */
    public Optional<LogReaders.Change> renumber(long fromSeq, long toSeq, long by) {
        SeqRange old = new SeqRange(fromSeq, toSeq);
        waiting.renumbered(old, by);
        inFlight.replaceAll(sent -> waiting.isOfLog(sent) && old.contains(sent.number())
                ? new InFlightWindow.Sent(sent.message(), sent.number() + by, sent.beyond())
                : sent);
        return waiting.readers().takeState();
    }

    /** What is to be stored of the acknowledgements since this was asked last; empty if there were none. */
    public Optional<LogReaders.Change> takeChange() {
        return waiting.readers().takeChange();
    }

    /** The latest message of each retained topic, whether it could be sent yet or not; none of a topic that is being emptied. */
    public List<Message> latest() {
        return retained.all();
    }

    /** Looks again at all that waits, for what was held back may go now. */
    private void resume(boolean anew) {
        if (anew) {
            waiting.anew();
        }
    }

    /** Publishes every retained value again: what lies outside of the gateway's own topics, availability, the rest. */
    public void refresh() {
        retained.refresh();
        refill();
    }

    /** Does what can be done for messages that will probably be published soon, without sending them. */
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
            sending.send(Sending.value(online));
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
        waiting.connectionEnded();
        sending.trying(false);
        parking.connectionEnded();
    }

    /**
     * An answer to a publish. No answer on a living connection is no refusal, but its topic waits as long. The room it gives
     * is used by {@link #refill}, to be called soon: behind many answers that came together many messages leave together.
     *
     * @return true if the topic was refused just now and somebody should be told
     */
    public boolean published(LinkEvent.Published answer, long nowNanos) {
        InFlightWindow.Sent sent = wire.take(answer);
        if (sent == null) {
            return false;
        }
        resume(obstacles.proved(sent, answer.token(), inFlight));
        sending.trying(sending.isTrying() && suspicion.isSuspecting());
        return answer.outcome() == PublishOutcome.ACCEPTED ? accepted(sent) : refused(sent, answer, nowNanos);
    }

    private boolean accepted(InFlightWindow.Sent sent) {
        obstacles.accepted(sent).ifPresent(stock::giveUp);
        stock.accepted(sent);
        resume(parking.release(sent.message().topic()));
        return false;
    }

    /** Whether a message is looked for that the broker does not bear: nothing may be in flight beside it. */
    public boolean isCareful() {
        return suspicion.isCareful();
    }

    /** Keeps back what is not retained on a topic, or lets it go; an alarm that is raised now does not wait in any case. */
    public void hold(String topic, boolean on) {
        resume(obstacles.hold(topic, on));
        refill();
    }

    /** What was set aside since this was asked last. */
    public List<SetAside> takeSetAside() {
        return obstacles.takeSetAside();
    }

    private boolean refused(InFlightWindow.Sent sent, LinkEvent.Published answer, long nowNanos) {
        stock.failed(sent);
        Obstacles.Refusal refusal = obstacles.refused(sent, answer, nowNanos);
        if (refusal.isGivenUp()) {
            stock.giveUp(sent);
        } else if (refusal.isInDoubt()) {
            waiting.oldest(sent.message().topic(), sent.number())
                    .filter(next -> !inFlight.holds(next))
                    .ifPresent(sending::tryNow);
        }
        return refusal.isNews();
    }

    /** When {@link #tick} is due: the next try of what is held back; empty while none can be made. */
    public OptionalLong deadlineNanos() {
        return !wire.isUp() || !wire.hasRoom()
                ? OptionalLong.empty()
                : obstacles.deadlineNanos(!sending.isTrying() || inFlight.isEmpty(), sending.hasTurn());
    }

    /** Tries parked topics whose time has come, each with its oldest message. */
    public void tick(long nowNanos) {
        if (!wire.isUp()) {
            return;
        }
        sending.trying(suspicion.isTrying(nowNanos));
        if (suspicion.isDue(nowNanos) && inFlight.isEmpty()) {
            sending.probe();
        }
        for (String topic : parking.due(nowNanos)) {
            if (!wire.hasRoom() || !sending.hasTurn()) {
                break;
            }
            if (!sending.tryAgain(topic)) {
                if (waiting.isReading(topic)) {
                    parking.park(topic, false, nowNanos, READING);
                } else {
                    parking.release(topic);
                }
                waiting.anew();
            }
        }
        refill();
    }

    /** How many messages wait or are in flight, retained values not counted. */
    public long depth() {
        return waiting.size();
    }

    /** How many refusals there were. */
    public long refusals() {
        return obstacles.refusals();
    }

    /** True while connected. */
    public boolean isConnected() {
        return wire.isUp();
    }

    /** Sends what there is room for. */
    public void refill() {
        sending.refill();
    }

    /** How many messages others may have in flight beside these; 0 while anything waits that can be sent. */
    public int spareRoom() {
        boolean isFree = !sending.isTrying() && !suspicion.isCareful() && waiting.isAllSent();
        return isFree && !retained.waits(obstacles::holds) ? wire.spareRoom() : 0;
    }
}
