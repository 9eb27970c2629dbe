package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A broker connection for tests that does nothing by itself: it keeps what was published, and the test makes the answers.
 * Nothing is ever called back on its own, as the real one does it from other threads only. Used by one thread.
 */
public final class FakeLink implements BrokerLink {

    /** The receive maximum of a broker that names none. */
    public static final int NO_LIMIT = 65_535;

    private final List<Sent> sent = new ArrayList<>();
    private Optional<Consumer<LinkEvent>> listener = Optional.empty();
    private Optional<Message> farewell = Optional.empty();
    private long connection;
    private boolean up;
    private int answered;
    private final Set<Long> open = new HashSet<>();
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private int room;
    private String failing = "";

    /**
     * A message handed over.
     *
     * @param token given with it
     * @param connection the connection it went out on, or 0 if there was none
     * @param message the message
     * @param correlation its correlation data in Base64, or null
     */
    public record Sent(
            long token,
            long connection,
            Message message,
            @Nullable String correlation) {

        /** One that answers no request. */
        public Sent(long token, long connection, Message message) {
            this(token, connection, message, null);
        }

        /** Topic and payload, as tests like to compare them. */
        public String text() {
            return message.topic() + " " + message.payload();
        }
    }

    @Override
    public void start(Subscriptions subscriptions, Consumer<LinkEvent> eventListener) {
        listener = Optional.of(eventListener);
    }

    @Override
    public void publish(List<Outgoing> messages) {
        for (Outgoing each : messages) {
            if (!failing.isEmpty() && each.message().topic().endsWith(failing)) {
                throw new IllegalStateException("planted");
            }
            sent.add(new Sent(each.token(), up ? connection : 0, each.message(), each.correlation()));
            open.add(each.token());
        }
    }

    @Override
    public void publishInTurn(List<Outgoing> messages, int atMost) {
        room = atMost;
        waiting.addAll(messages);
        sendWhatHasRoom();
    }

    private void sendWhatHasRoom() {
        while (!waiting.isEmpty() && (!up || open.size() < room)) {
            publish(List.of(waiting.remove()));
        }
    }

    /** From now on a message on a topic that ends with this throws. */
    public void failOn(String topicEnd) {
        failing = topicEnd;
    }

    @Override
    public void stop(Message last, Duration limit) {
        farewell = Optional.of(last);
        up = false;
    }

    /** A new connection; what was not answered on the old one never will be. */
    public LinkEvent.Up up(int receiveMaximum) {
        up = true;
        answered = sent.size();
        waiting.clear();
        open.clear();
        return new LinkEvent.Up(++connection, "broker:1883", receiveMaximum);
    }

    /** The connection is lost. */
    public LinkEvent.Down down() {
        up = false;
        waiting.clear();
        return new LinkEvent.Down(true, LinkTrouble.NETWORK, "the broker went away", Duration.ofSeconds(1));
    }

    /** The answer to the oldest message not answered yet. */
    public LinkEvent.Published answer(PublishOutcome outcome) {
        assertThat(unanswered()).as("messages that wait for an answer").isPositive();
        return answer(sent.get(answered++), outcome);
    }

    /** The answer to a certain message. */
    public LinkEvent.Published answer(Sent to, PublishOutcome outcome) {
        String message = outcome == PublishOutcome.ACCEPTED ? "" : "no, " + outcome;
        open.remove(to.token());
        sendWhatHasRoom();
        return new LinkEvent.Published(to.token(), to.connection(), outcome, message);
    }

    /** What the broker remembers as the watermark, told on the present connection. */
    public LinkEvent.Watermark remembers(long seq) {
        return new LinkEvent.Watermark(connection, OptionalLong.of(seq), WatermarkOutcome.KNOWN, "");
    }

    /** The broker tells no watermark on the present connection. */
    public LinkEvent.Watermark remembersNothing(WatermarkOutcome outcome) {
        String message = outcome == WatermarkOutcome.NONE ? "" : "no, " + outcome;
        return new LinkEvent.Watermark(connection, OptionalLong.empty(), outcome, message);
    }

    /** A watermark of the present connection came back. */
    public LinkEvent.WatermarkShown showsWatermark() {
        return new LinkEvent.WatermarkShown(connection);
    }

    /** How many messages of this connection have no answer yet. */
    public int unanswered() {
        return sent.size() - answered;
    }

    /** What waits until there is room for it. */
    public List<Message> waiting() {
        return waiting.stream().map(Outgoing::message).toList();
    }

    /** Everything sent so far, oldest first. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** What was handed over since the message number {@code from}, counted from 0. */
    public List<Sent> sentSince(int from) {
        return List.copyOf(sent.subList(from, sent.size()));
    }

    /** How many messages were handed over so far. */
    public int count() {
        return sent.size();
    }

    /** Tells whoever started it. */
    public void tell(LinkEvent event) {
        listener.orElseThrow().accept(event);
    }

    /** True while there is a connection. */
    public boolean isUp() {
        return up;
    }

    /** The last message, once stopped. */
    public Optional<Message> farewell() {
        return farewell;
    }
}
