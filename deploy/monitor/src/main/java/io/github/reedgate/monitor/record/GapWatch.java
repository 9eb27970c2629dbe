package io.github.reedgate.monitor.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Knows the numbers of every gateway, and notices which are missing. Numbers above the watermark count as missing once they
 * have been so for a minute, because an alarm overtakes a backlog. Owned by the recorder's thread; time is an argument.
 */
final class GapWatch implements Gaps {

    /** How long numbers above the watermark may be on their way. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<String, Coverage> gateways = new TreeMap<>();
    private final Map<String, Lacking> lacking = new LinkedHashMap<>();
    // the missing numbers that were reported, and that were neither pruned nor forgotten by the history since
    private final Map<String, NumberRanges> reported = new LinkedHashMap<>();
    private final Set<String> conflicting = new HashSet<>();
    private final Set<String> unsure = new HashSet<>();
    private final GoneReports goneReports = new GoneReports();

    /** Takes over what the history knows. It may know less than before, if it was begun anew or restored from a backup. */
    void load(Map<String, Coverage> known) {
        gateways.clear();
        gateways.putAll(known);
        unsure.addAll(known.keySet());
        for (String gateway : List.copyOf(reported.keySet())) {
            unreport(gateway, unaccounted(gateway));
        }
    }

    /** The reported numbers that are no longer missing, though nothing says why. */
    private List<NumberRange> unaccounted(String gateway) {
        Coverage coverage = gateways.getOrDefault(gateway, new Coverage());
        NumberRanges accounted = new NumberRanges();
        coverage.missing().forEach(accounted::add);
        coverage.present().all().forEach(accounted::add);
        coverage.declared().all().forEach(accounted::add);
        coverage.gone().all().forEach(accounted::add);
        return without(reported.getOrDefault(gateway, new NumberRanges()), accounted);
    }

    private static List<NumberRange> without(NumberRanges ranges, NumberRanges others) {
        return ranges.all().stream()
                .flatMap(range -> others.lacking(range).stream())
                .toList();
    }

    /** These numbers will never be healed. */
    private void unreport(String gateway, List<NumberRange> numbers) {
        NumberRanges former = reported.get(gateway);
        if (former == null) {
            return;
        }
        NumberRanges cut = new NumberRanges();
        numbers.forEach(cut::add);
        NumberRanges rest = new NumberRanges();
        without(former, cut).forEach(rest::add);
        if (rest.isEmpty()) {
            reported.remove(gateway);
        } else {
            reported.put(gateway, rest);
        }
    }

    /** How many gateways are known. */
    int size() {
        return gateways.size();
    }

    boolean knows(String gateway) {
        return gateways.containsKey(gateway);
    }

    /** A batch is in the history. */
    void stored(Batch batch, Outcome outcome, long nowNanos) {
        for (PresentValue value : batch.values()) {
            value.watermark().ifPresent(number -> of(value.gateway()).watermark(number));
        }
        outcome.inserted().forEach(this::stored);
        outcome.renumbered().forEach(this::stored);
        for (Conflict conflict : outcome.conflicts()) {
            conflicting.add(conflict.second().gateway());
            unsure.add(conflict.second().gateway());
        }
        for (GoneNumbers numbers : batch.gone()) {
            numbers.ranges().forEach(of(numbers.gateway())::gone);
            goneReports.add(numbers.gateway(), numbers.ranges(), GoneReports.NOT_IN_LOG, nowNanos);
        }
    }

    private void stored(RecordedEvent event) {
        Coverage coverage = of(event.gateway());
        coverage.present(new NumberRange(event.seq(), event.seq()));
        coverage.declared(event.skipped());
    }

    /** Numbers were pruned. Those that were missing are not healed by that, but gone. */
    void pruned(String gateway, NumberRange range, long nowNanos) {
        Coverage coverage = of(gateway);
        NumberRanges before = new NumberRanges();
        coverage.missing().forEach(before::add);
        coverage.pruned(range.to());
        NumberRanges after = new NumberRanges();
        coverage.missing().forEach(after::add);
        List<NumberRange> lost = without(before, after);
        goneReports.add(gateway, lost, GoneReports.PRUNED, nowNanos);
        unreport(gateway, lost);
    }

    private Coverage of(String gateway) {
        unsure.add(gateway);
        return gateways.computeIfAbsent(gateway, id -> new Coverage());
    }

    /** Looks at the gateways that have changed, and at those whose numbers are on their way; returns what to report. */
    List<OwnEvent> look(long nowNanos, long nowMillis) {
        List<OwnEvent> events = new ArrayList<>();
        for (String gateway : List.copyOf(unsure)) {
            boolean isComplete = of(gateway).missing().isEmpty();
            events.addAll(goneReports.due(gateway, isComplete, nowNanos, nowMillis));
            look(gateway, nowNanos, nowMillis).ifPresent(events::add);
            if (goneReports.isWaiting(gateway)) {
                unsure.add(gateway);
            }
        }
        return events;
    }

    @Override
    public Set<String> incomplete() {
        return Collections.unmodifiableSet(reported.keySet());
    }

    @Override
    public List<NumberRange> missing(String gateway, long nowNanos) {
        Coverage coverage = gateways.get(gateway);
        return coverage == null
                ? List.of()
                : lacking.getOrDefault(gateway, new Lacking()).certain(coverage, PATIENCE, nowNanos);
    }

    private Optional<OwnEvent> look(String gateway, long nowNanos, long nowMillis) {
        Coverage coverage = of(gateway);
        List<NumberRange> missing = coverage.missing();
        if (missing.isEmpty()) {
            unsure.remove(gateway);
            lacking.remove(gateway);
            return reported.remove(gateway) == null ? Optional.empty() : Optional.of(healed(gateway, nowMillis));
        }
        Lacking since = lacking.computeIfAbsent(gateway, id -> new Lacking());
        since.note(missing, nowNanos);
        List<NumberRange> certain = since.certain(coverage, PATIENCE, nowNanos);
        if (certain.equals(missing)) {
            unsure.remove(gateway);
        }
        if (certain.isEmpty()) {
            return Optional.empty();
        }
        NumberRanges all = new NumberRanges();
        certain.forEach(all::add);
        NumberRanges former = reported.put(gateway, all);
        boolean isNews = former == null || !without(all, former).isEmpty();
        return isNews ? Optional.of(found(gateway, certain, all.count(), nowMillis)) : Optional.empty();
    }

    private static OwnEvent found(String gateway, List<NumberRange> missing, long count, long nowMillis) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("missing", count);
        more.put("from", missing.get(0).from());
        more.put("to", missing.get(missing.size() - 1).to());
        String what = missing.size() == 1 ? " (" + missing.get(0) + ")" : " in " + missing.size() + " gaps";
        return new OwnEvent(
                OwnEvent.Type.GAP_FOUND,
                gateway,
                (count == 1 ? "1 event" : count + " events") + " of gateway " + gateway + " missing" + what,
                more,
                nowMillis);
    }

    private static OwnEvent healed(String gateway, long nowMillis) {
        return new OwnEvent(
                OwnEvent.Type.GAP_HEALED,
                gateway,
                "No event of gateway " + gateway + " is missing any more",
                Map.of(),
                nowMillis);
    }

    /** The state of each gateway, as far as its numbers tell: {@code conflict}, {@code incomplete}, {@code ok} or {@code unknown}. */
    Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        gateways.forEach((gateway, coverage) -> states.put(gateway, state(gateway, coverage)));
        return states;
    }

    private String state(String gateway, Coverage coverage) {
        if (conflicting.contains(gateway)) {
            return "conflict";
        }
        if (reported.containsKey(gateway)) {
            return "incomplete";
        }
        return coverage.present().isEmpty() ? "unknown" : "ok";
    }
}
