package io.github.reedgate.delivery;

import java.util.Optional;

/**
 * Everything there is to send: each retained topic's newest value, and what waits in the log and of the replies. Owned by the loop thread.
 *
 * @param retained the values
 * @param waiting alarm lines, replies and events
 * @param receipts gets the outcome of messages
 */
record Stock(RetainedValues retained, Waiting waiting, Receipts receipts) {

    static Stock of(LogReaders readers, Publisher.Rules rules, Receipts receipts) {
        return new Stock(new RetainedValues(rules.online()), new Waiting(readers, rules.messages()), receipts);
    }

    /** A message was accepted. */
    void accepted(InFlightWindow.Sent sent) {
        if (sent.number() == 0 && retained.arrived(sent.message())) {
            receipts.emptied(sent.message().topic());
        }
        waiting.done(sent).ifPresent(receipts::delivered);
    }

    /** A message was refused or not answered. */
    void failed(InFlightWindow.Sent sent) {
        if (sent.number() == 0) {
            retained.failed(sent.message());
        } else {
            waiting.failed(sent);
        }
    }

    /** A message was set aside: it waits no more. */
    void giveUp(InFlightWindow.Sent sent) {
        if (sent.number() == 0) {
            retained.setAside(sent.message());
        }
        waiting.done(sent);
        waiting.anew();
    }

    /** The topic's value or oldest message, to be sent again; empty if nothing waits on it any more. */
    Optional<InFlightWindow.Sent> again(String topic) {
        return retained.again(topic).or(() -> waiting.oldest(topic, 0));
    }
}
