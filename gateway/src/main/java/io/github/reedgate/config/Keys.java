package io.github.reedgate.config;

import io.github.reedgate.contact.Sensor.AlarmPolicy;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.contact.TamperLoop.Kind;
import io.github.reedgate.line.Pull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every key that a configuration file may have; the only table of them. */
final class Keys {

    private static final IdType ID = new IdType();
    private static final PathType PATH = new PathType();
    private static final DurationType DEBOUNCE =
            DurationType.of("1ms", "350ms", "EN 50131-1 asks that a change of 400 ms be seen");
    private static final WordType<Boolean> YES_NO = WordType.trueOrFalse("true", "false")
            .guessing(Map.of("yes", "true", "on", "true", "1", "true", "no", "false", "off", "false", "0", "false"));
    private static final Map<String, String> PULL_WORDS =
            Map.of("pull_up", "up", "pullup", "up", "pull_down", "down", "pulldown", "down", "off", "none");

    static final Key<String> GATEWAY_ID =
            Key.required("gateway.id", ID, "The gateway's id: the topic level after the prefix.");
    static final Key<String> GATEWAY_NAME =
            Key.optional("gateway.name", new TextType(64), "the id", "The gateway's name for people.");
    static final Key<String> TOPIC_PREFIX = Key.withDefault(
            "topic_prefix", new TopicPrefixType(), "reedgate", "What every topic of the gateway starts with.");
    static final Key<String> MONITOR_PREFIX = Key.withDefault(
            "monitor_prefix",
            new TopicPrefixType(),
            "reedgate-monitor",
            "What the topics of monitors start with; the log is sent there, if asked for.");
    static final Key<Path> STATE_DIR = Key.withDefault(
            "state_dir", PATH, "/var/lib/reedgate", "Folder for what survives a restart; 93 bytes of path at most.");

    static final Key<URI> URL = Key.required("broker.url", new BrokerUrlType(), "Where the MQTT broker is.");
    static final Key<String> CLIENT_ID = Key.optional(
            "broker.client_id",
            new TextType(128),
            "reedgate- and the gateway's id",
            "The MQTT client id; no other client may use it.");
    static final Key<String> USER = Key.optional(
            "broker.user",
            new TextType(256),
            "REEDGATE_BROKER_USER, else no user",
            "The user name, if the broker wants one.");
    static final Key<Path> PASSWORD_FILE = Key.optional(
            "broker.password_file",
            PATH,
            "REEDGATE_BROKER_PASSWORD, else the systemd credential mqtt.password, else no password",
            "File whose first line is the password; read for each attempt.");
    static final Key<Path> CA_FILE = Key.optional(
            "broker.ca_file",
            PATH,
            "the system's authorities",
            "PEM file with the certificate authorities to trust instead of the system's.");
    static final Key<Path> CERTIFICATE_FILE = Key.optional(
            "broker.certificate_file",
            PATH,
            "no certificate",
            "PEM file with the client's certificate chain; needs key_file.");
    static final Key<Path> KEY_FILE = Key.optional(
            "broker.key_file",
            PATH,
            "no key",
            "PEM file with the client's private key in PKCS#8; needs certificate_file.");
    static final Key<Boolean> INSECURE = Key.withDefault(
            "broker.insecure", YES_NO, "false", "Allows clear text (mqtt, ws) to a host other than this machine.");
    static final Key<Duration> KEEP_ALIVE = Key.withDefault(
            "broker.keep_alive",
            DurationType.of("5s", "20m"),
            "15s",
            "MQTT keep-alive; a dead connection is noticed within twice this.");
    static final Key<Duration> CONNECT_TIMEOUT = Key.withDefault(
            "broker.connect_timeout",
            DurationType.of("1s", "60s"),
            "10s",
            "How long TCP, TLS and the broker's answer may each take.");
    static final Key<Duration> RETRY_FIRST = Key.withDefault(
            "broker.retry.first",
            DurationType.of("100ms", "10s"),
            "500ms",
            "Wait before the first new attempt to connect; doubles with each failure.");
    static final Key<Duration> RETRY_MAX = Key.withDefault(
            "broker.retry.max",
            DurationType.of("1s", "5m"),
            "15s",
            "Longest wait between attempts; not shorter than first.");
    static final Key<Duration> RETRY_REFUSED = Key.withDefault(
            "broker.retry.refused",
            DurationType.of("5s", "1h"),
            "60s",
            "Wait after a refusal that somebody has to mend, such as a wrong password.");

    static final Key<Config.Provider> PROVIDER = Key.withDefault(
            "gpio.provider",
            WordType.of(Config.Provider.values()),
            "gpiod",
            "Where lines are read: the Pi's GPIO or the software simulator.");
    static final Key<Duration> RECONCILE = Key.withDefault(
            "gpio.reconcile",
            DurationType.of("10ms", "10s"),
            "100ms",
            "How often all levels are read, in case an edge was missed.");
    static final Key<Integer> QUEUE = Key.withDefault(
            "gpio.queue", NumberType.of(64, 65_536), "4096", "How many edges may wait to be looked at.");

    static final Key<Integer> MAX_EVENTS = Key.withDefault(
            "store.max_events",
            NumberType.of(500, 1_000_000),
            "100000",
            "How many events the log keeps, and how many messages wait for the broker, at most.");
    static final Key<Duration> MAX_AGE = Key.withDefault(
            "store.max_age", new AgeType(30, 3_650), "400d", "How long an event stays in the log at most.");
    static final Key<Long> MAX_BYTES = Key.withDefault(
            "store.max_bytes", SizeType.of("16MiB", "4GiB"), "256MiB", "How much of the disk the store takes at most.");

    static final Key<Integer> EDGES_PER_MINUTE = Key.withDefault(
            "limits.edges_per_minute",
            NumberType.of(60, 100_000),
            "600",
            "Edges a minute above which a sensor counts as chattering.");
    static final Key<Integer> CHANGES_PER_MINUTE = Key.withDefault(
            "limits.changes_per_minute",
            NumberType.of(4, 600),
            "30",
            "Settled changes a minute above which a sensor counts as chattering.");
    static final Key<Duration> CHATTER_REPORT = Key.withDefault(
            "limits.chatter_report",
            DurationType.of("1s", "10m"),
            "10s",
            "How often a chattering sensor's state is told at most.");

    static final Key<Duration> DIAGNOSTICS_INTERVAL = Key.withDefault(
            "diagnostics.interval",
            DurationType.of("10s", "1h"),
            "60s",
            "How often the heartbeat is published on the diagnostics topic.");

    static final Key<URI> PING_URL = Key.optional(
            "ping.url",
            ValueTypes.webAddress(),
            "nothing",
            "A URL that the gateway calls each minute while it is well.");

    static final Key<String> SENSOR_NAME =
            Key.optional("sensors.<id>.name", new TextType(64), "made from the id", "The sensor's name for people.");
    static final Key<SensorType> TYPE =
            Key.withDefault("sensors.<id>.type", WordType.of(SensorType.values()), "door", "What it watches over.");
    static final Key<Integer> LINE = Key.required(
            "sensors.<id>.line",
            new NumberType(0, 53, "the BCM number, not the header pin"),
            "The GPIO line it is wired to; no two sensors share one.");
    static final Key<Boolean> CONTACT = Key.withDefault(
            "sensors.<id>.contact",
            WordType.trueOrFalse("normally_open", "normally_closed")
                    .explaining("a reed that conducts while the door is closed is normally_open here (form A), though"
                            + " the alarm trade calls it NC"),
            "normally_open",
            "Whether the switch without its magnet is an open or a closed circuit.");
    static final Key<Pull> PULL = Key.withDefault(
            "sensors.<id>.pull",
            WordType.of(Pull.values()).guessing(PULL_WORDS),
            "up",
            "The resistor inside the Pi; none needs external_pull.");
    static final Key<Pull> EXTERNAL_PULL = Key.optional(
            "sensors.<id>.external_pull",
            WordType.of(Pull.UP, Pull.DOWN).guessing(PULL_WORDS),
            "no resistor",
            "Where the resistor outside the Pi goes; only with pull: none.");
    static final Key<Duration> DEBOUNCE_OPEN = Key.withDefault(
            "sensors.<id>.debounce.open", DEBOUNCE, "30ms", "Quiet time after which an opening is true.");
    static final Key<Duration> DEBOUNCE_CLOSE = Key.withDefault(
            "sensors.<id>.debounce.close", DEBOUNCE, "100ms", "Quiet time after which a closing is true.");
    static final Key<Duration> DEBOUNCE_MAX_WAIT = Key.withDefault(
            "sensors.<id>.debounce.max_wait",
            DEBOUNCE,
            "350ms",
            "When a contact that never rests is decided upon; not shorter than open and close.");
    static final Key<AlarmPolicy> ALARM = Key.withDefault(
            "sensors.<id>.alarm",
            WordType.of(AlarmPolicy.values()),
            "always",
            "When an opening raises an alarm by itself; never, if left out and there is an alarm section.");
    static final Key<Duration> LEFT_OPEN_AFTER = Key.optional(
            "sensors.<id>.left_open.after",
            DurationType.of("10s", "24h"),
            "never",
            "After what time it is told that the contact is left open.");
    static final Key<Duration> LEFT_OPEN_REPEAT = Key.optional(
            "sensors.<id>.left_open.repeat",
            DurationType.of("1m", "24h"),
            "told once",
            "After what time it is told again, for as long as it is open.");
    static final Key<Boolean> LEFT_OPEN_ALARM = Key.withDefault(
            "sensors.<id>.left_open.alarm", YES_NO, "true", "Whether a phone at the alarm topic is told, too.");

    static final Key<Integer> LOOP_LINE = Key.optional(
            "sensors.<id>.loop.line",
            new NumberType(0, 53, "the BCM number, not the header pin"),
            "no second line",
            "The GPIO line of a second circuit that guards the cable; no two share one.");
    static final Key<Kind> LOOP_KIND = Key.withDefault(
            "sensors.<id>.loop.kind", WordType.of(Kind.values()), "pair", "What that circuit is: see below.");

    /** All of them in the order of the documentation. */
    static final List<Key<?>> ALL = all(List.of(
            GATEWAY_ID,
            GATEWAY_NAME,
            TOPIC_PREFIX,
            MONITOR_PREFIX,
            STATE_DIR,
            URL,
            CLIENT_ID,
            USER,
            PASSWORD_FILE,
            CA_FILE,
            CERTIFICATE_FILE,
            KEY_FILE,
            INSECURE,
            KEEP_ALIVE,
            CONNECT_TIMEOUT,
            RETRY_FIRST,
            RETRY_MAX,
            RETRY_REFUSED,
            PROVIDER,
            RECONCILE,
            QUEUE,
            MAX_EVENTS,
            MAX_AGE,
            MAX_BYTES,
            EDGES_PER_MINUTE,
            CHANGES_PER_MINUTE,
            CHATTER_REPORT,
            DIAGNOSTICS_INTERVAL,
            PING_URL,
            SENSOR_NAME,
            TYPE,
            LINE,
            CONTACT,
            PULL,
            EXTERNAL_PULL,
            DEBOUNCE_OPEN,
            DEBOUNCE_CLOSE,
            DEBOUNCE_MAX_WAIT,
            ALARM,
            LEFT_OPEN_AFTER,
            LEFT_OPEN_REPEAT,
            LEFT_OPEN_ALARM,
            LOOP_LINE,
            LOOP_KIND));

    /** All of them, for the reading of the gateway's file. */
    static final KeyTable TABLE = new KeyTable(
            ALL,
            Map.of(
                    Section.SENSORS, "1 to 32 sensor ids",
                    Section.OUTPUTS, "1 to 16 output ids",
                    Section.NOTIFY, NotifyReader.IDS),
            "gateway.id, broker.url and one sensor",
            "reedgate.example.yaml");

    private Keys() {}

    private static List<Key<?>> all(List<Key<?>> others) {
        List<Key<?>> all = new ArrayList<>(others);
        all.addAll(TroubleKeys.ALL);
        all.addAll(all.indexOf(PROVIDER), ViewerKeys.ALL);
        all.addAll(PanelKeys.OF_SENSORS);
        all.addAll(all.indexOf(SENSOR_NAME), DiscoveryKeys.ALL);
        all.addAll(all.indexOf(SENSOR_NAME), PanelKeys.OF_SECTION);
        all.addAll(OutputKeys.ALL);
        all.addAll(all.indexOf(SENSOR_NAME), NotifyKeys.ALL);
        return List.copyOf(all);
    }
}
