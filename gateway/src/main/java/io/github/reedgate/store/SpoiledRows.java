package io.github.reedgate.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of rows that are not as they were written: the first ones loudly, the others quietly. Used by one thread. */
final class SpoiledRows {

    private static final int LOUD = 10;
    private static final Logger LOG = LoggerFactory.getLogger(SpoiledRows.class);

    private long told;

    void tell(String table, long number) {
        told++;
        if (told <= LOUD) {
            LOG.error(
                    "row {} of the {} is damaged and skipped{}; look at the SD card",
                    number,
                    table,
                    told == LOUD ? " (further ones are not told)" : "");
        } else {
            LOG.debug("row {} of the {} is damaged and skipped", number, table);
        }
    }

    /** How often one was met since the store was opened. */
    long told() {
        return told;
    }
}
