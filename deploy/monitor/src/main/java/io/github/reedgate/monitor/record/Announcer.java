package io.github.reedgate.monitor.record;

import java.util.Map;
import java.util.TreeMap;

/**
 * Publishes the monitor's own events and the states of the gateways while there is a connection: on each connection all that
 * the broker has not acknowledged, then what is new. Owned by the recorder's thread.
 */
final class Announcer {

    /** How many own events are on their way at most. */
    private static final int MOST = 1_000;

    private final Outlet outlet;
    private final Map<String, String> states = new TreeMap<>();
    private boolean connected;
    // own events may be in the history that were not sent on this connection
    private boolean hasNews;
    private long lastSent;

    Announcer(Outlet outlet) {
        this.outlet = outlet;
    }

    /** The connection is up. */
    void connected() {
        connected = true;
        hasNews = true;
        lastSent = 0;
        states.clear();
    }

    /** The connection ended. */
    void disconnected() {
        connected = false;
    }

    /** Own events were stored, or acknowledged. */
    void changed() {
        hasNews = true;
    }

    /** Publishes what is new. */
    void publish(History history, Map<String, String> present) throws HistoryException {
        if (!connected) {
            return;
        }
        if (hasNews) {
            for (History.NumberedEvent event : history.unpublished(MOST)) {
                if (event.seq() > lastSent) {
                    lastSent = event.seq();
                    outlet.event(event);
                }
            }
            hasNews = false;
        }
        present.forEach((gateway, state) -> {
            if (!state.equals(states.put(gateway, state))) {
                outlet.state(gateway, state);
            }
        });
    }
}
