package io.github.reedgate.delivery;

import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.Subscriptions;
import io.github.reedgate.message.EventNumber;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The connection as the publisher sees it, and beside that a record of the highest event number that was ever sent. Until it is known which
 * numbers were used before, nothing but events carries one that was never sent. Owned by the loop thread.
 */
public final class SentNumbers implements BrokerLink {

    private final BrokerLink link;
    private final String eventTopic;
    private long everSent;
    private boolean unproved;

    /**
     * Before the first connection.
     *
     * @param link where everything is handed on to
     * @param eventTopic the topic of the events
     * @param everSent the highest number that may have been sent before
     */
    public SentNumbers(BrokerLink link, String eventTopic, long everSent) {
        this.link = link;
        this.eventTopic = eventTopic;
        this.everSent = everSent;
    }

    /** The highest number that may ever have been sent. */
    public long everSent() {
        return everSent;
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
        messages.forEach(each -> note(each.message()));
        link.publish(unproved ? unnumbered(messages) : messages);
    }

    @Override
    public void publishInTurn(List<Outgoing> messages, int room) {
        messages.forEach(each -> note(each.message()));
        link.publishInTurn(unproved ? unnumbered(messages) : messages, room);
    }

    private List<Outgoing> unnumbered(List<Outgoing> messages) {
        return messages.stream().map(this::unnumbered).toList();
    }

    private Outgoing unnumbered(Outgoing one) {
        boolean isSure = one.message().topic().equals(eventTopic) || EventNumber.of(one.message()) <= everSent;
        return isSure ? one : new Outgoing(one.token(), EventNumber.left(one.message()));
    }

    private void note(Message message) {
        if (message.topic().equals(eventTopic)) {
            everSent = Math.max(everSent, EventNumber.of(message));
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
