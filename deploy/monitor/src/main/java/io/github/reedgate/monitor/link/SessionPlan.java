package io.github.reedgate.monitor.link;

import io.github.reedgate.link.BrokerSettings;
import java.time.Duration;
import java.util.List;

/**
 * What the session with the broker is to be. Immutable.
 *
 * @param settings where the broker is and who to be there
 * @param filters topic filters to subscribe to, at QoS 1
 * @param expiry how long the broker keeps the session while nobody is connected
 * @param availability the topic that says whether the monitor is connected, retained
 */
public record SessionPlan(BrokerSettings settings, List<String> filters, Duration expiry, String availability) {

    /** Copies the list. */
    public SessionPlan {
        filters = List.copyOf(filters);
    }
}
