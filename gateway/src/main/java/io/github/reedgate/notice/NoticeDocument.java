package io.github.reedgate.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan as it must still be known after a restart, its times as what is left of them. Immutable.
 *
 * @param plan the plan; its times count from {@code atNanos}
 * @param atNanos when that was so, on the monotonic clock of that start
 * @param at the same on the wall clock
 * @param clockSynced whether the wall clock could be trusted then
 */
public record NoticeDocument(NoticePlan plan, long atNanos, Instant at, boolean clockSynced) {

    /** Its fields, for JSON. */
    public Map<String, Object> fields() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("incident", plan.incident());
        all.put("line", plan.first().text());
        all.put("event", NoticeText.map(plan.first().event()));
        all.put("raised_ns", plan.raisedNanos() - atNanos);
        all.put("at", at.toString());
        all.put("clock_synced", clockSynced);
        all.put("dues", plan.dues().stream().map(this::map).toList());
        return all;
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
     * @param all what {@link #fields} gave; further fields are ignored
     * @throws IllegalArgumentException if a field is missing or out of range
     * @throws java.time.DateTimeException if a time is none
     */
    public static NoticeDocument of(Map<?, ?> all) {
        if (!(all.get("dues") instanceof List<?> written)) {
            throw new IllegalArgumentException("dues is missing");
        }
        List<NoticePlan.Due> dues = new ArrayList<>();
        for (Object one : written) {
            dues.add(due(one));
        }
        Told first = new Told(NoticeText.event(all.get("event")), NoticeText.word(all, "line"));
        NoticePlan plan =
                new NoticePlan(NoticeText.word(all, "incident"), first, NoticeText.number(all, "raised_ns"), dues);
        Instant at = Instant.parse(NoticeText.word(all, "at"));
        return new NoticeDocument(plan, 0, at, NoticeText.flag(all, "clock_synced"));
    }

    private static NoticePlan.Due due(Object written) {
        if (!(written instanceof Map<?, ?> all)) {
            throw new IllegalArgumentException("a target is missing");
        }
        Long left = all.containsKey("left_ns") ? Long.valueOf(NoticeText.number(all, "left_ns")) : null;
        return new NoticePlan.Due(NoticeText.word(all, "target"), left, NoticeText.count(all, "times"));
    }

    /** The plan as it goes on from a start at that time. */
    public NoticePlan resumed(long nowNanos) {
        return plan.earlierBy(atNanos - nowNanos);
    }

    /** How long ago that was, if both clocks can be trusted; 0 if the wall clock went back. */
    public Duration age(Instant now) {
        return now.isBefore(at) ? Duration.ZERO : Duration.between(at, now);
    }
}
