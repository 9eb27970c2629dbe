package io.github.reedgate.config;

import io.github.reedgate.notice.NoticeGroup;
import io.github.reedgate.notify.NotifyTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of notification targets: a part of the table of {@link Keys}. */
final class NotifyKeys {

    private static final PathType PATH = new PathType();

    static final Key<NotifyTarget.Kind> TYPE = Key.required(
            "notify.<id>.type", WordType.of(NotifyTarget.Kind.values()), "What it is: an ntfy server, or any other.");
    static final Key<URI> URL = Key.required(
            "notify.<id>.url", new TargetUrlType(), "The ntfy server without its topic, or the webhook's address.");
    static final Key<String> TOPIC = Key.optional(
            "notify.<id>.topic",
            new TopicNameType(),
            "topic_file",
            "The topic at the ntfy server; who knows it reads it.");
    static final Key<Path> TOPIC_FILE = Key.optional(
            "notify.<id>.topic_file",
            PATH,
            "the systemd credential notify.<id>.topic",
            "File whose first line is the topic, to keep it out of this one.");
    static final Key<Path> TOKEN_FILE = Key.optional(
            "notify.<id>.token_file",
            PATH,
            "the systemd credential notify.<id>.token, else none",
            "File whose first line is the access token; read for each attempt.");
    static final Key<Path> CA_FILE = Key.optional(
            "notify.<id>.ca_file",
            PATH,
            "the system's authorities",
            "PEM file with the certificate authorities to trust instead of the system's.");
    static final Key<Boolean> INSECURE = Key.withDefault(
            "notify.<id>.insecure",
            WordType.trueOrFalse("true", "false").guessing(Map.of("yes", "true", "no", "false")),
            "false",
            "Allows clear text (http) to a host other than this machine.");
    static final Key<Set<NoticeGroup>> EVENTS =
            Key.withDefault("notify.<id>.events", new GroupsType(), "alarms, faults", "What it is told.");
    static final Key<Duration> REPEAT = Key.withDefault(
            "notify.<id>.repeat",
            DurationType.of("0s", "24h"),
            "2m",
            "How often an alarm is told until it is acknowledged, 30s at least; 0s for once.");
    static final Key<Duration> AFTER = Key.withDefault(
            "notify.<id>.after",
            DurationType.of("0s", "24h"),
            "0s",
            "How long nobody must have acknowledged an alarm before it is told.");
    static final Key<Duration> LATE = Key.withDefault(
            "notify.<id>.late",
            DurationType.of("10s", "24h"),
            "5m",
            "From what delay on a notification says when it happened.");
    static final Key<Duration> TIMEOUT = Key.withDefault(
            "notify.<id>.timeout", DurationType.of("1s", "60s"), "15s", "How long one attempt may take.");
    static final Key<URI> OPEN = Key.optional(
            "notify.<id>.open", new TargetUrlType(), "nothing", "What a tap on an ntfy notification opens.");
    static final Key<String> REPLY_TOPIC = Key.optional(
            "notify.<id>.reply_topic",
            new TopicNameType(),
            "no button",
            "The topic at the same ntfy server to which a button of the notification writes to acknowledge.");
    static final Key<Boolean> DISARM_BUTTON = Key.withDefault(
            "notify.<id>.disarm_button",
            WordType.trueOrFalse("true", "false").guessing(Map.of("yes", "true", "no", "false")),
            "false",
            "Whether there is a button, too, that disarms without a code; needs reply_topic.");

    /** All of them in the order of the documentation. */
    static final List<Key<?>> ALL = List.of(
            TYPE,
            URL,
            TOPIC,
            TOPIC_FILE,
            TOKEN_FILE,
            CA_FILE,
            INSECURE,
            EVENTS,
            REPEAT,
            AFTER,
            LATE,
            TIMEOUT,
            OPEN,
            REPLY_TOPIC,
            DISARM_BUTTON);

    private NotifyKeys() {}
}
