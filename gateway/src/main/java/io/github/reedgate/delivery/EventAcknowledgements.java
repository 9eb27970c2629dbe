package io.github.reedgate.delivery;

import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.Subscriptions;
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
 * acknowledged. It relies on the courier's order there: by number, from the lowest that waits after each connect. Owned by
 * one thread.
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

    /**
     * Before the first connection.
     *
     * @param link where everything is handed on to
     * @param eventTopic the topic of the events
     * @param upTo the number up to which everything was acknowledged before; empty if that is not known
     */
    public EventAcknowledgements(BrokerLink link, String eventTopic, OptionalLong upTo) {
        this.link = link;
        this.eventTopic = eventTopic;
        this.upTo = upTo;
        this.lastSent = upTo.orElse(0);
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

    @Override
    public void publish(List<Outgoing> messages) {
        messages.forEach(each -> note(each.token(), each.message()));
        link.publish(messages);
    }

    @Override
    public void publishInTurn(List<Outgoing> messages, int room) {
        messages.forEach(each -> note(each.token(), each.message()));
        link.publishInTurn(messages, room);
    }

    private void note(long token, Message message) {
        if (message.topic().equals(eventTopic)) {
            OptionalLong seq = seq(message);
            if (seq.isPresent()) {
                sent.put(token, seq.getAsLong());
                open.add(seq.getAsLong());
                lastSent = Math.max(lastSent, seq.getAsLong());
            }
        }
    }

    /** The event's number, which travels as a user property. */
    private static OptionalLong seq(Message message) {
        String seq = message.userProperties().get("seq");
        return seq == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seq));
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
