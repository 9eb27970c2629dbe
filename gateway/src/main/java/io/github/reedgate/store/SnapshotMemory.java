package io.github.reedgate.store;

import java.nio.file.Path;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What must still be known after a restart, in the database and its copy: a database that is begun anew while the gateway runs gets it
 * with the next batch.
 * Owned by one thread.
 */
final class SnapshotMemory {

    private final SnapshotCopy copy;
    private final BinaryOperator<String> merger;
    private SnapshotRecall recall = SnapshotRecall.NOTHING;
    private String snapshot = "";
    private boolean isIn;
    private boolean isCopied;

    /**
     * Nothing is known yet.
     *
     * @param merger gives what is to be stored, of the text that was found and the one that is to take its place
     */
    SnapshotMemory(Path folder, BinaryOperator<String> merger) {
        this.copy = new SnapshotCopy(folder);
        this.merger = merger;
    }

    /** Begins with what the database and the copy have. */
    void begin(SnapshotRecall found) {
        recall = found.with(copy.get());
        snapshot = recall.row();
        isIn = true;
        isCopied = recall.copy().equals(snapshot);
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
        String fresh = batch.snapshot();
        if (fresh == null) {
            return isIn || snapshot.isEmpty() ? null : snapshot;
        }
        return merged(fresh);
    }

    private String merged(String fresh) {
        String found = recall.row().isEmpty() ? recall.copy() : recall.row();
        return found.isEmpty() ? fresh : merger.apply(found, fresh);
    }

    /** The batch is on disk, and with it what {@link #due} gave. A copy that could not be written is tried again with each batch. */
    void written(Batch batch) {
        isIn = true;
        String fresh = batch.snapshot();
        if (fresh != null) {
            snapshot = merged(fresh);
            isCopied = false;
        }
        if (!isCopied && !snapshot.isEmpty()) {
            isCopied = copy.put(snapshot);
        }
    }
}
