package io.github.reedgate.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the alarm panel has to remember, in the database and its copy: a database begun anew gets it with the first batch.
 * Owned by one thread.
 */
final class PanelMemory {

    private final PanelCopy copy;
    private PanelRecall recall = PanelRecall.NOTHING;
    private String panel = "";
    private boolean isIn;

    PanelMemory(Path folder) {
        this.copy = new PanelCopy(folder);
    }

    /** Begins with what the database has; with the copy if that has nothing. */
    void begin(PanelRecall found) {
        recall = found.document().isEmpty() ? found.or(copy.get()) : found;
        panel = recall.document();
        isIn = !found.document().isEmpty();
    }

    /** What was remembered at the beginning. */
    PanelRecall recall() {
        return recall;
    }

    /** The document; empty text if there is none. */
    String get() {
        return panel;
    }

    /** The database is a new one. */
    void lost() {
        isIn = false;
    }

    /** The document that belongs into the batch's transaction; null if none does. */
    @Nullable
    String due(Batch batch) {
        String document = batch.panel() == null && !isIn ? panel : batch.panel();
        return document == null || document.isEmpty() ? null : document;
    }

    /** The batch is on disk. */
    void written(Batch batch) {
        isIn = true;
        String document = batch.panel();
        if (document != null) {
            panel = document;
            copy.put(document);
        }
    }
}
