package io.github.reedgate.monitor.link;

/** What the broker said to a message at QoS 1. */
public enum Sent {
    /** It took the message. It may say so although nobody subscribes to the topic. */
    TAKEN,
    /** It took the message, but nobody subscribes to the topic. */
    UNSUBSCRIBED,
    /** It refused the message, or there is no connection. */
    FAILED
}
