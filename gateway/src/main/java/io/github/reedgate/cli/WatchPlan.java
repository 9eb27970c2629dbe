package io.github.reedgate.cli;

import io.github.reedgate.link.BrokerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code watch} is to do. Immutable.
 *
 * @param settings the broker and who to be there
 * @param filters topic filters to subscribe to with QoS 1; at least one
 * @param session how long the broker keeps a session while nobody watches; empty for a clean session each time
 * @param count how many messages to wait for; empty for no end
 * @param limit how long to watch; empty for no end
 * @param exitOnDisconnect whether to give up when there is no connection
 */
record WatchPlan(
        BrokerSettings settings,
        List<String> filters,
        Optional<Duration> session,
        OptionalLong count,
        Optional<Duration> limit,
        boolean exitOnDisconnect) {

    /** Copies the list. */
    WatchPlan {
        filters = List.copyOf(filters);
    }
}
