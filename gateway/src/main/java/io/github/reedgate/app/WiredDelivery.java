package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.delivery.BrokerMemory;
import io.github.reedgate.delivery.LogReaders;
import io.github.reedgate.delivery.Publisher;
import io.github.reedgate.delivery.Receipts;
import io.github.reedgate.delivery.SentNumbers;
import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Payloads;
import io.github.reedgate.message.Topics;
import java.time.ZoneId;

/**
 * What goes to the broker, wired to the store. Immutable.
 *
 * @param delivery all that goes to the broker
 * @param ledger which numbers were sent
 */
record WiredDelivery(Delivery delivery, StoreLedger ledger) {

    /**
     * Wires it; called once, by the thread that starts the gateway.
     *
     * @param config the configuration
     * @param storage the log and what is stored of its delivery
     * @param numbering how this start's events are numbered
     * @param link the connection to the broker
     * @param receipts told what became of messages
     */
    static WiredDelivery of(
            Config config, DurableStorage storage, Numbering numbering, BrokerLink link, Receipts receipts) {
        Topics topics = Topics.of(config.topicPrefix(), config.gatewayId());
        Messages messages = new Messages(topics);
        long firstSeq = numbering.facts().firstSeq();
        LogReaders readers = storage.read(firstSeq);
        SentNumbers sent = new SentNumbers(link, topics.event(), storage.everSent(firstSeq));
        StoreLedger ledger = storage.ledger(sent, numbering.guard());
        Publisher.Rules rules = new Publisher.Rules(
                messages.availability(true),
                new Payloads(messages, ZoneId.systemDefault()),
                config.broker().timing().retryRefused());
        BrokerMemory memory = new BrokerMemory(storage.found().watermark(topics), link, messages, ledger);
        LogDelivery logs = LogDelivery.of(config.gatewayId(), storage.log(), link);
        Publisher publisher = new Publisher(readers, sent, rules, receipts);
        return new WiredDelivery(
                new Delivery(new Delivery.Parts(publisher, sent, memory, messages, ledger, logs)), ledger);
    }
}
