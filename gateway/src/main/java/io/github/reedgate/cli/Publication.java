package io.github.reedgate.cli;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.Diagnosis;
import io.github.reedgate.link.LinkException;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.link.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Sends messages on a connection of its own and waits for the broker's answers. Used once, by one thread. */
final class Publication {

    private final BrokerSettings settings;
    private final ClientFactory factory;
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();

    /** Prepares; connects to nothing yet. */
    Publication(BrokerSettings settings, ClientFactory factory) {
        this.settings = settings;
        this.factory = factory;
    }

    /**
     * What became of it.
     *
     * @param exitCode one of {@link ExitCode}
     * @param message what to tell on standard error; empty if there is nothing to tell
     */
    record Result(int exitCode, String message) {}

    /** Sends the message; blocks for {@code limit} at most, and then a second to take leave. */
    Result send(Mqtt5Publish message, Duration limit) throws InterruptedException {
        return send(List.of(message), limit, (same, result) -> {});
    }

    /**
     * Sends messages one after the other, up to the first that the broker does not take: some brokers end the connection then.
     *
     * @param messages at least one
     * @param limit how long this blocks at most, and then a second to take leave
     * @param told takes each message that was sent, and what became of it
     * @return the last result
     */
    Result send(List<Mqtt5Publish> messages, Duration limit, BiConsumer<Mqtt5Publish, Result> told)
            throws InterruptedException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        Mqtt5AsyncClient client;
        try {
            client = factory.newClient()
                    .addDisconnectedListener(context -> ended.complete(context.getCause()))
                    .buildAsync();
            client.connect(factory.newConnect().build()).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (LinkException e) {
            return trouble(e);
        } catch (ExecutionException e) {
            return trouble(cause(e));
        } catch (TimeoutException e) {
            return new Result(
                    ExitCode.UNREACHABLE,
                    "broker " + factory.server() + " did not let us in within " + Durations.text(limit));
        }
        try {
            Result result = new Result(ExitCode.OK, "");
            for (Mqtt5Publish message : messages) {
                result = send(client, message, deadlineNanos, limit);
                told.accept(message, result);
                if (result.exitCode() != ExitCode.OK) {
                    return result;
                }
            }
            return result;
        } finally {
            leave(client);
        }
    }

    private Result send(Mqtt5AsyncClient client, Mqtt5Publish message, long deadlineNanos, Duration limit)
            throws InterruptedException {
        try {
            long leftNanos = Math.max(1, deadlineNanos - System.nanoTime());
            return answer(client.publish(message).get(leftNanos, TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            return refusal(cause(e));
        } catch (TimeoutException e) {
            return new Result(
                    ExitCode.TIMED_OUT,
                    "broker " + factory.server() + " did not acknowledge within " + Durations.text(limit)
                            + "; it may have the message or not");
        }
    }

    private static Throwable cause(ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private Result answer(Mqtt5PublishResult result) {
        if (result.getError().isPresent()) {
            return refusal(result.getError().get());
        }
        return new Result(
                ExitCode.OK, hasNoSubscriber(result) ? "accepted (0x10): nobody is subscribed to that topic" : "");
    }

    private static boolean hasNoSubscriber(Mqtt5PublishResult result) {
        if (result instanceof Mqtt5PublishResult.Mqtt5Qos1Result once) {
            return once.getPubAck().getReasonCode() == Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
        }
        return result instanceof Mqtt5PublishResult.Mqtt5Qos2Result twice
                && twice.getPubRec().getReasonCode() == Mqtt5PubRecReasonCode.NO_MATCHING_SUBSCRIBERS;
    }

    private Result refusal(Throwable failure) {
        if (failure instanceof Mqtt5PubAckException refused) {
            Mqtt5PubAckReasonCode code = refused.getMqttMessage().getReasonCode();
            return refusal(code.name(), code.getCode());
        }
        if (failure instanceof Mqtt5PubRecException refused) {
            Mqtt5PubRecReasonCode code = refused.getMqttMessage().getReasonCode();
            return refusal(code.name(), code.getCode());
        }
        // Why the connection ended says more than that the answer will not come.
        return trouble(ended.getNow(failure));
    }

    private Result refusal(String name, int code) {
        String who = settings.user().map(user -> "user '" + user + "'").orElse("anonymous clients");
        String fix = "; " + Refusals.publish(code, who, "topic");
        String words = name.toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Result(
                ExitCode.REFUSED,
                String.format(Locale.ROOT, "broker %s refused the message: %s (0x%02X)", factory.server(), words, code)
                        + fix);
    }

    private Result trouble(Throwable failure) {
        Diagnosis diagnosis = Diagnosis.of(failure, factory.server(), settings);
        int code = diagnosis.trouble() == LinkTrouble.TAKEN_OVER
                ? ExitCode.FAILED
                : Troubles.exitCode(diagnosis.trouble());
        return new Result(code, diagnosis.message());
    }

    private void leave(Mqtt5AsyncClient client) throws InterruptedException {
        CompletableFuture<Boolean> left = client.disconnect().handle((nothing, failure) -> failure == null);
        try {
            left.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            left.cancel(true);
        }
    }
}
