package io.github.reedgate.link;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection that finds out what a broker lets a user do. It has no will and keeps no session, so that nobody notices it
 * come and go. Used by one thread; each call blocks until the broker has answered or its time is over.
 */
public final class BrokerTrial implements AutoCloseable {

    private static final long GOODBYE_SECONDS = 2;

    private final BrokerSettings settings;
    private final ClientFactory factory;
    private final Mqtt5AsyncClient client;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();

    /**
     * What the broker granted with its CONNACK.
     *
     * @param retain whether it keeps retained messages
     * @param maximumQos the highest QoS it takes: 0, 1 or 2
     * @param maximumPacketBytes the longest packet it takes; 268,435,460 if it sets no limit
     */
    public record Granted(boolean retain, int maximumQos, int maximumPacketBytes) {}

    /**
     * The broker's answer to a wish.
     *
     * @param code the MQTT 5 reason code; 0x80 and above is a refusal
     * @param name the code's name, in capitals
     */
    public record Answer(int code, String name) {

        /** True if the broker did what it was asked. */
        public boolean isGranted() {
            return code < 0x80;
        }

        /** True if the broker says that this client may not do that. */
        public boolean isForbidden() {
            return code == 0x87;
        }
    }

    /** A message that came: its text, and whether the broker had kept it. */
    public record Arrival(String payload, boolean retained) {}

    /**
     * Prepares a connection; connects to nothing yet.
     *
     * @param settings where to, and under which client id: one that nobody else uses
     * @param credentials as whom
     * @throws LinkException if a file of the settings can't be used
     */
    public BrokerTrial(BrokerSettings settings, CredentialSource credentials) throws LinkException {
        this.settings = settings;
        this.factory = new ClientFactory(settings, credentials);
        this.client = factory.newClient()
                .executorConfig()
                .nettyThreads(1)
                .applyExecutorConfig()
                .addDisconnectedListener(context -> ended.complete(context.getCause()))
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, this::arrived);
    }

    private void arrived(Mqtt5Publish message) {
        arrivals.add(new Arrival(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8), message.isRetain()));
    }

    /**
     * Connects and logs in.
     *
     * @param limit how long all of it may take
     * @throws LinkException if it fails; says why and what to do about it
     */
    public Granted connect(Duration limit) throws LinkException, InterruptedException {
        try {
            Mqtt5ConnAck ack = client.connect(factory.newConnect()
                            .cleanStart(true)
                            .sessionExpiryInterval(0)
                            .build())
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Granted(
                    ack.getRestrictions().isRetainAvailable(),
                    ack.getRestrictions().getMaximumQos().getCode(),
                    ack.getRestrictions().getMaximumPacketSize());
        } catch (ExecutionException e) {
            throw failure(Diagnosis.ofAttempt(cause(e), factory.server(), settings), e);
        } catch (TimeoutException e) {
            throw noAnswer("did not let us in", limit, e);
        }
    }

    /**
     * Publishes with QoS 1.
     *
     * @param payload text; empty with {@code retain} clears what the broker keeps of the topic
     * @throws LinkException if the connection breaks or the answer does not come
     */
    public Answer publish(String topic, String payload, boolean retain, Duration limit)
            throws LinkException, InterruptedException {
        CompletableFuture<Answer> answer = client.publish(Mqtt5Publish.builder()
                        .topic(topic)
                        .payload(payload.getBytes(StandardCharsets.UTF_8))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .retain(retain)
                        .build())
                .thenApply(result -> result.getError()
                        .filter(Mqtt5PubAckException.class::isInstance)
                        .map(error -> answer(
                                ((Mqtt5PubAckException) error).getMqttMessage().getReasonCode()))
                        .orElse(new Answer(0, "SUCCESS")));
        return await(answer, "publishing", limit);
    }

    /**
     * Subscribes with QoS 1; what comes is had from {@link #next}.
     *
     * @throws LinkException if the connection breaks or the answer does not come
     */
    public Answer subscribe(String topic, Duration limit) throws LinkException, InterruptedException {
        CompletableFuture<Answer> answer = client.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .thenApply(ack -> answer(ack.getReasonCodes().get(0)));
        return await(answer, "subscribing", limit);
    }

    /** The next message that came, as soon as one does; empty if none does in time. */
    public Optional<Arrival> next(Duration limit) throws InterruptedException {
        return Optional.ofNullable(arrivals.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private Answer await(CompletableFuture<Answer> answer, String what, Duration limit)
            throws LinkException, InterruptedException {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = cause(e);
            if (cause instanceof Mqtt5PubAckException refused) {
                return answer(refused.getMqttMessage().getReasonCode());
            }
            if (cause instanceof Mqtt5SubAckException refused) {
                return answer(refused.getMqttMessage().getReasonCodes().get(0));
            }
            // Why the connection ended says more than that the answer will not come.
            throw failure(Diagnosis.of(ended.getNow(cause), factory.server(), settings), e);
        } catch (TimeoutException e) {
            throw noAnswer("did not answer when asked for " + what, limit, e);
        }
    }

    private static Answer answer(Mqtt5ReasonCode code) {
        return new Answer(code.getCode(), code.toString());
    }

    private static Throwable cause(ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private static LinkException failure(Diagnosis diagnosis, Throwable cause) {
        return new LinkException(diagnosis.trouble(), diagnosis.message(), cause);
    }

    private LinkException noAnswer(String what, Duration limit, Throwable cause) {
        return new LinkException(
                LinkTrouble.NO_ANSWER,
                "broker " + factory.server() + " " + what + " within " + limit.toSeconds()
                        + " s; see the broker's log, and check that nothing between slows the connection down",
                cause);
    }

    /** Says good-bye; blocks for two seconds at most. */
    @Override
    public void close() {
        try {
            client.disconnect().handle((nothing, failure) -> failure == null).get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            ended.complete(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
