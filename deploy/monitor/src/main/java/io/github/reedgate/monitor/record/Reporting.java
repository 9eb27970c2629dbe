package io.github.reedgate.monitor.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what is reported of conflicts and rejected messages: the first at once, more of the same kind and gateway once a
 * minute with their number, so that a flood of them causes no flood of events. Owned by the recorder's thread.
 */
final class Reporting {

    /** How often one kind is reported of one gateway at most. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final int MOST_KEYS = 10_000;

    private final Map<String, Long> reported = new LinkedHashMap<>();
    private final Map<String, Long> unreported = new LinkedHashMap<>();

    /** What is to be done once the reports are stored. */
    record Report(List<OwnEvent> events, Runnable stored) {}

    /** The reports of a batch; their {@code stored} is called once they are. */
    Report of(Batch batch, Outcome outcome, long nowNanos, long nowMillis) {
        List<OwnEvent> events = new ArrayList<>();
        List<Runnable> stored = new ArrayList<>();
        Map<String, List<Conflict>> conflicts = new LinkedHashMap<>();
        for (Conflict conflict : outcome.conflicts()) {
            conflicts
                    .computeIfAbsent(conflict.second().gateway(), gateway -> new ArrayList<>())
                    .add(conflict);
        }
        conflicts.forEach((gateway, all) -> {
            long count = count("conflict/" + gateway, all.size(), nowNanos, stored);
            if (count > 0) {
                events.add(conflict(gateway, all.get(0), count, nowMillis));
            }
        });
        List<RejectedMessage> rejected = new ArrayList<>(batch.rejected());
        rejected.addAll(outcome.refused());
        if (!rejected.isEmpty()) {
            long count = count("rejected", rejected.size(), nowNanos, stored);
            if (count > 0) {
                events.add(rejected(rejected.get(0), count, nowMillis));
            }
        }
        return new Report(events, () -> stored.forEach(Runnable::run));
    }

    /** How many are to be reported now; 0 if they are only counted. */
    private long count(String key, int more, long nowNanos, List<Runnable> stored) {
        Long last = reported.get(key);
        long count = unreported.getOrDefault(key, 0L) + more;
        if (last != null && nowNanos - last < PAUSE.toNanos()) {
            stored.add(() -> unreported.put(key, count));
            return 0;
        }
        stored.add(() -> {
            if (reported.size() >= MOST_KEYS) {
                reported.clear();
            }
            reported.put(key, nowNanos);
            unreported.remove(key);
        });
        return count;
    }

    private static OwnEvent conflict(String gateway, Conflict conflict, long count, long nowMillis) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("conflict_seq", conflict.second().seq());
        more.put("first_id", conflict.first().id());
        more.put("second_id", conflict.second().id());
        more.put("signs", conflict.signs());
        more.put("count", count);
        return new OwnEvent(
                OwnEvent.Type.CONFLICT,
                gateway,
                "Two events of gateway " + gateway + " have number "
                        + conflict.second().seq() + "; " + conflict.signs(),
                more,
                nowMillis);
    }

    private static OwnEvent rejected(RejectedMessage message, long count, long nowMillis) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("topic", message.topic());
        more.put("reason", message.reason());
        more.put("count", count);
        return new OwnEvent(
                OwnEvent.Type.REJECTED,
                null,
                "A message on " + message.topic() + " was rejected: " + message.reason(),
                more,
                nowMillis);
    }
}
