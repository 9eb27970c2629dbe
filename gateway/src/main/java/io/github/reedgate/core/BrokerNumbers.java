package io.github.reedgate.core;

/**
 * What the broker has said of this gateway's numbers since the start. Immutable.
 *
 * @param heard whether it has said anything: what it says later that was not so then came from somebody else
 * @param jumps how often numbers were skipped because of it, in the period
 * @param sinceNanos when the period began
 */
public record BrokerNumbers(boolean heard, int jumps, long sinceNanos) {

    static final BrokerNumbers NONE_YET = new BrokerNumbers(false, 0, 0);
}
