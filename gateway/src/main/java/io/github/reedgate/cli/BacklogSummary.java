package io.github.reedgate.cli;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.store.Backlog;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the broker, for people and for programs. Immutable.
 *
 * @param file the store
 * @param backlog what was read there
 * @param clock what time it is, and in which zone the reader is
 */
record BacklogSummary(Path file, Backlog backlog, Clock clock) {

    private static final String REFUSALS = "refusals";
    private static final String LAST_REFUSAL = "last_refusal";
    private static final String LAST_REFUSAL_TIME = "last_refusal_time";
    private static final String SET_ASIDE = "set_aside_list";
    private static final int TEXT_LIMIT = 300;

    /** The column in which the texts of {@link #lines} begin. */
    static final int INDENT = 9;

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("waiting  " + waiting());
        backlog.oldest().ifPresent(oldest -> lines.add("oldest   " + text(oldest)));
        backlog.newest().ifPresent(newest -> lines.add("newest   " + text(newest)));
        refused().ifPresent(refused -> lines.add("refused  " + refused));
        setAside().forEach(each -> lines.add("aside    " + DeliveryTrouble.setAside(each, clock.getZone())));
        lines.add("store    " + file + ", " + size(backlog.bytes()));
        return lines;
    }

    private String waiting() {
        if (backlog.depth() == 0) {
            return "nothing: the broker has acknowledged all there is";
        }
        return count(backlog.depth(), "message") + ": " + count(backlog.alarms(), "alarm") + ", " + backlog.routine()
                + " routine";
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private String text(Backlog.Waiting message) {
        String time = message.time().map(this::withAge).orElse("of unknown time");
        String topic = SafeText.line(message.topic(), TEXT_LIMIT);
        return (message.clockSynced() ? time : time + " (clock not set then)") + ", for " + topic
                + (message.seq() > 0 ? ", event " + message.seq() : "");
    }

    private String withAge(Instant time) {
        return ReaderTime.text(time, clock.getZone()) + ", " + age(Duration.between(time, clock.instant()));
    }

    private static String age(Duration age) {
        if (age.isNegative()) {
            return "later than now by this machine's clock";
        }
        return Durations.rough(age) + " ago";
    }

    private Optional<String> refused() {
        Optional<String> reason = note(LAST_REFUSAL);
        Optional<String> number = note(REFUSALS).filter(text -> !text.equals("0"));
        if (reason.isEmpty() && number.isEmpty()) {
            return Optional.empty();
        }
        String when = note(LAST_REFUSAL_TIME)
                .map(text -> instant(text).map(this::withAge).orElse(text))
                .map(text -> ", last " + text)
                .orElse("");
        return Optional.of(number.map(text -> text + " times").orElse("at least once")
                + when
                + reason.map(text -> ": " + text).orElse(""));
    }

    /** What was set aside last; a line that can't be read is left out. */
    private List<Map<String, @Nullable Object>> setAside() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        backlog.notes()
                .getOrDefault(SET_ASIDE, "")
                .lines()
                .forEach(line -> object(line).ifPresent(all::add));
        return all;
    }

    private static Optional<Map<String, @Nullable Object>> object(String line) {
        try {
            return Optional.of(JsonObject.read(line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> note(String key) {
        return Optional.ofNullable(backlog.notes().get(key)).map(text -> SafeText.line(text, TEXT_LIMIT));
    }

    /** Notes hold times as ISO text or as milliseconds since 1970. */
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    text.matches("[0-9]{1,15}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        boolean isLarge = bytes >= 1024 * 1024;
        double number = bytes / (isLarge ? 1024.0 * 1024.0 : 1024.0);
        return String.format(Locale.ROOT, "%.1f %s (%d bytes)", number, isLarge ? "MiB" : "KiB", bytes);
    }

    /** For programs. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("outbox_depth", backlog.depth());
        json.put("alarms", backlog.alarms());
        json.put("routine", backlog.routine());
        Optional<Instant> oldest = backlog.oldest().flatMap(Backlog.Waiting::time);
        json.put(
                "oldest_unsent_s",
                oldest.map(time -> Math.max(
                                0, Duration.between(time, clock.instant()).toSeconds()))
                        .orElse(null));
        json.put("oldest", backlog.oldest().map(BacklogSummary::json).orElse(null));
        json.put("newest", backlog.newest().map(BacklogSummary::json).orElse(null));
        json.put("refusals", number(backlog.notes().get(REFUSALS)));
        json.put(LAST_REFUSAL, backlog.notes().get(LAST_REFUSAL));
        String time = backlog.notes().get(LAST_REFUSAL_TIME);
        json.put(
                LAST_REFUSAL_TIME,
                time == null ? null : instant(time).map(ClockText::utc).orElse(time));
        json.put("set_aside", setAside());
        json.put("store", file.toString());
        json.put("store_bytes", backlog.bytes());
        return json;
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static Map<String, @Nullable Object> json(Backlog.Waiting message) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("time", message.time().map(ClockText::utc).orElse(null));
        json.put("clock_synced", message.clockSynced());
        json.put("seq", message.seq());
        json.put("topic", message.topic());
        return json;
    }
}
