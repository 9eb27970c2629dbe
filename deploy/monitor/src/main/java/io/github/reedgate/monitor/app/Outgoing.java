package io.github.reedgate.monitor.app;

import java.util.concurrent.CompletableFuture;

/** Where the supervision publishes. */
@FunctionalInterface
interface Outgoing {

    /**
     * Publishes at QoS 1; returns at once.
     *
     * @return true if the broker took it; false if it did not, or there is no connection
     */
    CompletableFuture<Boolean> publish(String topic, String payload, boolean retain);
}
