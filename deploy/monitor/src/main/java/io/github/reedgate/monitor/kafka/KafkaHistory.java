package io.github.reedgate.monitor.kafka;

import io.github.reedgate.monitor.config.MonitorConfig.Kafka;
import io.github.reedgate.monitor.record.Batch;
import io.github.reedgate.monitor.record.Batch.Arrived;
import io.github.reedgate.monitor.record.Coverage;
import io.github.reedgate.monitor.record.History;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.record.Outcome;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.Pruned;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.monitor.record.RejectedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages on to Kafka; another monitor reads them there and keeps the history. Owned by the recorder's thread; blocks.
 *
 * <p>A batch is written when all servers that have to have it acknowledged each of its records. Kafka has no part of a batch
 * back: after a failure a part of it may be there, and all of it is sent again, which the reader recognises. Events are
 * acknowledged before watermarks are sent, so that the reader sees no watermark before the events that it speaks of.
 *
 * <p>The monitor's own events are no gateway's. They stay in a history of their own until the broker has them.
 */
public final class KafkaHistory implements History, AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Kafka kafka;
    private final Producers producers;
    private final History own;
    private @Nullable Producer<byte[], byte[]> producer;

    /** Makes a producer for the next records. */
    @FunctionalInterface
    interface Producers {

        /**
         * A producer.
         *
         * @throws HistoryException if there can't be one now
         */
        Producer<byte[], byte[]> open() throws HistoryException;
    }

    KafkaHistory(Kafka kafka, Producers producers, History own) {
        this.kafka = kafka;
        this.producers = producers;
        this.own = own;
    }

    /**
     * A history that is Kafka; nothing is opened before the first call.
     *
     * @param id the monitor's id
     * @param own keeps the monitor's own events
     */
    public static KafkaHistory of(Kafka kafka, String id, History own) {
        return new KafkaHistory(kafka, new KafkaClients(kafka, id)::producer, own);
    }

    @Override
    public Outcome write(Batch batch, Reports reports) throws HistoryException {
        List<Arrived> events = new ArrayList<>();
        List<Arrived> others = new ArrayList<>();
        for (Arrived each : batch.arrived()) {
            (each.item() instanceof RecordedEvent ? events : others).add(each);
        }
        send(events);
        send(others);
        Outcome sent = new Outcome(batch.events(), 0, List.of(), List.of());
        List<OwnEvent> reported = reports.of(sent);
        if (!reported.isEmpty() || !batch.own().isEmpty() || !batch.published().isEmpty()) {
            Batch rest = new Batch(List.of(), List.of(), List.of(), batch.own(), batch.published());
            own.write(rest, nothing -> reported);
        }
        return sent;
    }

    private void send(List<Arrived> all) throws HistoryException {
        Map<Arrived, Throwable> failed = trySend(all);
        List<Arrived> tooLarge = new ArrayList<>();
        for (Map.Entry<Arrived, Throwable> each : failed.entrySet()) {
            boolean isRejected = each.getKey().item() instanceof RejectedMessage;
            if (isRejected || !(each.getValue() instanceof RecordTooLargeException)) {
                throw failure(each.getValue());
            }
            String reason = "Kafka refuses it: " + each.getValue().getMessage();
            tooLarge.add(new Arrived(
                    each.getKey().message(), RejectedMessage.of(each.getKey().message(), reason)));
        }
        for (Throwable each : trySend(tooLarge).values()) {
            throw failure(each);
        }
    }

    /** Sends all, and returns those that failed, in order. */
    private Map<Arrived, Throwable> trySend(List<Arrived> all) throws HistoryException {
        Map<Arrived, Throwable> failed = new LinkedHashMap<>();
        if (all.isEmpty()) {
            return failed;
        }
        try {
            Producer<byte[], byte[]> open = open();
            List<Future<?>> sent = new ArrayList<>();
            for (Arrived each : all) {
                sent.add(open.send(made(each)));
            }
            open.flush();
            for (int i = 0; i < sent.size(); i++) {
                try {
                    sent.get(i).get();
                } catch (ExecutionException e) {
                    failed.put(all.get(i), e.getCause() == null ? e : e.getCause());
                }
            }
            return failed;
        } catch (KafkaException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        }
    }

    private ProducerRecord<byte[], byte[]> made(Arrived arrived) {
        return arrived.item() instanceof RejectedMessage rejected
                ? KafkaMessages.rejected(kafka.rejectedTopic(), rejected, arrived.message())
                : KafkaMessages.accepted(kafka.topic(), arrived);
    }

    private Producer<byte[], byte[]> open() throws HistoryException {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = producers.open();
            producer = open;
        }
        return open;
    }

    /** After any failure the next call begins with a new producer: nobody knows what this one still has to send. */
    private HistoryException failure(Throwable cause) {
        close(Duration.ZERO);
        return KafkaTrouble.of(kafka, "sending events", cause);
    }

    private void close(Duration limit) {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(limit);
        }
    }

    /** False: what is in Kafka is for the reader to say. */
    @Override
    public boolean knowsNumbers() {
        return false;
    }

    @Override
    public Map<String, Coverage> coverage() {
        return Map.of();
    }

    @Override
    public List<NumberedEvent> unpublished(int limit) throws HistoryException {
        return own.unpublished(limit);
    }

    @Override
    public Pruned prune(long nowMillis) throws HistoryException {
        return own.prune(nowMillis);
    }

    /** Closes the producer; the history of own events is its owner's. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }
}
