package io.github.reedgate.monitor.kafka;

import io.github.reedgate.monitor.record.Delivery;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that the group gave to this member, and how far each is stored. Owned by the reading thread. An
 * acknowledgement of an earlier assignment changes nothing here.
 */
final class Assignment implements ConsumerRebalanceListener {

    private static final int MOST_WAITING = 5_000;
    private static final long MOST_BYTES = 8L << 20;
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(4);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(3);
    private static final long LOOK_NANOS = 10_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final java.util.function.Consumer<Predicate<String>> owns;
    private final Map<TopicPartition, Progress> partitions = new HashMap<>();

    /**
     * No partition yet.
     *
     * @param owns told which gateways' messages come from now on
     */
    Assignment(
            Consumer<byte[], byte[]> consumer, String topic, java.util.function.Consumer<Predicate<String>> owns) {
        this.consumer = consumer;
        this.topic = topic;
        this.owns = owns;
    }

    /** The delivery of a record, whose acknowledgement moves the partition's offset. */
    Delivery hand(ConsumerRecord<byte[], byte[]> found) {
        TopicPartition partition = new TopicPartition(found.topic(), found.partition());
        return partitions
                .computeIfAbsent(partition, none -> new Progress())
                .hand(KafkaMessages.message(found), found.offset());
    }

    /** True if so much waits for the history that no more shall be read. */
    boolean isFull() {
        long waiting = 0;
        long bytes = 0;
        for (Progress each : partitions.values()) {
            waiting += each.waiting();
            bytes += each.waitingBytes();
        }
        return waiting >= MOST_WAITING || bytes >= MOST_BYTES;
    }

    /** Commits the offsets up to which everything is stored. What fails is committed by the next call, or read again. */
    void commit() {
        Map<TopicPartition, OffsetAndMetadata> due = new LinkedHashMap<>();
        partitions.forEach((partition, progress) ->
                progress.due().ifPresent(offset -> due.put(partition, new OffsetAndMetadata(offset))));
        if (due.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(due, COMMIT_LIMIT);
            due.forEach((partition, offset) -> {
                Progress progress = partitions.get(partition);
                if (progress != null) {
                    progress.committed(offset.offset());
                }
            });
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
            LOG.debug("offsets not committed: {}", e.toString());
        }
    }

    /** Waits some seconds until what was read is stored, and commits. */
    void settle() {
        long end = System.nanoTime() + SETTLE_LIMIT.toNanos();
        while (isWaiting() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        commit();
    }

    private boolean isWaiting() {
        return partitions.values().stream().anyMatch(each -> each.waiting() > 0);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        settle();
        partitions.keySet().removeAll(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        partitions.keySet().removeAll(lost);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        assigned.forEach(partition -> partitions.put(partition, new Progress()));
        Set<Integer> own = new HashSet<>();
        partitions.keySet().forEach(partition -> own.add(partition.partition()));
        int all = consumer.partitionsFor(topic).size();
        LOG.info("reads {} of {} partitions of {}", own.size(), all, topic);
        owns.accept(Partitions.of(own, all));
    }
}
