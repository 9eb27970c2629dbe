package io.github.reedgate.monitor.kafka;

import io.github.reedgate.monitor.config.MonitorConfig.Kafka;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.secrets.SecretException;
import io.github.reedgate.secrets.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes clients of Kafka, reading the password anew each time. Immutable. */
final class KafkaClients {

    private static final int LONGEST_PASSWORD = 4096;
    private static final int MEBIBYTE = 1 << 20;

    private final Kafka kafka;
    private final String id;

    /**
     * Clients of one monitor.
     *
     * @param id the monitor's id: Kafka knows the clients by it
     */
    KafkaClients(Kafka kafka, String id) {
        this.kafka = kafka;
        this.id = id;
    }

    /**
     * A producer that has sent nothing. A send fails after 20 s, or after 10 s if no server answers.
     *
     * @throws HistoryException if the password can't be read, or the settings are of no use
     */
    Producer<byte[], byte[]> producer() throws HistoryException {
        try {
            return new KafkaProducer<>(producing(), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw KafkaTrouble.of(kafka, "beginning to send", e);
        }
    }

    /**
     * A consumer that has subscribed to nothing. It is a member of the group under the monitor's id, so that it has its
     * partitions again at once after a kill.
     *
     * @throws HistoryException if the password can't be read, or the settings are of no use
     */
    Consumer<byte[], byte[]> consumer() throws HistoryException {
        try {
            return new KafkaConsumer<>(consuming(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw KafkaTrouble.of(kafka, "beginning to read", e);
        }
    }

    Map<String, Object> producing() throws HistoryException {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, MEBIBYTE / 16);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L * MEBIBYTE);
        return settings;
    }

    Map<String, Object> consuming() throws HistoryException {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.group());
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * MEBIBYTE);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MEBIBYTE);
        return settings;
    }

    private Map<String, Object> common() throws HistoryException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "reedgate-monitor-" + id);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        boolean hasUser = kafka.user().isPresent();
        String transport = kafka.isTlsRequired() ? "SSL" : "PLAINTEXT";
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, hasUser ? "SASL_" + transport : transport);
        kafka.caFile().ifPresent(file -> {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file.toString());
        });
        if (hasUser) {
            settings.put(SaslConfigs.SASL_MECHANISM, "SCRAM-SHA-512");
            settings.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    "org.apache.kafka.common.security.scram.ScramLoginModule required username="
                            + quoted(kafka.user().get()) + " password=" + quoted(password()) + ";");
        }
        return settings;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String password() throws HistoryException {
        Path file = kafka.passwordFile().orElseThrow();
        try {
            byte[] content = SecretFile.read("kafka.password_file", file, LONGEST_PASSWORD);
            return new String(content, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (SecretException e) {
            throw new HistoryException(String.valueOf(e.getMessage()), e);
        }
    }
}
