package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.github.reedgate.message.Message;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps every PUBACK reason code of MQTT 5 and the client's own failures. */
class PublishAnswerTest {

    private static final Message MESSAGE = Message.retainedText("a/b", "open");

    private static Mqtt5PubAck ack(Mqtt5PubAckReasonCode code) {
        Mqtt5PubAck ack = mock(Mqtt5PubAck.class);
        when(ack.getReasonCode()).thenReturn(code);
        when(ack.getReasonString()).thenReturn(Optional.empty());
        return ack;
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, ACCEPTED",
        "NO_MATCHING_SUBSCRIBERS, ACCEPTED",
        "UNSPECIFIED_ERROR, REJECTED",
        "IMPLEMENTATION_SPECIFIC_ERROR, REJECTED",
        "NOT_AUTHORIZED, NOT_AUTHORIZED",
        "TOPIC_NAME_INVALID, REJECTED",
        "PACKET_IDENTIFIER_IN_USE, REJECTED",
        "QUOTA_EXCEEDED, REJECTED",
        "PAYLOAD_FORMAT_INVALID, REJECTED"
    })
    void eachReasonCodeHasItsOutcome(Mqtt5PubAckReasonCode code, PublishOutcome expected) {
        PublishAnswer answer = PublishAnswer.of(ack(code), MESSAGE);
        assertThat(answer.outcome()).isEqualTo(expected);
        assertThat(answer.message().isEmpty()).isEqualTo(expected == PublishOutcome.ACCEPTED);
    }

    @Test
    void refusalNamesTopicCodeReasonAndFix() {
        Mqtt5PubAck ack = ack(Mqtt5PubAckReasonCode.NOT_AUTHORIZED);
        when(ack.getReasonString()).thenReturn(Optional.of(MqttUtf8String.of("keep\u001bout")));
        assertThat(PublishAnswer.of(new CompletionException(new Mqtt5PubAckException(ack, "")), MESSAGE))
                .isEqualTo(new PublishAnswer(
                        PublishOutcome.NOT_AUTHORIZED,
                        "broker refused a message on a/b: not authorized (0x87), 'keep?out'; "
                                + "have the broker's access rules allow this user to write to that topic"));
    }

    @Test
    void noErrorIsAccepted() {
        assertThat(PublishAnswer.of((Throwable) null, MESSAGE))
                .isEqualTo(new PublishAnswer(PublishOutcome.ACCEPTED, ""));
    }

    @Test
    void packetAboveTheBrokersLimitIsRejectedWithItsSize() {
        PublishAnswer answer = PublishAnswer.of(new MqttEncodeException("too large"), MESSAGE);
        assertThat(answer.outcome()).isEqualTo(PublishOutcome.TOO_LARGE);
        assertThat(answer.message()).contains("4 characters on a/b", "maximum packet size");
    }

    @Test
    void endOfTheConnectionLeavesItUnknown() {
        PublishAnswer answer = PublishAnswer.of(new ConnectionClosedException("gone"), MESSAGE);
        assertThat(answer)
                .isEqualTo(new PublishAnswer(PublishOutcome.UNKNOWN, "no acknowledgement for a message on a/b: gone"));
    }
}
