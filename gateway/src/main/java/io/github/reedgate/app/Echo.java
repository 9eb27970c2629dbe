package io.github.reedgate.app;

import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.Receipts;

/**
 * Hands on what became of messages. Used by the loop thread.
 *
 * @param requests where test alarms were asked for
 * @param memory what may be left at a broker
 * @param journal where the memory is kept
 */
record Echo(ControlRequests requests, TopicMemory memory, Journal journal) implements Receipts {

    @Override
    public void delivered(long requestId) {
        requests.delivered(requestId);
    }

    @Override
    public void emptied(String topic) {
        memory.emptied(topic, journal);
    }
}
