package io.github.reedgate.cli;

import io.github.reedgate.app.Leftovers;
import io.github.reedgate.config.Config;
import io.github.reedgate.store.StoreException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The topics that the store of a gateway remembers, while they are emptied. Used by one thread.
 *
 * @param config whose store it is
 * @param leftovers what it remembers
 * @param err where a store that can't be written is reported
 */
record PurgeMemory(Config config, Leftovers leftovers, PrintWriter err) {

    /** Says how many are remembered of a former id or prefix; nothing if there are none. */
    void tellOfForeign() {
        if (!leftovers.foreign().isEmpty()) {
            err.println("reedgate: " + leftovers.foreign().size()
                    + " topics of a former gateway.id or topic_prefix are left alone; --former empties them");
        }
    }

    /** Removes topics that are empty now from the store; blocks on the disk. */
    void forget(Set<String> emptied) {
        Set<String> gone = new LinkedHashSet<>(leftovers.all());
        gone.retainAll(emptied);
        if (gone.isEmpty()) {
            return;
        }
        try {
            Leftovers.forget(config, gone);
        } catch (StoreException e) {
            err.println("reedgate: the gateway goes on remembering what is empty now: " + e.getMessage());
        }
    }
}
