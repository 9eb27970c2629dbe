package io.github.reedgate.monitor.heal;

/** Where requests for logs are sent. */
@FunctionalInterface
public interface LogAsking {

    /**
     * Sends a request at QoS 1, not retained; returns at once.
     *
     * @param topic the gateway's topic for requests
     * @param ask range and correlation data
     * @param responseTopic where the answer is to go
     * @param unsent called once, by any thread, if the broker does not take it
     */
    void send(String topic, LogAsk ask, String responseTopic, Runnable unsent);
}
