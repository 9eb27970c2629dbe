package io.github.reedgate.monitor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.monitor.config.MonitorConfig.Kafka;
import io.github.reedgate.monitor.link.SessionEvents;
import io.github.reedgate.monitor.record.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading from Kafka, with the library's own consumer for tests. */
class KafkaSourceTest {

    private static final Kafka KAFKA = new Kafka(
            List.of("k:9092"), "events", "group", Optional.empty(), Optional.empty(), Optional.empty(), false);
    private static final TopicPartition FIRST = new TopicPartition("events", 0);
    private static final TopicPartition SECOND = new TopicPartition("events", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Ears ears = new Ears();
    private final List<Predicate<String>> owned = new CopyOnWriteArrayList<>();
    private volatile boolean hasRoom = true;
    private final KafkaSource source =
            new KafkaSource(KAFKA, () -> consumer, ears, new KafkaSource.Room(() -> hasRoom, owned::add));

    /** Keeps what happens. */
    static final class Ears implements SessionEvents {

        final List<Delivery> received = new CopyOnWriteArrayList<>();
        volatile boolean isUp;
        volatile String trouble = "";

        @Override
        public void up(boolean sessionPresent) {
            isUp = true;
        }

        @Override
        public void received(Delivery delivery) {
            received.add(delivery);
        }

        @Override
        public void published(long seq) {
            throw new AssertionError("nothing is published");
        }

        @Override
        public void down(boolean wasUp, LinkTrouble why, String message) {
            isUp = false;
            trouble = message;
        }
    }

    @BeforeEach
    void start() {
        PartitionInfo one = new PartitionInfo("events", 0, null, null, null);
        PartitionInfo two = new PartitionInfo("events", 1, null, null, null);
        consumer.updatePartitions("events", List.of(one, two));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(FIRST)));
        source.start();
    }

    @AfterEach
    void stop() throws Exception {
        source.close();
        assertThat(consumer.closed()).isTrue();
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private void arrive(TopicPartition partition, int from, int to) {
        consumer.schedulePollTask(() -> {
            for (int i = from; i < to; i++) {
                Headers headers = new RecordHeaders();
                headers.add("mqtt_topic", "reedgate/home/event".getBytes(StandardCharsets.UTF_8));
                headers.add("received_ms", Integer.toString(1_000 + i).getBytes(StandardCharsets.UTF_8));
                consumer.addRecord(new ConsumerRecord<>(
                        "events", partition.partition(), i, 7L, TimestampType.CREATE_TIME, 4, 1,
                        "home".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) i}, headers, Optional.empty()));
            }
        });
    }

    private long committed(TopicPartition partition) {
        OffsetAndMetadata found = consumer.committed(Set.of(partition)).get(partition);
        return found == null ? -1 : found.offset();
    }

    @Test
    void offsetIsCommittedOnlyAfterTheAcknowledgement() throws Exception {
        arrive(FIRST, 0, 3);
        await("they arrive", () -> ears.received.size() == 3);
        await("it is up", () -> ears.isUp);
        assertThat(ears.received.get(1).message().topic()).isEqualTo("reedgate/home/event");
        assertThat(ears.received.get(1).message().receivedMillis()).isEqualTo(1_001);
        assertThat(committed(FIRST)).isEqualTo(-1);

        ears.received.get(0).acknowledge();
        ears.received.get(1).acknowledge();

        await("two are committed", () -> committed(FIRST) == 2);
    }

    @Test
    void acknowledgementOfAnEarlierAssignmentCommitsNothing() throws Exception {
        arrive(FIRST, 0, 2);
        await("they arrive", () -> ears.received.size() == 2);
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(SECOND)));
        await("the other one is read", () -> owned.size() == 2);
        assertThat(committed(FIRST)).isEqualTo(-1);

        ears.received.get(1).acknowledge();
        arrive(SECOND, 0, 1);
        await("it arrives", () -> ears.received.size() == 3);
        ears.received.get(2).acknowledge();

        await("it is committed", () -> committed(SECOND) == 1);
        assertThat(committed(FIRST)).isEqualTo(-1);
    }

    @Test
    void readingPausesWhileThereIsNoRoom() throws Exception {
        hasRoom = false;
        await("it pauses", () -> consumer.paused().contains(FIRST));
        hasRoom = true;
        await("it goes on", () -> consumer.paused().isEmpty());
    }

    @Test
    void readingPausesWhileTooManyRecordsWait() throws Exception {
        arrive(FIRST, 0, 5_000);
        await("they arrive", () -> ears.received.size() == 5_000);
        await("it pauses", () -> consumer.paused().contains(FIRST));
        ears.received.forEach(Delivery::acknowledge);
        await("it goes on", () -> consumer.paused().isEmpty());
    }

    @Test
    void memberOwnsTheGatewaysOfItsPartitions() throws Exception {
        await("it has a share", () -> owned.size() == 1);
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(FIRST, SECOND)));
        await("it has all", () -> owned.size() == 2);

        for (int i = 0; i < 20; i++) {
            String gateway = "house" + i;
            assertThat(owned.get(1).test(gateway)).isTrue();
            assertThat(owned.get(0).test(gateway))
                    .isNotEqualTo(Partitions.of(Set.of(1), 2).test(gateway));
        }
    }
}
