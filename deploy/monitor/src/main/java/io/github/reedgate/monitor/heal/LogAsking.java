package io.github.reedgate.monitor.heal;

/** Where requests for logs are sent. */
@FunctionalInterface
public interface LogAsking {

    /** Why no gateway received a request. */
    enum Reason {
        /** The broker refused it, or there is no connection. */
        NOT_SENT,
        /** The broker answers with 0x10: the gateway does not subscribe to requests, or not yet (MQTT 5, section 3.4.2.1). */
        UNSUBSCRIBED
    }

    /** Told of a request that no gateway received. */
    @FunctionalInterface
    interface Lost {

        /** Called once, by any thread; returns at once. */
        void because(Reason reason);
    }

    /**
     * Sends a request at QoS 1, not retained; returns at once.
     *
     * @param topic the gateway's topic for requests
     * @param ask range and correlation data
     * @param responseTopic where the answer is to go
     * @param lost told if no gateway received it
     */
    void send(String topic, LogAsk ask, String responseTopic, Lost lost);
}
