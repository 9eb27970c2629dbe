package io.github.reedgate.link;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import io.reactivex.schedulers.Schedulers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt and, if it succeeds, one connection: a client of the library that is used once. Publishing may be done by any
 * thread; nothing here blocks. A publish must not be tried before the broker accepted the connection: the library would
 * block the calling thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each callback is guarded and lets nothing through
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /**
     * The library fails what is in flight just before it tells that the connection ended. That end is told first and answers
     * for all; only a publish that failed on its own is answered after this time.
     */
    private static final long UNKNOWN_DELAY_MILLIS = 1_000;

    private final long number;
    private final Mqtt5AsyncClient client;
    private final ScheduledExecutorService scheduler;
    private final InFlight inFlight = new InFlight();
    private final Silence silence = new Silence();
    /** Held while messages are sent in turn. */
    private final Object turns = new Object();
    // written once, by thread broker-link, before anything was subscribed to
    private volatile @Nullable WatermarkQuestion question;
    private volatile @Nullable Inbox inbox;

    /**
     * Makes the client; connects nothing yet.
     *
     * @param number the number this connection has once it is up
     * @param builder what the client is built with
     * @param scheduler runs what is put off
     * @param disconnected told on the library's thread when an attempt failed or the connection ended
     */
    Connection(
            long number,
            Mqtt5ClientBuilder builder,
            ScheduledExecutorService scheduler,
            BiConsumer<Connection, MqttClientDisconnectedContext> disconnected) {
        this.number = number;
        this.scheduler = scheduler;
        // the callbacks return at once, so they need no thread of their own
        this.client = builder.executorConfig()
                .nettyThreads(1)
                .applicationScheduler(Schedulers.trampoline())
                .applyExecutorConfig()
                .addDisconnectedListener(
                        context -> guarded("a connection's end", () -> disconnected.accept(this, context)))
                .buildAsync();
    }

    long number() {
        return number;
    }

    /** Connects; completes on the library's thread. What a broker sends is thrown away unless somebody waits for it. */
    CompletableFuture<Mqtt5ConnAck> connect(Mqtt5Connect connect) {
        // without a consumer, or with one that falls behind, the library would log a warning for each message
        client.publishes(
                MqttGlobalPublishFilter.ALL, message -> guarded("a message", () -> received(message)), Runnable::run);
        return client.connect(connect);
    }

    private void received(Mqtt5Publish message) {
        silence.heard(System.nanoTime());
        WatermarkQuestion asked = question;
        Inbox wanted = inbox;
        boolean taken = (asked != null && asked.takes(message)) || (wanted != null && wanted.takes(message));
        if (!taken) {
            LOG.trace("unwanted message on {}", message.getTopic());
        }
    }

    /** Asks for the watermark; once, when the connection is up and before anything is published on it. */
    WatermarkQuestion ask(WatermarkQuestion.Subject subject, Consumer<LinkEvent> listener) {
        WatermarkQuestion asked = new WatermarkQuestion(subject, number, client, scheduler, listener);
        question = asked;
        asked.ask();
        return asked;
    }

    /** Tells whom of what comes on the topics that are subscribed to; once, before the first subscription. */
    void deliverTo(Inbox wanted) {
        inbox = wanted;
    }

    /**
     * Subscribes to a topic and returns at once; completes on the library's thread. What the broker has retained does not
     * come: it must not be obeyed, and it could end each connection anew. What comes live says whether it is to be retained:
     * that must not be obeyed either, and whoever sent it should be told so.
     *
     * @param remembered whether what is retained is wanted nevertheless
     */
    CompletableFuture<Mqtt5SubAck> subscribe(String topic, boolean remembered) {
        silence.sent();
        return client.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retainAsPublished(true)
                .retainHandling(remembered ? Mqtt5RetainHandling.SEND : Mqtt5RetainHandling.DO_NOT_SEND)
                .send()
                .whenComplete((ack, error) -> silence.heard(System.nanoTime()));
    }

    /**
     * Sends messages and gives each its answer, once, on the library's thread; at once on this thread if it can't be sent.
     * All packets are made first, so that the library's thread wakes once for many.
     */
    void publish(List<BrokerLink.Outgoing> messages, Consumer<LinkEvent> answers) {
        for (InFlight.Ready ready : packets(messages, answers)) {
            InFlight.Turn turn = inFlight.add(ready);
            if (turn == null) {
                answers.accept(unknown(ready.outgoing().token()));
            } else {
                send(turn, answers);
            }
        }
    }

    /** The same for messages that are sent one after the other, each when fewer than {@code room} have no answer. */
    void publishInTurn(List<BrokerLink.Outgoing> messages, int room, Consumer<LinkEvent> answers) {
        for (InFlight.Ready ready : packets(messages, answers)) {
            if (!inFlight.queue(ready, room)) {
                answers.accept(unknown(ready.outgoing().token()));
            }
        }
        sendWhatHasRoom(answers);
    }

    /** On the owner's thread and, after an answer, on the library's; only one at a time, or the order would be lost. */
    private void sendWhatHasRoom(Consumer<LinkEvent> answers) {
        synchronized (turns) {
            for (InFlight.Turn turn = inFlight.next(); turn != null; turn = inFlight.next()) {
                send(turn, answers);
            }
        }
    }

    /** The packets of all messages that there can be one of; the others are answered. */
    private List<InFlight.Ready> packets(List<BrokerLink.Outgoing> messages, Consumer<LinkEvent> answers) {
        List<InFlight.Ready> packets = new ArrayList<>(messages.size());
        for (BrokerLink.Outgoing each : messages) {
            try {
                packets.add(new InFlight.Ready(each, Mqtt5Messages.publish(each.message(), each.correlation())));
            } catch (IllegalArgumentException e) {
                answers.accept(event(each.token(), PublishAnswer.unsendable(e, each.message())));
            }
        }
        return packets;
    }

    private void send(InFlight.Turn turn, Consumer<LinkEvent> answers) {
        silence.sent();
        client.publish(turn.ready().packet())
                .whenComplete((result, error) -> guarded("an acknowledgement", () -> answer(turn, error, answers)));
    }

    /** Warms up the publishing of messages that are due in a moment; see {@link WarmUp}. */
    void rehearse(List<Message> messages) {
        WarmUp.publish(client, messages);
    }

    private void answer(InFlight.Turn turn, @Nullable Throwable error, Consumer<LinkEvent> answers) {
        Message message = turn.ready().outgoing().message();
        PublishAnswer answer = PublishAnswer.of(error, message);
        if (message.qos() != QoS.AT_MOST_ONCE && answer.isByBroker()) {
            silence.heard(System.nanoTime());
        }
        if (answer.outcome() == PublishOutcome.UNKNOWN) {
            scheduler.schedule(() -> give(turn, answer, answers), UNKNOWN_DELAY_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            give(turn, answer, answers);
        }
    }

    private void give(InFlight.Turn turn, PublishAnswer answer, Consumer<LinkEvent> answers) {
        if (inFlight.take(turn.ticket())) {
            try {
                sendWhatHasRoom(answers);
            } finally {
                answers.accept(event(turn.ready().outgoing().token(), answer));
            }
        }
    }

    /**
     * Publishes a last message, behind which none is sent that waits for its turn; waits for its acknowledgement and says
     * DISCONNECT, so that the broker drops the will.
     */
    CompletableFuture<Void> leave(Message farewell) {
        inFlight.hold();
        return client.publish(Mqtt5Messages.publish(farewell))
                .handle((result, error) -> {
                    if (error != null) {
                        LOG.warn(
                                "the farewell was not published: {}",
                                PublishAnswer.of(error, farewell).message());
                    }
                    return client;
                })
                .thenCompose(Mqtt5AsyncClient::disconnect);
    }

    /** True if no publish was acknowledged for so long although some wait; see {@link InFlight#isStuck}. */
    boolean isStuck(Duration patience, long nowNanos) {
        return inFlight.isStuck(patience, nowNanos);
    }

    /** How long nothing was heard on it. */
    Silence silence() {
        return silence;
    }

    /** Asks for a sign of life, by giving up a subscription that there is none of; returns at once. */
    void ask(String unsubscribed) {
        client.unsubscribeWith()
                .topicFilter(unsubscribed)
                .send()
                .whenComplete((ack, error) -> silence.heard(System.nanoTime()));
    }

    /**
     * Says DISCONNECT if there is a connection, and waits for nothing.
     *
     * @param dead whether the connection is given up for dead: then the broker is to publish the will, or others would take the
     *     gateway for online
     */
    void abandon(boolean dead) {
        Mqtt5DisconnectReasonCode reason = dead
                ? Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE
                : Mqtt5DisconnectReasonCode.NORMAL_DISCONNECTION;
        client.disconnectWith().reasonCode(reason).send().whenComplete((nothing, error) -> {
            if (error != null) {
                LOG.debug("there was nothing to disconnect", error);
            }
        });
    }

    /** Takes no more publishes; the answers to all that have none yet, for the caller to give. */
    List<LinkEvent.Published> end() {
        return inFlight.close().stream().map(this::unknown).toList();
    }

    private LinkEvent.Published unknown(long token) {
        return event(
                token,
                new PublishAnswer(
                        PublishOutcome.UNKNOWN, "the connection ended before the broker acknowledged the message"));
    }

    private LinkEvent.Published event(long token, PublishAnswer answer) {
        return new LinkEvent.Published(token, number, answer.outcome(), answer.message());
    }

    /** The outermost line of each callback: what it throws would silently end something inside the library. */
    private static void guarded(String what, Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            LOG.error("handling {} failed", what, e);
        }
    }
}
