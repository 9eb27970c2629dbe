package io.github.reedgate.monitor.kafka;

import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.monitor.config.MonitorConfig.Kafka;
import io.github.reedgate.monitor.link.SessionEvents;
import io.github.reedgate.monitor.record.HistoryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads messages from Kafka as a member of a consumer group. Offsets are committed after the recorder has acknowledged the
 * messages before them, which it does after the transaction. Its thread {@code kafka-source} does not wait for the history: it
 * keeps the membership while messages wait.
 */
public final class KafkaSource {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final Duration COMMIT_EVERY = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PAUSE_OF_FENCED = Duration.ofSeconds(60);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private final Kafka kafka;
    private final Consumers consumers;
    private final SessionEvents events;
    private final Room room;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "kafka-source");
    // owned by the thread
    private boolean isUp;
    private long lookNanos;
    private long commitNanos;

    /** Makes a consumer. */
    @FunctionalInterface
    interface Consumers {

        /**
         * A consumer.
         *
         * @throws HistoryException if there can't be one now
         */
        Consumer<byte[], byte[]> open() throws HistoryException;
    }

    /**
     * What the recorder has to say, and to be told, beside messages.
     *
     * @param hasRoom false while no more messages can be taken
     * @param owns told which gateways' messages come from now on
     */
    public record Room(BooleanSupplier hasRoom, java.util.function.Consumer<Predicate<String>> owns) {}

    KafkaSource(Kafka kafka, Consumers consumers, SessionEvents events, Room room) {
        this.kafka = kafka;
        this.consumers = consumers;
        this.events = events;
        this.room = room;
        thread.setDaemon(true);
    }

    /**
     * A source that does not read yet.
     *
     * @param id the monitor's id: the member's name in the group
     * @param events told what happens
     */
    public static KafkaSource of(Kafka kafka, String id, SessionEvents events, Room room) {
        return new KafkaSource(kafka, new KafkaClients(kafka, id)::consumer, events, room);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void run() {
        while (!isStopping()) {
            Duration pause = PAUSE;
            try {
                readOnce();
            } catch (HistoryException e) {
                down(e);
            } catch (KafkaException e) {
                down(KafkaTrouble.of(kafka, "reading events", e));
                pause = e instanceof FencedInstanceIdException ? PAUSE_OF_FENCED : PAUSE;
            } catch (LinkageError e) {
                down(new HistoryException(
                        "records at Kafka " + kafka.bootstrap() + " are compressed in a way that this program can't read ("
                                + e + "); set compression.type of the topic to producer or gzip",
                        e));
            } catch (RuntimeException e) {
                LOG.error("reading from Kafka failed; it begins anew", e);
            }
            await(pause);
        }
    }

    private void await(Duration pause) {
        try {
            if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One consumer, from its beginning to its end. */
    private void readOnce() throws HistoryException {
        Consumer<byte[], byte[]> consumer = consumers.open();
        try {
            Assignment assignment = new Assignment(consumer, kafka.topic(), room.owns());
            lookNanos = System.nanoTime();
            consumer.subscribe(List.of(kafka.topic()), assignment);
            while (!isStopping()) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    events.received(assignment.hand(each));
                }
                throttle(consumer, assignment);
                long now = System.nanoTime();
                if (now - commitNanos >= COMMIT_EVERY.toNanos()) {
                    assignment.commit();
                    commitNanos = now;
                }
                if (now - lookNanos >= 0) {
                    look(consumer);
                    lookNanos = System.nanoTime() + LOOK_EVERY.toNanos();
                }
            }
            assignment.settle();
        } finally {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_LIMIT));
        }
    }

    /** Takes no more records while too many wait; polling goes on, or the group would give the partitions to others. */
    private void throttle(Consumer<byte[], byte[]> consumer, Assignment assignment) {
        Set<TopicPartition> paused = consumer.paused();
        if (assignment.isFull() || !room.hasRoom().getAsBoolean()) {
            consumer.pause(consumer.assignment());
        } else if (!paused.isEmpty()) {
            consumer.resume(paused);
        }
    }

    /** Asks something that only a server can answer: the client does not tell that it has lost all of them. */
    private void look(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> own = consumer.assignment();
        Set<TopicPartition> asked = own.isEmpty() ? Set.of(new TopicPartition(kafka.topic(), 0)) : own;
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(asked, ANSWER_LIMIT);
            LOG.debug("ends at {}", ends);
            if (!isUp) {
                isUp = true;
                events.up(true);
            }
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            down(KafkaTrouble.of(kafka, "reading events", e));
        }
    }

    private void down(HistoryException why) {
        boolean wasUp = isUp;
        isUp = false;
        events.down(wasUp, LinkTrouble.NETWORK, String.valueOf(why.getMessage()));
    }

    /**
     * Stops reading, waits some seconds for what was read to be stored, commits, and ends.
     *
     * @throws InterruptedException if the caller is interrupted meanwhile
     */
    public void close() throws InterruptedException {
        stop.countDown();
        thread.join(STOP_LIMIT.toMillis());
    }
}
