package io.github.reedgate.monitor.config;

import io.github.reedgate.config.Key;
import io.github.reedgate.config.ValueTypes;
import java.nio.file.Path;
import java.util.List;

/** The keys that say where Kafka is, for {@code store.type: kafka} and {@code source: kafka}. */
final class KafkaKeys {

    /** The section of the keys. */
    static final String SECTION = "kafka";

    static final Key<List<KafkaServers.Server>> BOOTSTRAP = Key.optional(
            "kafka.bootstrap",
            new KafkaServers(),
            "no server",
            "Kafka's servers, or some of them; needed with store.type: kafka and with source: kafka.");
    static final Key<String> TOPIC = Key.withDefault(
            "kafka.topic",
            new KafkaName(),
            "reedgate.events",
            "Kafka's topic for what gateways publish; what can't be read goes to the topic of this name and .rejected.");
    static final Key<String> GROUP = Key.withDefault(
            "kafka.group",
            new KafkaName(),
            "reedgate-monitor",
            "The consumer group; monitors of one group share the topic and need one database.");
    static final Key<String> USER =
            Key.optional("kafka.user", ValueTypes.text(63), "no user", "The user of Kafka, by SCRAM-SHA-512.");
    static final Key<Path> PASSWORD_FILE = Key.optional(
            "kafka.password_file", ValueTypes.path(), "no password", "File whose first line is that user's password.");
    static final Key<Path> CA_FILE = Key.optional(
            "kafka.ca_file",
            ValueTypes.path(),
            "the system's authorities",
            "PEM file with the certificate authorities to trust for Kafka.");
    static final Key<Boolean> INSECURE = Key.withDefault(
            "kafka.insecure", ValueTypes.trueOrFalse(), "false", "Allows Kafka on another machine without TLS.");

    /** All of them, in the order of the documentation. */
    static final List<Key<?>> ALL =
            List.of(BOOTSTRAP, TOPIC, GROUP, USER, PASSWORD_FILE, CA_FILE, INSECURE);

    private KafkaKeys() {}
}
