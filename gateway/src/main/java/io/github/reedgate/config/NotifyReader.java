package io.github.reedgate.config;

import io.github.reedgate.notice.NoticeTarget;
import io.github.reedgate.notify.NotifyTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code notify} section. Owned by one reading; not for use by several threads. */
public final class NotifyReader {

    /** The section's name. */
    public static final String SECTION = Section.NOTIFY;

    /** Which ids its targets may have, in words. */
    public static final String IDS = "1 to 8 target ids";

    /** The keys of each target, for a program whose notifications have no buttons. */
    public static final List<Key<?>> KEYS_WITHOUT_BUTTONS = NotifyKeys.ALL.stream()
            .filter(key -> !key.equals(NotifyKeys.REPLY_TOPIC) && !key.equals(NotifyKeys.DISARM_BUTTON))
            .toList();

    private static final int MAX_TARGETS = 8;
    private static final Duration SHORTEST_REPEAT = Duration.ofSeconds(30);
    private static final IdType ID = new IdType();

    private final Section notify;
    private final Path folder;

    /** Reads a section; relative paths in it start from the folder. */
    public NotifyReader(Section notify, Path folder) {
        this.notify = notify;
        this.folder = folder;
    }

    /** The targets in the file's order; meaningless if something was reported. */
    public List<NotifyTarget> read() {
        List<String> ids = notify.names();
        if (ids.size() > MAX_TARGETS) {
            notify.report(ids.get(MAX_TARGETS), "is target " + (MAX_TARGETS + 1) + "; allowed: 8 targets at most");
        }
        List<NotifyTarget> read = new ArrayList<>();
        for (String id : ids) {
            try {
                ID.parse(id);
            } catch (BadValueException e) {
                notify.report(id, e.sentence(ID.allowed()));
            }
            target(id, notify.section(id)).ifPresent(read::add);
        }
        return read;
    }

    private Optional<NotifyTarget> target(String id, Section section) {
        Optional<NotifyTarget.Kind> kind = section.find(NotifyKeys.TYPE);
        Optional<URI> url = section.find(NotifyKeys.URL);
        Optional<String> topic = section.find(NotifyKeys.TOPIC);
        Optional<Path> topicFile = section.find(NotifyKeys.TOPIC_FILE).map(folder::resolve);
        kind.ifPresent(what -> checkKind(what, url, section));
        boolean insecure = section.get(NotifyKeys.INSECURE);
        url.ifPresent(where -> checkScheme(where, insecure, section));
        Duration repeat = section.get(NotifyKeys.REPEAT);
        if (!repeat.isZero() && repeat.compareTo(SHORTEST_REPEAT) < 0) {
            section.report(
                    NotifyKeys.REPEAT,
                    "'" + DurationType.text(repeat) + "' is shorter than 30s; allowed: 30s to 24h, or 0s for once");
        }
        NoticeTarget rules =
                new NoticeTarget(id, section.get(NotifyKeys.EVENTS), repeat, section.get(NotifyKeys.AFTER));
        Optional<Path> tokenFile = section.find(NotifyKeys.TOKEN_FILE).map(folder::resolve);
        Optional<Path> caFile = section.find(NotifyKeys.CA_FILE).map(folder::resolve);
        Duration timeout = section.get(NotifyKeys.TIMEOUT);
        Duration late = section.get(NotifyKeys.LATE);
        NotifyTarget.Taps taps = new NotifyTarget.Taps(
                section.find(NotifyKeys.OPEN), section.find(NotifyKeys.REPLY_TOPIC), disarms(section));
        if (kind.isEmpty() || url.isEmpty()) {
            return Optional.empty();
        }
        NotifyTarget.Access access = new NotifyTarget.Access(url.get(), topic, topicFile, tokenFile, caFile);
        return Optional.of(new NotifyTarget(rules, kind.get(), access, timeout, late, taps));
    }

    private static boolean disarms(Section section) {
        boolean disarms = section.get(NotifyKeys.DISARM_BUTTON);
        if (disarms && !section.has(NotifyKeys.REPLY_TOPIC)) {
            section.report(
                    NotifyKeys.DISARM_BUTTON,
                    "needs the topic that the button writes to; add reply_topic, or remove it");
        }
        return disarms;
    }

    private static void checkKind(NotifyTarget.Kind kind, Optional<URI> url, Section section) {
        if (kind == NotifyTarget.Kind.WEBHOOK) {
            for (Key<?> key :
                    List.of(NotifyKeys.TOPIC, NotifyKeys.TOPIC_FILE, NotifyKeys.OPEN, NotifyKeys.REPLY_TOPIC)) {
                if (section.has(key)) {
                    section.report(key, "is for type: ntfy only; remove it");
                }
            }
            return;
        }
        if (section.has(NotifyKeys.TOPIC) && section.has(NotifyKeys.TOPIC_FILE)) {
            section.report(NotifyKeys.TOPIC_FILE, "does not go together with topic; remove one of them");
        }
        String path = url.map(URI::getRawPath).orElse("");
        if (!path.isEmpty() && !path.equals("/")) {
            section.report(NotifyKeys.URL, "has a path; name the server alone, and the topic with topic or topic_file");
        }
    }

    private static void checkScheme(URI url, boolean insecure, Section section) {
        String host = Loopback.hostOf(url);
        if (url.getScheme().equals("http") && !insecure && !Loopback.isLoopback(host)) {
            section.report(
                    NotifyKeys.URL,
                    "sends alarms, topic and token in clear text to " + Shown.value(host)
                            + "; use https, or say insecure: true if you accept that");
        }
        if (url.getScheme().equals("https") && host.contains("_")) {
            section.report(
                    NotifyKeys.URL,
                    "has a host name with an underscore, and certificates know no such names: use another name of the"
                            + " server, or its address");
        }
    }
}
