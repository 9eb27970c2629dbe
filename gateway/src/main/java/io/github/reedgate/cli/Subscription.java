package io.github.reedgate.cli;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.LinkException;
import io.github.reedgate.link.Refusals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One connection of {@code watch} with its subscriptions. A broken one is closed and another made: the client would keep the
 * TLS context and the password for ever. Its methods are called by one thread.
 */
final class Subscription {

    /** The largest packet the broker may send; larger messages never arrive (MQTT 5, section 3.1.2.11.4). */
    static final int LARGEST_PACKET_BYTES = 256 * 1024;

    /** Messages the broker may send before the first is printed and acknowledged. */
    private static final int RECEIVE_MAXIMUM = 64;

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final WatchPlan plan;
    private final ClientFactory factory;
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private final Mqtt5AsyncClient client;
    private Optional<CompletableFuture<Mqtt5ConnAck>> connecting = Optional.empty();

    /**
     * Prepares a client; reads the files of the settings.
     *
     * @param receiver called by {@code executor} for each message, which it has to acknowledge; throws nothing
     * @throws LinkException if a file of the settings can't be used
     */
    Subscription(WatchPlan plan, ClientFactory factory, Consumer<Mqtt5Publish> receiver, Executor executor)
            throws LinkException {
        this.plan = plan;
        this.factory = factory;
        this.client = factory.newClient()
                .addDisconnectedListener(context -> ended.complete(context.getCause()))
                .buildAsync();
        // Before connecting: what a session kept arrives right behind CONNACK, and without a receiver it would be
        // dropped.
        client.publishes(MqttGlobalPublishFilter.ALL, receiver, executor, true);
    }

    /** Completes with the reason when the connection is over, or could not be made. */
    CompletableFuture<Throwable> ended() {
        return ended;
    }

    /** Starts to connect; the result tells whether the broker had a session. */
    CompletableFuture<Mqtt5ConnAck> connect() {
        Mqtt5Connect connect = factory.newConnect()
                .cleanStart(plan.session().isEmpty())
                .sessionExpiryInterval(plan.session().map(Duration::toSeconds).orElse(0L))
                .restrictions()
                .receiveMaximum(RECEIVE_MAXIMUM)
                .maximumPacketSize(LARGEST_PACKET_BYTES)
                .applyRestrictions()
                .build();
        CompletableFuture<Mqtt5ConnAck> answer = client.connect(connect);
        connecting = Optional.of(answer);
        return answer;
    }

    /** Starts to subscribe; the result lists the refused topic filters with the reason and what to do, none if all is well. */
    CompletableFuture<List<String>> subscribe() {
        List<Mqtt5Subscription> subscriptions = plan.filters().stream()
                .map(filter -> Mqtt5Subscription.builder()
                        .topicFilter(filter)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .build())
                .toList();
        return client.subscribe(
                        Mqtt5Subscribe.builder().addSubscriptions(subscriptions).build())
                .thenApply(this::refusals)
                .exceptionallyCompose(this::refusals);
    }

    private CompletableFuture<List<String>> refusals(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof Mqtt5SubAckException refused
                ? CompletableFuture.completedFuture(refusals(refused.getMqttMessage()))
                : CompletableFuture.failedFuture(cause);
    }

    private List<String> refusals(Mqtt5SubAck answer) {
        List<String> refusals = new ArrayList<>();
        for (int i = 0; i < answer.getReasonCodes().size(); i++) {
            Mqtt5SubAckReasonCode code = answer.getReasonCodes().get(i);
            if (code.isError()) {
                refusals.add(String.format(
                        Locale.ROOT,
                        "'%s': %s (0x%02X); %s",
                        SafeText.line(plan.filters().get(i), 100),
                        code.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        code.getCode(),
                        Refusals.subscription(code.getCode(), "the user", "topic with --topic")));
            }
        }
        return refusals;
    }

    /**
     * Says good-bye to the broker; blocks for 2 s at most. A connection that is still being made is closed when it is there.
     *
     * @return true if the connection is closed now
     */
    boolean close() throws InterruptedException {
        if (ended.isDone() || connecting.isEmpty()) {
            return true;
        }
        CompletableFuture<Void> goodbye = connecting.get().thenCompose(answer -> client.disconnect());
        if (!connecting.get().isDone()) {
            return false;
        }
        try {
            goodbye.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return ended.isDone();
        }
    }
}
