package io.github.reedgate.monitor.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.monitor.config.MonitorConfig.Kafka;
import io.github.reedgate.monitor.record.Batch;
import io.github.reedgate.monitor.record.Batch.Arrived;
import io.github.reedgate.monitor.record.Coverage;
import io.github.reedgate.monitor.record.History;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.record.Item;
import io.github.reedgate.monitor.record.MessageReader;
import io.github.reedgate.monitor.record.Outcome;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.Pruned;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.monitor.record.RejectedMessage;
import io.github.reedgate.monitor.record.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Passing messages on to Kafka, with the library's own producer for tests. */
class KafkaHistoryTest {

    private static final Kafka KAFKA = new Kafka(
            List.of("k:9092"), "events", "group", Optional.empty(), Optional.empty(), Optional.empty(), false);

    private final OwnHistory own = new OwnHistory();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<Sending> opened = new ArrayList<>();
    private final KafkaHistory history = new KafkaHistory(
            KAFKA,
            () -> {
                Sending producer = new Sending(failures);
                opened.add(producer);
                return producer;
            },
            own);

    /** Acknowledges each record at once, or fails it. */
    private static final class Sending extends MockProducer<byte[], byte[]> {

        private final Deque<RuntimeException> failures;

        private Sending(Deque<RuntimeException> failures) {
            super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.failures = failures;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sent) {
            Future<RecordMetadata> result = super.send(sent);
            RuntimeException failure = failures.poll();
            if (failure == null) {
                completeNext();
            } else {
                errorNext(failure);
            }
            return result;
        }
    }

    /** Keeps what the monitor itself reports. */
    static final class OwnHistory implements History {

        private final List<OwnEvent> events = new ArrayList<>();
        private @Nullable HistoryException failure;

        @Override
        public Outcome write(Batch batch, Reports reports) throws HistoryException {
            if (failure != null) {
                throw failure;
            }
            assertThat(batch.events()).isEmpty();
            Outcome nothing = new Outcome(List.of(), 0, List.of(), List.of());
            events.addAll(batch.own());
            events.addAll(reports.of(nothing));
            return nothing;
        }

        @Override
        public Map<String, Coverage> coverage() {
            return Map.of();
        }

        @Override
        public List<NumberedEvent> unpublished(int limit) {
            return List.of();
        }

        @Override
        public Pruned prune(long nowMillis) {
            return Pruned.NOTHING;
        }
    }

    static Batch batch(RawMessage... messages) {
        MessageReader reader = new MessageReader("reedgate");
        List<RecordedEvent> events = new ArrayList<>();
        List<RejectedMessage> rejected = new ArrayList<>();
        List<Arrived> arrived = new ArrayList<>();
        for (RawMessage message : messages) {
            Item item = reader.read(message);
            arrived.add(new Arrived(message, item));
            if (item instanceof RecordedEvent event) {
                events.add(event);
            } else if (item instanceof RejectedMessage no) {
                rejected.add(no);
            }
        }
        return new Batch(events, List.of(), rejected, List.of(), List.of(), List.of(), arrived);
    }

    private static RawMessage watermark(String gateway, int number) {
        return Samples.message("reedgate/" + gateway + "/diagnostics/watermark", Integer.toString(number));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static String header(ProducerRecord<byte[], byte[]> sent, String name) {
        return text(sent.headers().lastHeader(name).value());
    }

    @Test
    void recordHasTheGatewayAsKeyAndThePayloadAsPublished() throws Exception {
        RawMessage event = Samples.event("home", 1, "a-1");

        Outcome outcome = history.write(batch(event), done -> List.of());

        assertThat(outcome.inserted()).hasSize(1);
        ProducerRecord<byte[], byte[]> sent = opened.get(0).history().get(0);
        assertThat(sent.topic()).isEqualTo("events");
        assertThat(text(sent.key())).isEqualTo("home");
        assertThat(sent.value()).isEqualTo(event.payload());
        assertThat(header(sent, "mqtt_topic")).isEqualTo("reedgate/home/event");
        assertThat(header(sent, "received_ms")).isEqualTo(Long.toString(Samples.NOW));
        // Kafka refuses what lies in the future, and removes what is old
        assertThat(sent.timestamp()).isNull();
    }

    @Test
    void watermarkIsSentBehindTheEventsOfItsBatch() throws Exception {
        history.write(batch(watermark("home", 2), Samples.event("home", 1, "a-1"), Samples.event("home", 2, "a-2")), x -> {
            return List.of();
        });

        assertThat(opened.get(0).history())
                .extracting(sent -> header(sent, "mqtt_topic"))
                .containsExactly("reedgate/home/event", "reedgate/home/event", "reedgate/home/diagnostics/watermark");
    }

    @Test
    void failedBatchIsAFailureAndNothingIsSentBehindIt() throws Exception {
        failures.add(new TimeoutException("no answer"));
        Batch batch = batch(Samples.event("home", 1, "a-1"), watermark("home", 1));

        assertThatThrownBy(() -> history.write(batch, done -> List.of()))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("sending events at Kafka k:9092 failed (no answer); see that Kafka runs");
        assertThat(opened.get(0).history()).hasSize(1);
        assertThat(opened.get(0).closed()).isTrue();

        history.write(batch, done -> List.of());

        assertThat(opened).hasSize(2);
        assertThat(opened.get(1).history()).hasSize(2);
    }

    @Test
    void whatCanNotBeReadGoesToItsOwnTopicWithTheReason() throws Exception {
        RawMessage odd = new RawMessage("reedgate/home/event", new byte[70_000], Samples.NOW);

        history.write(batch(odd), done -> List.of(event()));

        ProducerRecord<byte[], byte[]> sent = opened.get(0).history().get(0);
        assertThat(sent.topic()).isEqualTo("events.rejected");
        assertThat(text(sent.key())).isEqualTo("none");
        assertThat(sent.value()).hasSize(65_536);
        assertThat(header(sent, "bytes")).isEqualTo("70000");
        assertThat(header(sent, "reason")).contains("longer than 65536 bytes");
        assertThat(own.events).containsExactly(event());
    }

    private static OwnEvent event() {
        return new OwnEvent(OwnEvent.Type.REJECTED, null, "rejected", Map.of(), Samples.NOW);
    }

    @Test
    void eventThatKafkaFindsTooLargeIsRejectedAndTheOthersPass() throws Exception {
        failures.add(new RecordTooLargeException("too large"));

        history.write(batch(Samples.event("home", 1, "a-1"), Samples.event("home", 2, "a-2")), done -> List.of());

        assertThat(opened.get(0).history())
                .extracting(ProducerRecord::topic)
                .containsExactly("events", "events", "events.rejected");
        assertThat(header(opened.get(0).history().get(2), "reason")).isEqualTo("Kafka refuses it: too large");
    }

    @Test
    void failureOfTheOwnHistoryIsAFailureOfTheBatch() {
        own.failure = new HistoryException("disk full", null);

        assertThatThrownBy(() -> history.write(batch(Samples.event("home", 1, "a-1")), done -> List.of(event())))
                .hasMessage("disk full");
    }

    @Test
    void producerIsIdempotentAndWaitsForAllReplicas() throws Exception {
        assertThat(new KafkaClients(KAFKA, "main").producing())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("security.protocol", "PLAINTEXT");
        assertThat(new KafkaClients(KAFKA, "main").consuming())
                .containsEntry("enable.auto.commit", false)
                .containsEntry("group.id", "group")
                .containsEntry("group.instance.id", "main");
    }
}
