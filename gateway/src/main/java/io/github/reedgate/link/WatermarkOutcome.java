package io.github.reedgate.link;

/** What became of the question which watermark a broker remembers. */
public enum WatermarkOutcome {
    /** It remembers a number. */
    KNOWN,
    /** It remembers none, or does not show it to this user, which some brokers do not tell apart. */
    NONE,
    /** It refuses the subscription: this user may not read the topic. */
    REFUSED,
    /** It did not answer in time, or was not asked because it broke off the last connections when it was. */
    NO_ANSWER,
    /** What it remembers is no number of an event: somebody else publishes on the topic. */
    MALFORMED
}
