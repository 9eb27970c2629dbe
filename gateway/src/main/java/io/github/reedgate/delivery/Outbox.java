package io.github.reedgate.delivery;

import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import java.util.Optional;

/**
 * The port to what waits for the broker: non-retained messages, first in, first out. A message is looked at, sent, and
 * removed once the broker has acknowledged it, so a crash in between repeats it and never loses it. Bounded: when it is
 * full the oldest routine messages go first, alarms last, and each drop is counted. Used by one thread; never blocks.
 */
public interface Outbox {

    /**
     * A message that waits.
     *
     * @param id its place in the order; rises with each append
     * @param message the message
     * @param priority what may be dropped first
     */
    record Entry(long id, Message message, Priority priority) {}

    /**
     * How many were dropped since this was asked last.
     *
     * @param routine how many that were no alarm
     * @param alarms how many alarms
     */
    record Drops(long routine, long alarms) {

        /** No drop. */
        public static final Drops NONE = new Drops(0, 0);
    }

    /**
     * Adds a message at the end; drops others if there is no room. A routine message that finds nothing but alarms is
     * dropped itself.
     *
     * @return its entry, even if it was dropped
     */
    Entry append(Message message, Priority priority);

    /**
     * The first entry behind a place in the order, if it is at hand.
     *
     * @param afterId an entry's id, which need not exist any more; 0 for the beginning
     */
    Optional<Entry> next(long afterId);

    /**
     * True if anything waits behind a place in the order. {@link #next} may still find nothing for the moment: what waits is
     * being fetched, and the owner is told when it is there.
     */
    boolean hasNext(long afterId);

    /**
     * The oldest entry of all; may be empty for a while though something waits, until what waits is at hand. Unlike
     * {@link #next} it leaves the reader where it is.
     */
    Optional<Entry> oldest();

    /** The oldest entry on a topic, of those that are at hand. */
    default Optional<Entry> oldest(String topic) {
        return oldest(topic, 0);
    }

    /** The same behind a place in the order. */
    Optional<Entry> oldest(String topic, long afterId);

    /** Removes an entry; one that is gone already is ignored. */
    void remove(long id);

    /**
     * Gives the events of these numbers, and the messages of them, other numbers. What is appended later is not changed.
     *
     * @param fromSeq the lowest number
     * @param toSeq the highest
     * @param by what is added to each; no new number is one of the old
     */
    void renumber(long fromSeq, long toSeq, long by);

    /** How many entries wait. */
    int size();

    /** Tells how many were dropped since the last call and counts anew. */
    Drops takeDrops();
}
