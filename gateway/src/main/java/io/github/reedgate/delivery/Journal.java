package io.github.reedgate.delivery;

import io.github.reedgate.event.Event;

/** The port to the event log. Used by the loop thread; no method waits for the disk. */
public interface Journal {

    /** Keeps an event. */
    void keep(Event event);

    /**
     * Stores what the gateway must still know after a restart, in place of what was stored before.
     *
     * @param document all of it; not empty
     */
    void keepSnapshot(String document);

    /**
     * Keeps a notice until it is told.
     *
     * @param id its number; none is used twice
     * @param document all of it
     */
    void keepNotice(long id, String document);

    /** Keeps a notice no longer. */
    void forgetNotice(long id);

    /**
     * From here to {@link #end} all that is handed over, also to the outbox, is written at once: after a power cut all of it
     * is there or nothing.
     */
    void begin();

    /** The end of what belongs together. */
    void end();

    /**
     * Asks for an answer when everything handed over so far, also to the outbox, is on disk, or that it can't be written.
     *
     * @param number any number, which comes with the answer
     * @return true if it is all kept already; else the store answers later
     */
    boolean confirm(long number);

    /** Keeps a short value under a name, for those who read the store beside the gateway. */
    void note(String name, String value);

    /** A step is over: what was handed over since the last call, also to the outbox, is to be written now, all at once. */
    void stepDone();

    /**
     * The wall clock has been set: kept events of this start that had no trusted time get one, and so do those that still
     * wait for the broker.
     *
     * @param boot the start they belong to
     * @param wallMillisAtUptimeZero the wall clock's time, in milliseconds since 1970, when the gateway had been up for 0 ms
     */
    void correctClock(long boot, long wallMillisAtUptimeZero);
}
