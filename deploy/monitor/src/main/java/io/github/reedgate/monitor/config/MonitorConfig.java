package io.github.reedgate.monitor.config;

import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.monitor.supervision.SupervisionSettings;
import io.github.reedgate.notify.NotifyTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The whole configuration of the monitor, read once at its start. Immutable; holds no secret, only where it is found.
 *
 * @param id the monitor's id: {@code [a-z0-9_-]{1,32}}
 * @param healing whether gateways are asked for missing events
 * @param topicPrefix what the topics of the gateways start with, without trailing slash
 * @param stateDir folder for the history (SQLite) and the control socket
 * @param broker how to reach the broker; empty if events come from Kafka
 * @param sessionExpiry how long the broker keeps messages while the monitor is away
 * @param store where the history is kept
 * @param watching how gateways are supervised, and who is told of an alarm
 * @param source where events come from
 * @param kafka where Kafka is; empty if it is neither source nor store
 */
public record MonitorConfig(
        String id,
        boolean healing,
        String topicPrefix,
        Path stateDir,
        Optional<BrokerSettings> broker,
        Duration sessionExpiry,
        Store store,
        Watching watching,
        Source source,
        Optional<Kafka> kafka) {

    /** What the monitor's own topics start with. */
    public static final String ROOT = "reedgate-monitor";

    /** The root of the monitor's own topics, without trailing slash. */
    public String root() {
        return ROOT + "/" + id;
    }

    /** True if this monitor asks gateways for missing events: it knows which are missing, and has a way to ask. */
    public boolean asksGateways() {
        return healing && source == Source.BROKER && store.kind() != Kind.KAFKA;
    }

    /**
     * How gateways are supervised.
     *
     * @param settings thresholds and bounds
     * @param ping the URL that is called each minute while the monitor is well
     * @param targets who is notified of alarms, beside the broker; may be empty
     */
    public record Watching(SupervisionSettings settings, Optional<URI> ping, List<NotifyTarget> targets) {

        /** Copies the list. */
        public Watching {
            targets = List.copyOf(targets);
        }
    }

    /** Where events come from. */
    public enum Source {
        /** The MQTT broker. */
        BROKER,
        /** A topic of Kafka, to which another monitor forwards what gateways publish. */
        KAFKA
    }

    /** Where the history is kept. */
    public enum Kind {
        /** A file in the state folder. */
        SQLITE,
        /** A server. */
        POSTGRESQL,
        /** A topic of Kafka, from which another monitor reads. */
        KAFKA
    }

    /**
     * Where the history is kept, and how much of it.
     *
     * @param kind where the history is kept
     * @param server the PostgreSQL server; empty for SQLite and Kafka
     * @param maxAge how long an event is kept after it arrived
     * @param maxBytes how much of the disk the events take at most
     */
    public record Store(Kind kind, Optional<Server> server, Duration maxAge, long maxBytes) {}

    /**
     * A PostgreSQL server.
     *
     * @param host its host
     * @param port its port
     * @param database the database
     * @param user who to be there
     * @param passwordFile a file whose first line is the password
     * @param caFile PEM file of the certificate authorities to trust instead of the system's
     * @param isTlsRequired whether the connection has to be encrypted and the certificate right
     */
    public record Server(
            String host,
            int port,
            String database,
            String user,
            Optional<Path> passwordFile,
            Optional<Path> caFile,
            boolean isTlsRequired) {}

    /**
     * Where Kafka is, and what of it is used.
     *
     * @param servers its servers or some of them, each {@code HOST:PORT}
     * @param topic the topic for what gateways publish
     * @param group the consumer group
     * @param user who to be there, by SCRAM-SHA-512
     * @param passwordFile a file whose first line is the password
     * @param caFile PEM file of the certificate authorities to trust instead of the system's
     * @param isTlsRequired whether the connection has to be encrypted and the certificate right
     */
    public record Kafka(
            List<String> servers,
            String topic,
            String group,
            Optional<String> user,
            Optional<Path> passwordFile,
            Optional<Path> caFile,
            boolean isTlsRequired) {

        /** Copies the list. */
        public Kafka {
            servers = List.copyOf(servers);
        }

        /** The topic for messages that can't be read. */
        public String rejectedTopic() {
            return topic + ".rejected";
        }

        /** The servers for messages and for the client: with commas. */
        public String bootstrap() {
            return String.join(",", servers);
        }
    }
}
