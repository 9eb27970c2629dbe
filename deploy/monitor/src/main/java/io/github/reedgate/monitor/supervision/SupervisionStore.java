package io.github.reedgate.monitor.supervision;

import java.io.IOException;
import java.util.Optional;

/** Where the supervision's document survives the process. Used by one thread; blocks on the disk. */
public interface SupervisionStore {

    /**
     * The document that was saved last; empty if there was none.
     *
     * @throws DamagedFileException if what is there can't be used
     * @throws IOException if this user may not read it
     */
    Optional<String> load() throws IOException;

    /**
     * Replaces the document; returns once it is on disk.
     *
     * @throws IOException if it can't be written; the former one is still there
     */
    void save(String document) throws IOException;
}
