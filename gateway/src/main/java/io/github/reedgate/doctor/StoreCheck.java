package io.github.reedgate.doctor;

import io.github.reedgate.store.Backlog;
import io.github.reedgate.store.EventLog;
import io.github.reedgate.store.LogException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges the store: whether it can be read, what was moved aside, and what waits for the broker. Stateless. */
final class StoreCheck {

    private static final String FILE = "reedgate.db";
    private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");
    private static final Duration OLD = Duration.ofMinutes(15);
    /** For so long a message that was set aside is reported. */
    private static final Duration TOLD_FOR = Duration.ofDays(7);

    private static final String WAITS = "see what is refused: reedgate outbox, and journalctl -u reedgate";

    private StoreCheck() {}

    /**
     * What the store holds.
     *
     * @param backlog what waits
     * @param mostWaiting how much may wait at most
     * @param aside names of stores that were moved aside
     */
    record Facts(Backlog backlog, int mostWaiting, List<String> aside) {

        /** Copies the list. */
        Facts {
            aside = List.copyOf(aside);
        }
    }

    /** Reads the store beside the gateway, which may run. */
    static Finding look(Path folder, int mostWaiting, Instant now) {
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            return Finding.skipped(
                    CheckName.STORE, "you may not read " + folder + "; call this as root: sudo reedgate doctor");
        }
        if (Files.notExists(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
            return Finding.ok(CheckName.STORE, "none yet: the gateway makes it when it starts");
        }
        List<String> aside = SmallFile.list(folder, FILE + ".{damaged,newer}-*Z*").stream()
                .map(path -> String.valueOf(path.getFileName()))
                .filter(name -> BESIDE.stream().noneMatch(name::endsWith))
                .toList();
        try (EventLog log = EventLog.open(folder)) {
            return judge(new Facts(log.backlog(), mostWaiting, aside), now);
        } catch (LogException e) {
            return Finding.failed(CheckName.STORE, String.valueOf(e.getMessage()));
        }
    }

    static Finding judge(Facts facts, Instant now) {
        Backlog backlog = facts.backlog();
        String waiting = backlog.depth() == 0
                ? "readable, nothing waits"
                : backlog.depth() + " messages wait"
                        + age(backlog, now)
                                .map(age -> ", the oldest for " + words(age))
                                .orElse("");
        if (backlog.depth() * 100 >= facts.mostWaiting() * 95L) {
            return Finding.fail(
                    CheckName.STORE,
                    waiting + ": no more than " + facts.mostWaiting() + " (store.max_events) are kept, older ones are"
                            + " dropped",
                    "bring the broker back, or raise store.max_events; " + WAITS);
        }
        Optional<Finding> undelivered = undelivered(backlog, waiting, now);
        if (undelivered.isPresent()) {
            return undelivered.get();
        }
        if (age(backlog, now).filter(age -> age.compareTo(OLD) > 0).isPresent()) {
            return Finding.warn(CheckName.STORE, waiting, WAITS);
        }
        if (!facts.aside().isEmpty()) {
            return Finding.warn(
                    CheckName.STORE,
                    waiting + "; moved aside: " + String.join(", ", facts.aside()),
                    "look for errors of the disk (dmesg), save what is in them (sqlite3 FILE .recover) and remove"
                            + " them");
        }
        return Finding.ok(CheckName.STORE, waiting);
    }

    /** What stands in the way between gateway and broker. */
    private static Optional<Finding> undelivered(Backlog backlog, String waiting, Instant now) {
        Map<String, String> troubles = new LinkedHashMap<>();
        String refusal = backlog.notes().getOrDefault("last_refusal", "");
        if (!refusal.isEmpty() && backlog.depth() > 0) {
            troubles.put("the broker refused: " + plain(refusal), WAITS);
        }
        String aside = backlog.notes().getOrDefault("last_set_aside", "");
        if (!aside.isEmpty() && isRecent(backlog.notes().getOrDefault("last_set_aside_time", ""), now)) {
            troubles.put(
                    "set aside because it can't be delivered: " + plain(aside),
                    "see which: reedgate outbox; mend it at the broker, then restart the gateway");
        }
        List<String> unheard = unheard(backlog.notes().getOrDefault("lost_subscriptions", ""), now);
        if (!unheard.isEmpty()) {
            troubles.put(
                    "the gateway does not hear " + String.join(", ", unheard),
                    "see why and who is to blame: reedgate status, and journalctl -u reedgate");
        }
        String foreign = backlog.notes().getOrDefault("foreign_watermark", "");
        if (!foreign.isEmpty()
                && isRecent(foreign.substring(0, foreign.indexOf(' ') + 1).strip(), now)) {
            troubles.put(
                    "another client wrote the gateway's watermark: " + plain(foreign),
                    "see who may publish there in the broker's access rules, and in its log who did");
        }
        return troubles.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        CheckName.STORE,
                        waiting + "; " + String.join("; ", troubles.keySet()),
                        String.join("; ", troubles.values())));
    }

    private static Optional<Duration> age(Backlog backlog, Instant now) {
        return backlog.oldest()
                .filter(Backlog.Waiting::clockSynced)
                .flatMap(Backlog.Waiting::time)
                .map(time -> Duration.between(time, now))
                .filter(age -> !age.isNegative());
    }

    /** The topics of a note whose lines have the time of the next try or {@code -}, a word and the topic. */
    private static List<String> unheard(String note, Instant now) {
        List<String> topics = new ArrayList<>();
        for (String line : note.lines().toList()) {
            String[] parts = line.split(" ", 3);
            if (parts.length == 3 && (parts[0].equals("-") || isAhead(parts[0], now))) {
                topics.add(plain(parts[2]) + " (" + plain(parts[1])
                        + (parts[0].equals("-") ? ")" : ", tried again " + parts[0] + ")"));
            }
        }
        return topics;
    }

    private static boolean isAhead(String time, Instant now) {
        try {
            return Instant.parse(time).isAfter(now);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isRecent(String time, Instant now) {
        try {
            return Instant.parse(time).plus(TOLD_FOR).isAfter(now);
        } catch (DateTimeParseException e) {
            return true; // better reported once too often
        }
    }

    private static String words(Duration age) {
        return age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
    }

    private static String plain(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
    }
}
