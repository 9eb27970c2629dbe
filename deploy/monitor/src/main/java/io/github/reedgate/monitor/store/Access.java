package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.store.Database.Work;

/** A database that one thread writes. All calls block. */
interface Access extends AutoCloseable {

    /**
     * Writes in one transaction: all of it or nothing. It is on disk when this returns.
     *
     * @param what for the message of a failure
     * @throws HistoryException if it can't be written now; the next call begins anew
     */
    <T> T write(String what, Work<T> work) throws HistoryException;

    /**
     * Reads.
     *
     * @param what for the message of a failure
     * @throws HistoryException if it can't be read now
     */
    <T> T read(String what, Work<T> work) throws HistoryException;

    /**
     * How many bytes the events take, or an estimate. Other tables do not count, so that no event is removed for their sake.
     *
     * @param bound a result up to it may be too large: all tables together take no more
     */
    long bytes(long bound) throws HistoryException;

    @Override
    void close();
}
