package io.github.reedgate.monitor.link;

import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.monitor.record.Delivery;

/** Who is told of what happens to the session. Called by threads of the client library and of the session; returns at once. */
public interface SessionEvents {

    /**
     * The connection is up and all topics are subscribed to.
     *
     * @param sessionPresent whether the broker had kept the session
     */
    void up(boolean sessionPresent);

    /** A message arrived. */
    void received(Delivery delivery);

    /**
     * The connection ended, or could not be made.
     *
     * @param wasUp whether it was up before
     * @param message why, and what to do about it, one line
     */
    void down(boolean wasUp, LinkTrouble trouble, String message);
}
