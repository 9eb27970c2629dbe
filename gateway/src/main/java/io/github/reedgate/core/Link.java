package io.github.reedgate.core;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the connection to the broker. Immutable.
 *
 * @param lostNanos when it was lost, or null while there is one or was none yet
 * @param reconnects how often it came back
 * @param server what a home server sent over it
 * @param numbers what the broker has said of event numbers
 */
public record Link(@Nullable Long lostNanos, long reconnects, HomeServer server, BrokerNumbers numbers) {

    static final Link NONE_YET = new Link(null, 0, HomeServer.NONE_YET, BrokerNumbers.NONE_YET);

    /** It is lost; whoever comes back to the broker with the gateway gets everything anyway. */
    Link lostAt(long atNanos) {
        return new Link(atNanos, reconnects, server.refreshingAt(null), numbers);
    }

    Link back() {
        return new Link(null, reconnects + 1, server, numbers);
    }

    Link withServer(HomeServer changed) {
        return new Link(lostNanos, reconnects, changed, numbers);
    }

    Link withNumbers(BrokerNumbers changed) {
        return new Link(lostNanos, reconnects, server, changed);
    }
}
