package io.github.reedgate.link;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.github.reedgate.message.Message;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What the client library's answer to a publish means. Immutable.
 *
 * @param outcome what became of the publish
 * @param message empty if accepted, else the reason and the fix
 */
record PublishAnswer(PublishOutcome outcome, String message) {

    private static final PublishAnswer ACCEPTED = new PublishAnswer(PublishOutcome.ACCEPTED, "");

    /** Whether the broker gave it, and not this side. */
    boolean isByBroker() {
        return outcome != PublishOutcome.UNKNOWN && outcome != PublishOutcome.TOO_LARGE;
    }

    /** Reads the error a publish ended with; null if it was acknowledged with success. */
    static PublishAnswer of(@Nullable Throwable error, Message published) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause == null) {
            return ACCEPTED;
        }
        if (cause instanceof Mqtt5PubAckException refused) {
            return of(refused.getMqttMessage(), published);
        }
        if (cause instanceof MqttEncodeException) {
            return tooLarge(published);
        }
        return new PublishAnswer(
                PublishOutcome.UNKNOWN,
                "no acknowledgement for a message on " + published.topic() + ": " + cause.getMessage());
    }

    /** Reads a PUBACK. */
    static PublishAnswer of(Mqtt5PubAck ack, Message published) {
        Mqtt5PubAckReasonCode code = ack.getReasonCode();
        return switch (code) {
            case SUCCESS, NO_MATCHING_SUBSCRIBERS -> ACCEPTED;
            case NOT_AUTHORIZED -> new PublishAnswer(PublishOutcome.NOT_AUTHORIZED, said(ack, published));
            default -> new PublishAnswer(PublishOutcome.REJECTED, said(ack, published));
        };
    }

    private static String said(Mqtt5PubAck ack, Message published) {
        return "broker refused a message on " + published.topic() + ": " + ReasonCodes.words(ack.getReasonCode())
                + ReasonCodes.quoted(ack.getReasonString()) + "; "
                + Refusals.publish(ack.getReasonCode().getCode(), "this user", "topic_prefix");
    }

    /** The answer to a message that MQTT cannot carry at all. */
    static PublishAnswer unsendable(IllegalArgumentException problem, Message published) {
        return new PublishAnswer(
                PublishOutcome.TOO_LARGE,
                "a message on " + published.topic() + " cannot be sent by MQTT: " + problem.getMessage());
    }

    private static PublishAnswer tooLarge(Message published) {
        return new PublishAnswer(
                PublishOutcome.TOO_LARGE,
                "a message of " + published.payload().length() + " characters on " + published.topic()
                        + " is larger than the broker takes; raise its maximum packet size");
    }
}
