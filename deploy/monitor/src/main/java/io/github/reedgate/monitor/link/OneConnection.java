package io.github.reedgate.monitor.link;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.LinkException;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.link.Refusals;
import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.monitor.record.RawMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with a client of its own: a client that connects again counts old messages against the receive maximum. Used
 * by the session's thread; messages arrive on a thread of the client library.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a goodbye that fails ends the connection as well
final class OneConnection {

    /** Larger messages are not delivered; the largest that a gateway sends is far smaller. */
    private static final int LARGEST_PACKET = 256 * 1024;

    /**
     * All that MQTT allows. mosquitto 2.0.11 breaks a smaller one, and the client would end the connection for it; the broker's
     * own window bounds what is on its way.
     */
    private static final int RECEIVE_MAXIMUM = 65_535;

    private static final int MOST_CORRELATION = 64;
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(OneConnection.class);

    private final SessionPlan plan;
    private final ClientFactory factory;
    private final SessionEvents events;
    private final Mqtt5AsyncClient client;
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    /**
     * Prepares a client; blocks for files and the name service.
     *
     * @throws LinkException if a file of the settings can't be used
     */
    OneConnection(SessionPlan plan, ClientFactory factory, SessionEvents events) throws LinkException {
        this.plan = plan;
        this.factory = factory;
        this.events = events;
        this.client = factory.newClient()
                .addDisconnectedListener(context -> {
                    isOver.set(true);
                    ended.complete(context.getCause());
                })
                .buildAsync();
        // before connecting: what the session kept arrives right behind CONNACK
        client.publishes(MqttGlobalPublishFilter.ALL, this::received, true);
    }

    /** Completes with the reason when the connection is over, or could not be made. */
    CompletableFuture<Throwable> ended() {
        return ended;
    }

    /** Connects; blocks until the broker has answered. Returns whether it had kept the session. */
    boolean connect() throws ExecutionException, InterruptedException {
        Mqtt5Connect connect = factory.newConnect()
                .cleanStart(false)
                .sessionExpiryInterval(plan.expiry().toSeconds())
                .willPublish()
                .topic(plan.availability())
                .payload("offline".getBytes(StandardCharsets.UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .applyWillPublish()
                .restrictions()
                .receiveMaximum(RECEIVE_MAXIMUM)
                .maximumPacketSize(LARGEST_PACKET)
                .applyRestrictions()
                .build();
        Mqtt5ConnAck answer = client.connect(connect).get();
        return answer.isSessionPresent();
    }

    /**
     * Subscribes; blocks until the broker has answered.
     *
     * @throws LinkException if it refuses one of the filters, or does not answer in time
     */
    void subscribe() throws LinkException, ExecutionException, InterruptedException {
        // what is retained comes on each connection, behind what the session kept: supervision has to know what is true
        // now
        List<Mqtt5Subscription> all = plan.filters().stream()
                .map(filter -> Mqtt5Subscription.builder()
                        .topicFilter(filter)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .retainHandling(Mqtt5RetainHandling.SEND)
                        .build())
                .toList();
        long patience = plan.settings().timing().connectTimeout().toMillis();
        try {
            client.subscribe(Mqtt5Subscribe.builder().addSubscriptions(all).build())
                    .get(patience, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Mqtt5SubAckException refused) {
                throw refusal(refused.getMqttMessage().getReasonCodes(), refused);
            }
            throw e;
        } catch (TimeoutException e) {
            throw new LinkException(
                    LinkTrouble.NO_ANSWER,
                    "broker " + factory.server() + " does not answer the subscription; see the broker's log",
                    e);
        }
    }

    private LinkException refusal(List<Mqtt5SubAckReasonCode> codes, Throwable cause) {
        for (int i = 0; i < codes.size(); i++) {
            if (codes.get(i).isError()) {
                String user = plan.settings()
                        .user()
                        .map(name -> "user '" + name + "'")
                        .orElse("a client without user name");
                return new LinkException(
                        LinkTrouble.NOT_AUTHORIZED,
                        "broker " + factory.server() + " refused to subscribe to "
                                + plan.filters().get(i) + ": "
                                + Refusals.subscription(codes.get(i).getCode(), user, "topic_prefix"),
                        cause);
            }
        }
        return new LinkException(LinkTrouble.REFUSED, "broker " + factory.server() + " refused to subscribe", cause);
    }

    private void received(Mqtt5Publish publish) {
        try {
            events.received(new OneDelivery(publish, isOver, System.currentTimeMillis()));
        } catch (RuntimeException e) {
            // the client silently ends the flow of messages when its callback throws
            LOG.error("a message could not be taken; the connection is ended, so that it comes again", e);
            abandon();
        }
    }

    /** Publishes at QoS 1; returns at once. The result is false if the broker refused the message. */
    CompletableFuture<Boolean> publish(String topic, String payload, boolean retain) {
        return send(Mqtt5Publish.builder()
                        .topic(topic)
                        .payload(payload.getBytes(StandardCharsets.UTF_8))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .retain(retain)
                        .build())
                .thenApply(sent -> sent != Sent.FAILED);
    }

    /** Publishes a request at QoS 1, not retained; returns at once. The result is what the broker said to it. */
    CompletableFuture<Sent> publish(SessionRequest request) {
        return send(Mqtt5Publish.builder()
                .topic(request.topic())
                .payload(request.payload().getBytes(StandardCharsets.UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .responseTopic(request.responseTopic())
                .correlationData(request.correlation().getBytes(StandardCharsets.ISO_8859_1))
                .messageExpiryInterval(request.expiry().toSeconds())
                .build());
    }

    private CompletableFuture<Sent> send(Mqtt5Publish publish) {
        return client.publish(publish).handle((result, failure) -> {
            Throwable why = failure instanceof CompletionException ? failure.getCause() : failure;
            if (why == null && result != null) {
                why = result.getError().orElse(null);
            }
            if (why != null || result == null) {
                LOG.warn("not published on {}: {}", publish.getTopic(), String.valueOf(why));
                return Sent.FAILED;
            }
            return isUnsubscribed(result) ? Sent.UNSUBSCRIBED : Sent.TAKEN;
        });
    }

    private static boolean isUnsubscribed(Mqtt5PublishResult result) {
        return result instanceof Mqtt5PublishResult.Mqtt5Qos1Result acknowledged
                && acknowledged.getPubAck().getReasonCode() == Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
    }

    /** Says good-bye with {@code offline} on the availability topic; blocks for some seconds at most. */
    void close() throws InterruptedException {
        if (ended.isDone()) {
            return;
        }
        try {
            publish(plan.availability(), "offline", true)
                    .thenCompose(taken -> client.disconnect())
                    .get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("no good-bye: {}", e.toString());
        }
    }

    /** Ends the connection so that the broker publishes the monitor's will; returns at once. Does nothing after the end. */
    void abandon() {
        if (!ended.isDone()) {
            client.disconnectWith()
                    .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                    .send()
                    .exceptionally(failure -> null);
        }
    }

    /** A message of one connection. */
    private record OneDelivery(Mqtt5Publish publish, AtomicBoolean isOver, long receivedMillis) implements Delivery {

        @Override
        public RawMessage message() {
            return new RawMessage(publish.getTopic().toString(), publish.getPayloadAsBytes(), receivedMillis);
        }

        @Override
        public String topic() {
            return publish.getTopic().toString();
        }

        @Override
        public int length() {
            return publish.getPayload().map(ByteBuffer::remaining).orElse(0);
        }

        @Override
        public boolean isRetained() {
            return publish.isRetain();
        }

        @Override
        public String correlation() {
            return publish.getCorrelationData()
                    .filter(data -> data.remaining() <= MOST_CORRELATION)
                    .map(data ->
                            StandardCharsets.ISO_8859_1.decode(data.duplicate()).toString())
                    .orElse("");
        }

        @Override
        public void acknowledge() {
            if (!isOver.get()) {
                publish.acknowledge();
            }
        }
    }
}
