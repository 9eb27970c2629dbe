package io.github.reedgate.delivery;

import io.github.reedgate.message.Message;
import java.util.OptionalLong;

/** The port to what was delivered and what is kept of it. Used by the loop thread; never blocks. */
public interface Ledger {

    /**
     * An event from the log, to be sent again.
     *
     * @param seq its number
     * @param message as it is sent
     */
    record Recalled(long seq, Message message) {}

    /**
     * The highest number up to which everything on the event topic was acknowledged: one less than the lowest that waits,
     * else the last one. Empty if that is not known because the store was lost.
     */
    OptionalLong acknowledged();

    /** The highest number that may ever have been sent. */
    long lastSeq();

    /** True if nothing waits for the broker. */
    boolean nothingWaits();

    /**
     * Asks for events of the log. The answer comes later, by {@link BrokerMemory#fetched}: the first ones at or above a
     * number, in their order; none if there are none any more.
     *
     * @param request given back with the answer
     * @param fromSeq the lowest number; 1 or more
     * @param toSeq the highest number
     * @param limit how many events at most
     */
    void fetch(long request, long fromSeq, long toSeq, int limit);

    /**
     * Events are sent from now on. Keeps that over a restart, so that a folder that is put back or cut off knows it; the disk is
     * asked each time, {@link #isPrepared} returns its answer.
     */
    void sendsSoon();

    /** None is sent any more until {@link #sendsSoon}: keeps over a restart which were. */
    void sendsNoMore();

    /** False while the disk has still to say whether it has what was kept; true also if it can't be written. */
    boolean isPrepared();

    /**
     * True if a watermark may be published: the next start knows that this number was sent, or it can only know by that.
     *
     * @param seq the watermark
     */
    boolean knowsItSent(long seq);

    /** Keeps over a restart which broker, as {@code host:port}, shows its watermark. */
    void keepProvedServer(String server);
}
