package io.github.reedgate.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Remembers the ids of the latest messages, to tell repeats: delivery is at least once, and an id (user property {@code id})
 * never comes twice otherwise. Owned by one thread.
 */
final class SeenIds {

    private static final int MOST = 1024;
    private static final int LONGEST = 64;

    private final Set<String> seen = new LinkedHashSet<>();

    /** The message, marked as a duplicate if one with its id came before on its topic. */
    Received mark(Received message) {
        String id = String.join("", message.userProperties().getOrDefault("id", List.of()));
        if (id.isEmpty() || id.length() > LONGEST || message.flags().retained()) {
            return message;
        }
        boolean isNew = seen.add(id + " " + message.topic());
        if (seen.size() > MOST) {
            seen.remove(seen.iterator().next());
        }
        return message.withDuplicate(!isNew);
    }
}
