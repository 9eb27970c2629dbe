package io.github.reedgate.monitor.config;

import io.github.reedgate.config.BrokerReader;
import io.github.reedgate.config.Key;
import io.github.reedgate.config.KeyTable;
import io.github.reedgate.config.NotifyReader;
import io.github.reedgate.config.ValueTypes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every key that the monitor's configuration file may have. */
public final class MonitorKeys {

    static final Key<String> ID =
            Key.required("monitor.id", ValueTypes.id(), "The monitor's id: the topic level after reedgate-monitor.");
    static final Key<Boolean> HEALING = Key.withDefault(
            "monitor.healing", ValueTypes.trueOrFalse(), "true", "Whether gateways are asked for missing events.");
    static final Key<String> TOPIC_PREFIX = Key.withDefault(
            "topic_prefix", ValueTypes.topicPrefix(), "reedgate", "What the topics of the gateways start with.");
    static final Key<Path> STATE_DIR = Key.withDefault(
            "state_dir",
            ValueTypes.path(),
            "/var/lib/reedgate-monitor",
            "Folder for the history and the control socket; 93 bytes of path at most.");
    static final Key<Duration> SESSION_EXPIRY = Key.withDefault(
            "session_expiry",
            ValueTypes.age(1, 365),
            "30d",
            "How long the broker keeps messages while the monitor is away.");
    static final Key<MonitorConfig.Kind> KIND = Key.withDefault(
            "store.type",
            ValueTypes.words(MonitorConfig.Kind.values()),
            "sqlite",
            "Where the history is kept: a file in the state folder, or a server.");
    static final Key<URI> URL =
            Key.optional("store.url", new PostgresUrl(), "no server", "The database; only with type: postgresql.");
    static final Key<String> USER =
            Key.optional("store.user", ValueTypes.text(63), "reedgate_monitor", "The user of the database.");
    static final Key<Path> PASSWORD_FILE = Key.optional(
            "store.password_file", ValueTypes.path(), "no password", "File whose first line is the user's password.");
    static final Key<Path> CA_FILE = Key.optional(
            "store.ca_file",
            ValueTypes.path(),
            "the system's authorities",
            "PEM file with the certificate authorities to trust for the database.");
    static final Key<Boolean> INSECURE = Key.withDefault(
            "store.insecure", ValueTypes.trueOrFalse(), "false", "Allows a database on another machine without TLS.");
    static final Key<Duration> MAX_AGE = Key.withDefault(
            "store.max_age", ValueTypes.age(1, 36_500), "10y", "How long an event is kept after it arrived.");
    static final Key<Long> MAX_BYTES = Key.withDefault(
            "store.max_bytes",
            ValueTypes.size("16MiB", "4096GiB"),
            "16GiB",
            "How much of the disk the events take at most.");

    /** All of them, in the order of the documentation. */
    public static final KeyTable TABLE = new KeyTable(
            all(),
            Map.of(NotifyReader.SECTION, NotifyReader.IDS),
            "monitor.id and broker.url",
            "reedgate-monitor.example.yaml");

    private MonitorKeys() {}

    private static List<Key<?>> all() {
        List<Key<?>> all = new ArrayList<>(List.of(ID, HEALING, TOPIC_PREFIX, STATE_DIR));
        all.addAll(BrokerReader.KEYS);
        all.addAll(List.of(SESSION_EXPIRY, KIND, URL, USER, PASSWORD_FILE, CA_FILE, INSECURE, MAX_AGE, MAX_BYTES));
        all.addAll(SupervisionKeys.ALL);
        all.addAll(NotifyReader.KEYS_WITHOUT_BUTTONS);
        return all;
    }
}
