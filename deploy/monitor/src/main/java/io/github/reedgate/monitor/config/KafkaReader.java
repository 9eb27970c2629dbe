package io.github.reedgate.monitor.config;

import io.github.reedgate.config.Key;
import io.github.reedgate.config.Loopback;
import io.github.reedgate.config.Section;
import io.github.reedgate.monitor.config.MonitorConfig.Kafka;
import io.github.reedgate.monitor.config.MonitorConfig.Kind;
import io.github.reedgate.monitor.config.MonitorConfig.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code kafka}. Stateless. */
final class KafkaReader {

    private KafkaReader() {}

    /**
     * Where Kafka is; empty if neither the source nor the store is Kafka.
     *
     * @param kafka the section
     * @param source where events come from
     * @param kind where the history is kept
     * @param folder where relative paths start
     */
    static Optional<Kafka> read(Section kafka, Source source, Kind kind, Path folder) {
        if (source != Source.KAFKA && kind != Kind.KAFKA) {
            for (Key<?> key : KafkaKeys.ALL) {
                if (kafka.has(key)) {
                    kafka.report(
                            key, "is for store.type: kafka and source: kafka only; remove it, or set one of the two");
                }
            }
            return Optional.empty();
        }
        Optional<List<KafkaServers.Server>> servers = kafka.find(KafkaKeys.BOOTSTRAP);
        if (servers.isEmpty() && !kafka.isBroken(KafkaKeys.BOOTSTRAP)) {
            kafka.report(
                    KafkaKeys.BOOTSTRAP,
                    "is missing with " + (kind == Kind.KAFKA ? "store.type" : "source") + ": kafka; allowed: "
                            + KafkaKeys.BOOTSTRAP.type().allowed());
        }
        boolean isHere = servers.orElse(List.of()).stream().allMatch(server -> Loopback.isLoopback(server.host()));
        Optional<Path> password = kafka.find(KafkaKeys.PASSWORD_FILE).map(folder::resolve);
        Optional<String> user = kafka.find(KafkaKeys.USER);
        checkPair(kafka, KafkaKeys.USER, KafkaKeys.PASSWORD_FILE);
        checkPair(kafka, KafkaKeys.PASSWORD_FILE, KafkaKeys.USER);
        Optional<Path> ca = kafka.find(KafkaKeys.CA_FILE).map(folder::resolve);
        boolean insecure = kafka.get(KafkaKeys.INSECURE);
        return Optional.of(new Kafka(
                servers.orElse(List.of()).stream()
                        .map(KafkaServers.Server::toString)
                        .toList(),
                kafka.get(KafkaKeys.TOPIC),
                kafka.get(KafkaKeys.GROUP),
                user,
                password,
                ca,
                ca.isPresent() || (!isHere && !insecure)));
    }

    /** Reports each of some keys that is there, because a monitor that reads from Kafka has no use for it. */
    static void refuse(Section section, List<Key<?>> keys) {
        for (Key<?> key : keys) {
            if (section.has(key)) {
                section.report(
                        key,
                        "is not for source: kafka, which has no broker, supervises nobody and publishes nothing; remove it");
            }
        }
    }

    private static void checkPair(Section kafka, Key<?> one, Key<?> other) {
        if (kafka.has(one) && !kafka.has(other)) {
            kafka.report(one, "needs " + other.path() + " as well; give both or neither");
        }
    }
}
