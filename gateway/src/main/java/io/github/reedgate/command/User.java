package io.github.reedgate.command;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may order something. Immutable.
 *
 * @param name as it appears in events: {@code [a-z0-9_-]{1,32}}
 * @param rights what they may do; may be empty
 * @param from they may do it from this instant on, or null for always
 * @param until they may do it before this instant, or null for ever
 */
public record User(
        String name,
        Set<Right> rights,
        @Nullable Instant from,
        @Nullable Instant until) {

    /** Copies the rights. */
    public User {
        rights = Set.copyOf(rights);
    }

    /** True if what they may do depends on the time. */
    boolean isLimited() {
        return from != null || until != null;
    }

    boolean isValidAt(Instant time) {
        return (from == null || !time.isBefore(from)) && (until == null || time.isBefore(until));
    }
}
