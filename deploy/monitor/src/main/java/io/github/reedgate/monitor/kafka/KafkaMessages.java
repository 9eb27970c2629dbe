package io.github.reedgate.monitor.kafka;

import io.github.reedgate.monitor.record.Batch.Arrived;
import io.github.reedgate.monitor.record.PresentValue;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.monitor.record.RejectedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A gateway's message as a record in Kafka, and back; docs/monitor.md describes the records. Stateless. */
final class KafkaMessages {

    /** The header with the MQTT topic. */
    static final String TOPIC = "mqtt_topic";

    /** The header with the time at which the message arrived from the broker, in milliseconds since 1970. */
    static final String RECEIVED = "received_ms";

    /** The header of a rejected message with the reason. */
    static final String REASON = "reason";

    /** The header of a rejected message with the length of its payload, of which the record has the first 64 KiB. */
    static final String LENGTH = "bytes";

    private static final int MOST_REJECTED = 65_536;

    private KafkaMessages() {}

    /** A message that can be read; the key is the gateway's id, the value its payload as it was published. */
    static ProducerRecord<byte[], byte[]> accepted(String topic, Arrived arrived) {
        RawMessage message = arrived.message();
        // without a timestamp it gets that of its sending: Kafka refuses records of a clock that was ahead
        return with(new ProducerRecord<>(topic, key(arrived), message.payload()), message);
    }

    private static byte @Nullable [] key(Arrived arrived) {
        if (arrived.item() instanceof RecordedEvent event) {
            return bytes(event.gateway());
        }
        return arrived.item() instanceof PresentValue value ? bytes(value.gateway()) : null;
    }

    /** A message that can't be read, with the reason; no key. */
    static ProducerRecord<byte[], byte[]> rejected(String topic, RejectedMessage rejected, RawMessage message) {
        byte[] payload = message.payload();
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(
                topic, payload.length > MOST_REJECTED ? Arrays.copyOf(payload, MOST_REJECTED) : payload);
        made.headers().add(REASON, bytes(rejected.reason()));
        made.headers().add(LENGTH, bytes(Integer.toString(payload.length)));
        return with(made, message);
    }

    private static ProducerRecord<byte[], byte[]> with(ProducerRecord<byte[], byte[]> made, RawMessage message) {
        made.headers().add(TOPIC, bytes(message.topic()));
        made.headers().add(RECEIVED, bytes(Long.toString(message.receivedMillis())));
        return made;
    }

    /** The message of a record. A record of somebody else has no topic; the recorder rejects it then. */
    static RawMessage message(ConsumerRecord<byte[], byte[]> found) {
        byte[] payload = found.value() == null ? new byte[0] : found.value();
        return new RawMessage(text(found, TOPIC), payload, received(found));
    }

    private static long received(ConsumerRecord<byte[], byte[]> found) {
        try {
            return Long.parseLong(text(found, RECEIVED));
        } catch (NumberFormatException e) {
            return found.timestamp();
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> found, String name) {
        Header header = found.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
