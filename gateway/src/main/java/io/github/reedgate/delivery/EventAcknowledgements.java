package io.github.reedgate.delivery;

import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.Subscriptions;
import io.github.reedgate.message.EventNumber;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The connection as the courier sees it, and beside that a record of up to which number everything on the event topic was
 * acknowledged. Until it is known which numbers were used before, nothing but events carries one that was never sent. It relies
 * on the publisher's order there: by number, from the lowest that waits after each connect. Owned by one thread.
 */
public final class EventAcknowledgements implements BrokerLink {

    private final BrokerLink link;
    private final String eventTopic;
    // by token, the number of an event that has no answer yet
    private final Map<Long, Long> sent = new HashMap<>();
    // sent on this connection and not acknowledged, whether refused or without an answer
    private final TreeSet<Long> open = new TreeSet<>();
    private OptionalLong upTo;
    private long lastSent;
    private long everSent;
    private boolean unproved;

    /**
     * Before the first connection.
     *
     * @param link where everything is handed on to
     * @param eventTopic the topic of the events
     * @param upTo the number up to which everything was acknowledged before; empty if that is not known
     * @param everSent the highest number that may have been sent before
     */
    public EventAcknowledgements(BrokerLink link, String eventTopic, OptionalLong upTo, long everSent) {
        this.link = link;
        this.eventTopic = eventTopic;
        this.upTo = upTo;
        this.lastSent = upTo.orElse(0);
        this.everSent = everSent;
    }

    /** The highest number that may ever have been sent. */
    public long everSent() {
        return everSent;
    }

    /** The number up to which everything was acknowledged; empty if that is not known yet. */
    public OptionalLong upTo() {
        return upTo;
    }

    /** Takes in what the connection tells. */
    public void take(LinkEvent event) {
        if (event instanceof LinkEvent.Published answer) {
            Long seq = sent.remove(answer.token());
            if (seq != null && answer.outcome() == PublishOutcome.ACCEPTED) {
                open.remove(seq);
                long all = open.isEmpty() ? lastSent : open.first() - 1;
                upTo = OptionalLong.of(Math.max(all, upTo.orElse(0)));
            }
        } else if (event instanceof LinkEvent.Down) {
            sent.clear();
            open.clear();
            lastSent = upTo.orElse(0);
        }
    }

    /** The topic of the events. */
    public String eventTopic() {
        return eventTopic;
    }

    /** While numbers may have been used before, alarm lines leave without one: they don't wait until that is known. */
    public void doubt(boolean on) {
        unproved = on;
    }

    @Override
    public void publish(List<Outgoing> messages) {
        messages.forEach(each -> note(each.token(), each.message()));
        link.publish(unproved ? unnumbered(messages) : messages);
    }

    @Override
    public void publishInTurn(List<Outgoing> messages, int room) {
        messages.forEach(each -> note(each.token(), each.message()));
        link.publishInTurn(unproved ? unnumbered(messages) : messages, room);
    }

    private List<Outgoing> unnumbered(List<Outgoing> messages) {
        return messages.stream().map(this::unnumbered).toList();
    }

    private Outgoing unnumbered(Outgoing one) {
        boolean isSure = one.message().topic().equals(eventTopic) || EventNumber.of(one.message()) <= everSent;
        return isSure ? one : new Outgoing(one.token(), EventNumber.left(one.message()));
    }

    /** A message is not sent any more: no answer to it is awaited. */
    public void setAside(Message message) {
        if (message.topic().equals(eventTopic) && open.remove(EventNumber.of(message))) {
            long all = open.isEmpty() ? lastSent : open.first() - 1;
            upTo = OptionalLong.of(Math.max(all, upTo.orElse(0)));
        }
    }

    private void note(long token, Message message) {
        if (message.topic().equals(eventTopic)) {
            long seq = EventNumber.of(message);
            if (seq > 0) {
                sent.put(token, seq);
                open.add(seq);
                lastSent = Math.max(lastSent, seq);
                everSent = Math.max(everSent, seq);
            }
        }
    }

    @Override
    public void start(Subscriptions subscriptions, Consumer<LinkEvent> listener) {
        link.start(subscriptions, listener);
    }

    @Override
    public void rehearse(List<Message> messages) {
        link.rehearse(messages);
    }

    @Override
    public void stop(Message farewell, Duration limit) {
        link.stop(farewell, limit);
    }
}
