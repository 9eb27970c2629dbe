package io.github.reedgate.notice;

import io.github.reedgate.json.Json;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plan as it is kept over a restart: JSON with a version, times as what is left of them. Immutable.
 *
 * @param plan the plan, or null if there is none; its times count from {@code atNanos}
 * @param atNanos when it was kept, on the monotonic clock of that start
 * @param at the same on the wall clock
 * @param clockSynced whether the wall clock could be trusted then
 */
public record NoticeDocument(@Nullable NoticePlan plan, long atNanos, Instant at, boolean clockSynced) {

    private static final long VERSION = 1;

    /** Writes it; empty text if there is no plan. */
    public String text() {
        NoticePlan kept = plan;
        if (kept == null) {
            return "";
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        all.put("incident", kept.incident());
        all.put("line", kept.first().text());
        all.put("event", NoticeText.map(kept.first().event()));
        all.put("raised_ns", kept.raisedNanos() - atNanos);
        all.put("at", at.toString());
        all.put("clock_synced", clockSynced);
        all.put("dues", kept.dues().stream().map(this::map).toList());
        return Json.write(all);
    }

    private Map<String, Object> map(NoticePlan.Due due) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("target", due.target());
        all.put("times", due.times());
        Long next = due.nextNanos();
        if (next != null) {
            all.put("left_ns", next - atNanos);
        }
        return all;
    }

    /**
     * Reads one; its times then count from 0.
     *
     * @param text what {@link #text} wrote
     * @return empty if there was no plan, or it is no such document, or from a later version
     */
    public static Optional<NoticeDocument> read(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> all = JsonObject.read(text);
            if (NoticeText.number(all, "version") != VERSION || !(all.get("dues") instanceof List<?> written)) {
                return Optional.empty();
            }
            List<NoticePlan.Due> dues = new ArrayList<>();
            for (Object one : written) {
                dues.add(due(one));
            }
            Told first = new Told(NoticeText.event(all.get("event")), NoticeText.word(all, "line"));
            NoticePlan plan =
                    new NoticePlan(NoticeText.word(all, "incident"), first, NoticeText.number(all, "raised_ns"), dues);
            Instant at = Instant.parse(NoticeText.word(all, "at"));
            return Optional.of(new NoticeDocument(plan, 0, at, NoticeText.flag(all, "clock_synced")));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static NoticePlan.Due due(Object written) {
        if (!(written instanceof Map<?, ?> all)) {
            throw new IllegalArgumentException("a target is missing");
        }
        Long left = all.containsKey("left_ns") ? Long.valueOf(NoticeText.number(all, "left_ns")) : null;
        return new NoticePlan.Due(NoticeText.word(all, "target"), left, NoticeText.count(all, "times"));
    }

    /** The plan as it goes on from a start at that time, if there is one. */
    public @Nullable NoticePlan resumed(long nowNanos) {
        NoticePlan kept = plan;
        return kept == null ? null : kept.earlierBy(atNanos - nowNanos);
    }

    /** How long ago it was kept, if both clocks can be trusted; 0 if the wall clock went back. */
    public Duration age(Instant now) {
        return now.isBefore(at) ? Duration.ZERO : Duration.between(at, now);
    }
}
