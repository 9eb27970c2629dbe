package io.github.reedgate.monitor.record;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the recorder has done since the start of the program. Owned by its thread. */
final class Counters {

    private long received;
    private long stored;
    private long duplicates;
    private long conflicts;
    private long rejected;
    private long droppedReports;
    private long pruned;
    private long prunedRejected;
    private long prunedConflicts;

    void received() {
        received++;
    }

    void pruned(Pruned removed) {
        pruned += removed.events();
        prunedRejected += removed.rejected();
        prunedConflicts += removed.conflicts();
    }

    void reportDropped() {
        droppedReports++;
    }

    /** A batch was stored. */
    void add(Batch batch, Outcome outcome) {
        stored += outcome.inserted().size();
        duplicates += outcome.duplicates() + outcome.renumbered().size();
        conflicts += outcome.conflicts().size();
        rejected += batch.rejected().size() + outcome.refused().size();
    }

    /** All of them by name, in order; the map is the caller's. */
    Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("received", received);
        figures.put("stored", stored);
        figures.put("duplicates", duplicates);
        figures.put("conflicts", conflicts);
        figures.put("rejected", rejected);
        figures.put("pruned", pruned);
        figures.put("pruned_rejected", prunedRejected);
        figures.put("pruned_conflicts", prunedConflicts);
        figures.put("dropped_reports", droppedReports);
        return figures;
    }
}
