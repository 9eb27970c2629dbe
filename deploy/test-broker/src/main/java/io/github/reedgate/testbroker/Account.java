package io.github.reedgate.testbroker;

import java.util.List;

/**
 * A user of the broker. Immutable.
 *
 * @param user the user name
 * @param password its password
 * @param topicFilters what it may publish and subscribe to; empty for nothing, {@code #} for everything
 */
public record Account(String user, String password, List<String> topicFilters) {

    /** Copies the list. */
    public Account {
        topicFilters = List.copyOf(topicFilters);
    }

    /** A user that may do everything. */
    public static Account unlimited(String user, String password) {
        return new Account(user, password, List.of("#"));
    }
}
