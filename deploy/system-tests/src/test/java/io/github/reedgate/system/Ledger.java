package io.github.reedgate.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The books of a subscriber: which events and alarms came, which came again, which came late or never. Knows nothing of the
 * gateway but what it promises: an id is one event, a number is used once, the numbers of a gateway rise by one except for
 * those that a {@code started} event declares as skipped. Safe for use by any thread.
 */
final class Ledger {

    private static final String ROOT = "reedgate/home/";

    /** So many missing numbers say enough. */
    private static final int MOST_GAPS = 1_000;

    private final Map<String, Told> events = new LinkedHashMap<>();
    private final Map<Long, String> idBySeq = new HashMap<>();
    private final List<Range> skipped = new ArrayList<>();
    private final Map<String, Long> alarms = new LinkedHashMap<>();
    private final Map<String, String> latest = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private long repeatedEvents;
    private long repeatedAlarms;
    private long lateEvents;
    private long lateAlarms;
    private long highestEvent;
    private long highestAlarm;
    private long firstNanos;
    private long newsNanos = System.nanoTime();

    /** An event as it came first. */
    record Told(long seq, String id, String type, long boot, String time, boolean replayed) {}

    /** Numbers from one to another, both included. */
    private record Range(long from, long to) {

        boolean contains(long number) {
            return from <= number && number <= to;
        }
    }

    /** Enters a message. */
    synchronized void take(Arrival arrival) {
        if (arrival.topic().equals(ROOT + "event")) {
            event(arrival.json());
        } else if (arrival.topic().equals(ROOT + "alarm")) {
            alarm(arrival.properties());
        } else if (arrival.topic().startsWith(ROOT)) {
            latest.put(arrival.topic().substring(ROOT.length()), arrival.payload());
        }
    }

    private void event(Map<String, Object> json) {
        Told told = new Told(
                number(json, "seq"),
                String.valueOf(json.get("id")),
                String.valueOf(json.get("event_type")),
                number(json, "boot"),
                String.valueOf(json.get("time")),
                Boolean.TRUE.equals(json.get("replayed")));
        String other = idBySeq.putIfAbsent(told.seq(), told.id());
        if (other != null && !other.equals(told.id())) {
            contradictions.add("number " + told.seq() + " is both " + other + " and " + told.id());
        }
        if (events.putIfAbsent(told.id(), told) != null) {
            repeatedEvents++;
            return;
        }
        newsNanos = System.nanoTime();
        firstNanos = events.size() == 1 ? newsNanos : firstNanos;
        if (told.seq() < highestEvent) {
            lateEvents++;
        }
        highestEvent = Math.max(highestEvent, told.seq());
        if (json.get("skipped") instanceof Map<?, ?> range) {
            skipped.add(new Range(number(range, "from"), number(range, "to")));
        }
    }

    private void alarm(Map<String, String> properties) {
        String id = properties.getOrDefault("id", "none");
        long seq = Long.parseLong(properties.getOrDefault("seq", "-1"));
        if (alarms.putIfAbsent(id, seq) != null) {
            repeatedAlarms++;
            return;
        }
        newsNanos = System.nanoTime();
        if (seq < highestAlarm) {
            lateAlarms++;
        }
        highestAlarm = Math.max(highestAlarm, seq);
    }

    private static long number(Map<?, ?> json, String key) {
        return json.get(key) instanceof Number number ? number.longValue() : -1;
    }

    /** All events in the order of their first arrival. */
    synchronized List<Told> events() {
        return List.copyOf(events.values());
    }

    /** How many different events of these types came. */
    synchronized long count(String... types) {
        Set<String> wanted = Set.of(types);
        return events.values().stream()
                .filter(told -> wanted.contains(told.type()))
                .count();
    }

    /** How many moves were told of one start of the gateway. */
    synchronized long moves(long boot) {
        return events.values().stream()
                .filter(told -> told.boot() == boot)
                .filter(told -> told.type().equals("opened") || told.type().equals("closed"))
                .count();
    }

    /** On how many different days the events happened, by their own time. */
    synchronized long daysSeen() {
        return events.values().stream()
                .map(told -> told.time().substring(0, 10))
                .distinct()
                .count();
    }

    /** How many different events came. */
    synchronized int size() {
        return events.size();
    }

    /** Those of these ids that came as an event. */
    synchronized boolean hasAll(Set<String> ids) {
        return events.keySet().containsAll(ids);
    }

    /** Those of these ids that never came as an event. */
    synchronized Set<String> without(Set<String> ids) {
        Set<String> missing = new HashSet<>(ids);
        missing.removeAll(events.keySet());
        return missing;
    }

    /** The ids of all alarms, in the order of their first arrival. */
    synchronized List<String> alarmIds() {
        return List.copyOf(alarms.keySet());
    }

    /** Numbers between the first and the last that never came and were never declared as skipped. */
    synchronized List<Long> gaps() {
        long first = idBySeq.keySet().stream().mapToLong(Long::longValue).min().orElse(0);
        List<Long> gaps = new ArrayList<>();
        long next = first;
        while (next < highestEvent && gaps.size() < MOST_GAPS) {
            long number = next;
            Optional<Range> declared =
                    skipped.stream().filter(range -> range.contains(number)).findFirst();
            if (declared.isEmpty() && !idBySeq.containsKey(number)) {
                gaps.add(number);
            }
            next = declared.map(Range::to).orElse(number) + 1;
        }
        return gaps;
    }

    /** Numbers that were used for two events. */
    synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    /** How many events and alarms came again. */
    synchronized long repeated() {
        return repeatedEvents + repeatedAlarms;
    }

    /** How many events came after one with a higher number. */
    synchronized long lateEvents() {
        return lateEvents;
    }

    /** How many alarms came after one with a higher number. */
    synchronized long lateAlarms() {
        return lateAlarms;
    }

    /** The last payload on a topic below the gateway's root; empty if there is none. */
    synchronized Optional<String> latest(String topic) {
        return Optional.ofNullable(latest.get(topic));
    }

    /** How many events came a second, from the first to the last that had not come before. */
    synchronized double perSecond() {
        return events.size() * 1e9 / (newsNanos - firstNanos);
    }

    /** When an event or alarm came that had not come before, on the monotonic clock. */
    synchronized long newsNanos() {
        return newsNanos;
    }
}
