package io.github.reedgate.delivery;

import io.github.reedgate.message.Message;
import java.util.Optional;

/**
 * Everything there is to send: each retained topic's newest value, and what waits in the outbox. Owned by the loop thread.
 *
 * @param retained the values
 * @param waiting the outbox
 * @param receipts gets the outcome of messages
 */
record Stock(RetainedValues retained, Waiting waiting, Receipts receipts) {

    static Stock of(Outbox outbox, Message online, Receipts receipts) {
        return new Stock(new RetainedValues(online), new Waiting(outbox), receipts);
    }

    /** A message was accepted. */
    void accepted(OnTheWay.Sent sent) {
        if (sent.entryId() == 0 && retained.arrived(sent.message())) {
            receipts.emptied(sent.message().topic());
        }
        waiting.remove(sent.entryId()).ifPresent(receipts::delivered);
    }

    /** A message was refused or not answered. */
    void failed(OnTheWay.Sent sent) {
        if (sent.entryId() == 0) {
            retained.failed(sent.message());
        }
    }

    /** A message was set aside: it waits no more. */
    void giveUp(OnTheWay.Sent sent) {
        if (sent.entryId() == 0) {
            retained.setAside(sent.message());
        }
        waiting.remove(sent.entryId());
        waiting.anew();
    }

    /** The topic's value or oldest message, to be sent again; empty if nothing waits on it any more. */
    Optional<OnTheWay.Sent> again(String topic) {
        return retained.again(topic).or(() -> waiting.oldest(topic, 0));
    }
}
