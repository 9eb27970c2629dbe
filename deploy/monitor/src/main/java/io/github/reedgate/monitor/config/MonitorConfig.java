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
 * @param broker how to reach the broker
 * @param sessionExpiry how long the broker keeps messages while the monitor is away
 * @param store where the history is kept
 * @param watching how gateways are supervised, and who is told of an alarm
 */
public record MonitorConfig(
        String id,
        boolean healing,
        String topicPrefix,
        Path stateDir,
        BrokerSettings broker,
        Duration sessionExpiry,
        Store store,
        Watching watching) {

    /** What the monitor's own topics start with. */
    public static final String ROOT = "reedgate-monitor";

    /** The root of the monitor's own topics, without trailing slash. */
    public String root() {
        return ROOT + "/" + id;
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

    /** Which database keeps the history. */
    public enum Kind {
        /** A file in the state folder. */
        SQLITE,
        /** A server. */
        POSTGRESQL
    }

    /**
     * Where the history is kept, and how much of it.
     *
     * @param kind which database
     * @param server the PostgreSQL server; empty for SQLite
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
}
