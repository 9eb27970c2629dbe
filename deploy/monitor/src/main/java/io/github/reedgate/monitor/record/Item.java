package io.github.reedgate.monitor.record;

/** What a message is to the history. */
public sealed interface Item permits RecordedEvent, PresentValue, RejectedMessage, GoneNumbers {

    /** How much memory it takes, in bytes, roughly. */
    int bytes();
}
