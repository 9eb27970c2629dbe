package io.github.reedgate.link;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.github.reedgate.message.Message;
import java.util.Locale;
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
        String said = "broker refused a message on " + published.topic() + ": "
                + code.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + String.format(Locale.ROOT, " (0x%02X)", code.getCode())
                + ack.getReasonString()
                        .map(text -> ", '" + Diagnosis.printable(text.toString()) + "'")
                        .orElse("");
        return switch (code) {
            case SUCCESS, NO_MATCHING_SUBSCRIBERS -> ACCEPTED;
            case NOT_AUTHORIZED ->
                new PublishAnswer(
                        PublishOutcome.NOT_AUTHORIZED,
                        said + "; allow this user to publish there in the broker's access rules");
            case QUOTA_EXCEEDED ->
                new PublishAnswer(PublishOutcome.REJECTED, said + "; raise the broker's limit or free some of it");
            default -> new PublishAnswer(PublishOutcome.REJECTED, said + "; see the broker's log");
        };
    }

    /** The answer to a message that MQTT cannot carry at all. */
    static PublishAnswer unsendable(IllegalArgumentException problem, Message published) {
        return new PublishAnswer(
                PublishOutcome.REJECTED,
                "a message on " + published.topic() + " cannot be sent by MQTT: " + problem.getMessage());
    }

    private static PublishAnswer tooLarge(Message published) {
        return new PublishAnswer(
                PublishOutcome.REJECTED,
                "a message of " + published.payload().length() + " characters on " + published.topic()
                        + " is larger than the broker takes; raise its maximum packet size");
    }
}
