package io.github.reedgate.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What must still be known after a restart, in the database and its copy: a database begun anew gets it with the first batch.
 * Owned by one thread.
 */
final class SnapshotMemory {

    private final SnapshotCopy copy;
    private SnapshotRecall recall = SnapshotRecall.NOTHING;
    private String snapshot = "";
    private boolean isIn;

    SnapshotMemory(Path folder) {
        this.copy = new SnapshotCopy(folder);
    }

    /** Begins with what the database has; with the copy if that has nothing. */
    void begin(SnapshotRecall found) {
        recall = found.with(copy.get());
        isIn = !found.row().isEmpty();
        snapshot = isIn ? recall.row() : recall.copy();
    }

    /** What was found at the beginning. */
    SnapshotRecall recall() {
        return recall;
    }

    /** The database is a new one. */
    void lost() {
        isIn = false;
    }

    /** The document that belongs into the batch's transaction; null if none does. */
    @Nullable
    String due(Batch batch) {
        String document = batch.snapshot() == null && !isIn ? snapshot : batch.snapshot();
        return document == null || document.isEmpty() ? null : document;
    }

    /** The batch is on disk. */
    void written(Batch batch) {
        isIn = true;
        String document = batch.snapshot();
        if (document != null) {
            snapshot = document;
            copy.put(document);
        }
    }
}
