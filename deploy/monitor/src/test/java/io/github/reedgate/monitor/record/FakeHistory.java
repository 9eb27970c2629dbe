package io.github.reedgate.monitor.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A history in memory that can fail before and after its commit. */
public final class FakeHistory implements History {

    /** Events by gateway and number. */
    public final Map<String, Map<Long, RecordedEvent>> events = new TreeMap<>();

    public final List<RejectedMessage> rejected = new ArrayList<>();
    public final List<OwnEvent> own = new ArrayList<>();
    public final TreeSet<Long> published = new TreeSet<>();
    public final Map<String, Long> watermarks = new LinkedHashMap<>();
    /** Numbers that gateways no longer have, by gateway. */
    public final Map<String, NumberRanges> gone = new TreeMap<>();

    public int conflicts;
    public boolean isDown;
    public boolean failsAfterCommit;
    /** Called at the beginning of each write. */
    public Runnable onWrite = () -> {};

    public boolean hasRoomForValues = true;
    /** How many of the next writes fail because the history can't be reached. */
    public int unreachable;
    /** What the next pruning removes. */
    public Pruned pruned = Pruned.NOTHING;

    public String poison = "";
    public int largestBatch;

    @Override
    public Outcome write(Batch batch, Reports reports) throws HistoryException {
        onWrite.run();
        requireUp();
        if (unreachable > 0) {
            unreachable--;
            throw new HistoryException("planted: unreachable", null);
        }
        if (batch.events().stream().anyMatch(event -> event.id().equals(poison))) {
            throw new HistoryException("planted: poison", null, true);
        }
        largestBatch = Math.max(largestBatch, batch.events().size());
        List<RecordedEvent> inserted = new ArrayList<>();
        List<Conflict> found = new ArrayList<>();
        int duplicates = 0;
        for (RecordedEvent event : batch.events()) {
            RecordedEvent there = events.computeIfAbsent(event.gateway(), id -> new TreeMap<>())
                    .putIfAbsent(event.seq(), event);
            if (there == null) {
                inserted.add(event);
            } else if (there.id().equals(event.id())) {
                duplicates++;
            } else {
                found.add(new Conflict(there, event, Signs.of(there, event)));
            }
        }
        conflicts += found.size();
        for (GoneNumbers numbers : batch.gone()) {
            NumberRanges ranges = gone.computeIfAbsent(numbers.gateway(), id -> new NumberRanges());
            numbers.ranges().forEach(ranges::add);
        }
        rejected.addAll(batch.rejected());
        batch.values().forEach(value -> value.watermark().ifPresent(number -> watermarks.put(value.gateway(), number)));
        published.addAll(batch.published());
        List<RejectedMessage> refused = hasRoomForValues
                ? List.of()
                : batch.values().stream()
                        .map(value -> RejectedMessage.of(Samples.message(value.topic(), value.payload()), "no room"))
                        .toList();
        Outcome outcome = new Outcome(inserted, duplicates, List.of(), found, refused);
        own.addAll(batch.own());
        own.addAll(reports.of(outcome));
        if (failsAfterCommit) {
            failsAfterCommit = false;
            throw new HistoryException("planted: the answer to the commit is lost", null);
        }
        return outcome;
    }

    private void requireUp() throws HistoryException {
        if (isDown) {
            throw new HistoryException("planted: down", null);
        }
    }

    @Override
    public Map<String, Coverage> coverage() throws HistoryException {
        requireUp();
        Map<String, Coverage> all = new TreeMap<>();
        events.forEach((gateway, numbers) -> numbers.values().forEach(event -> {
            Coverage coverage = all.computeIfAbsent(gateway, id -> new Coverage());
            coverage.present(new NumberRange(event.seq(), event.seq()));
            coverage.declared(event.skipped());
        }));
        watermarks.forEach((gateway, number) ->
                all.computeIfAbsent(gateway, id -> new Coverage()).watermark(number));
        gone.forEach((gateway, ranges) -> {
            Coverage coverage = all.computeIfAbsent(gateway, id -> new Coverage());
            ranges.all().forEach(coverage::gone);
        });
        return all;
    }

    @Override
    public List<NumberedEvent> unpublished(int limit) throws HistoryException {
        requireUp();
        List<NumberedEvent> waiting = new ArrayList<>();
        for (int i = 0; i < own.size() && waiting.size() < limit; i++) {
            long seq = i + 1L;
            if (!published.contains(seq)) {
                waiting.add(new NumberedEvent(seq, "own-" + seq, own.get(i)));
            }
        }
        return waiting;
    }

    @Override
    public Pruned prune(long nowMillis) {
        Pruned now = pruned;
        pruned = Pruned.NOTHING;
        return now;
    }
}
