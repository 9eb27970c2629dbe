package io.github.reedgate.monitor.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.monitor.config.MonitorConfig.Kafka;
import io.github.reedgate.monitor.kafka.KafkaHistoryTest.OwnHistory;
import io.github.reedgate.monitor.kafka.KafkaSourceTest.Ears;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.Samples;
import io.github.reedgate.testbroker.CertificateKit;
import io.github.reedgate.testbroker.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Kafka that wants TLS and a password. Run by the Maven profile {@code kafka}. */
class SecuredKafkaCheck {

    @TempDir
    private static @SuppressWarnings("NullAway.Init") Path folder;

    private static @SuppressWarnings("NullAway.Init") KafkaServer server;
    private static @SuppressWarnings("NullAway.Init") CertificateKit authority;
    private static @SuppressWarnings("NullAway.Init") Path password;

    @BeforeAll
    static void start() throws Exception {
        authority = new CertificateKit(folder, "authority");
        Identity identity = authority.server("127.0.0.1");
        Path both = Files.writeString(
                folder.resolve("server.pem"),
                Files.readString(identity.keyFile()) + Files.readString(identity.certificateFile()));
        password = Files.writeString(folder.resolve("password"), "open-sesame\n");
        Path files = Files.createDirectory(folder.resolve("kafka"));
        server = KafkaServer.start(
                files,
                Map.of(
                        "protocol",
                        "SASL_SSL",
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.location",
                        both.toString(),
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        authority.authorityFile().toString(),
                        "sasl.enabled.mechanisms",
                        "SCRAM-SHA-512",
                        "sasl.mechanism.inter.broker.protocol",
                        "SCRAM-SHA-512",
                        "listener.name.client.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"edge\" password=\"open-sesame\";"),
                List.of("--add-scram", "SCRAM-SHA-512=[name=edge,password=open-sesame]"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    private static Kafka kafka(Path passwordFile, Path caFile) {
        return new Kafka(
                List.of(server.address()),
                "events",
                "group",
                Optional.of("edge"),
                Optional.of(passwordFile),
                Optional.of(caFile),
                true);
    }

    private static void send(Kafka kafka, RawMessage message) throws HistoryException {
        try (KafkaHistory history = KafkaHistory.of(kafka, "edge", new OwnHistory())) {
            history.write(KafkaHistoryTest.batch(message), done -> List.of());
        }
    }

    @Test
    void eventPassesWithTlsAndPassword() throws Exception {
        Kafka kafka = kafka(password, authority.authorityFile());
        server.topic("events", 2, new KafkaClients(kafka, "edge").producing());
        send(kafka, Samples.event("home", 1, "a-1"));
        Ears ears = new Ears();
        KafkaSource source = KafkaSource.of(kafka, "lake", ears, new KafkaSource.Room(() -> true, owned -> {}));
        source.start();
        try {
            KafkaSourceTest.await("it arrives", () -> !ears.received.isEmpty() && ears.isUp);
        } finally {
            source.close();
        }
        assertThat(ears.received.get(0).message().payload())
                .isEqualTo(Samples.event("home", 1, "a-1").payload());
    }

    @Test
    void wrongPasswordAndForeignServerAreNamedWithTheirKeys() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong"), "abracadabra\n");
        RawMessage event = Samples.event("home", 1, "a-1");

        assertThatThrownBy(() -> send(kafka(wrong, authority.authorityFile()), event))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("see kafka.user and kafka.password_file");
        assertThatThrownBy(() -> send(kafka(password, new CertificateKit(folder, "foreign").authorityFile()), event))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("see kafka.ca_file");
        assertThatThrownBy(() -> send(kafka(folder.resolve("none"), authority.authorityFile()), event))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("kafka.password_file")
                .hasMessageContaining("does not exist");

        Ears ears = new Ears();
        KafkaSource source = KafkaSource.of(
                kafka(wrong, authority.authorityFile()), "lake", ears, new KafkaSource.Room(() -> true, owned -> {}));
        source.start();
        try {
            KafkaSourceTest.await("it is told", () -> ears.trouble.contains("see kafka.user and kafka.password_file"));
        } finally {
            source.close();
        }
    }
}
