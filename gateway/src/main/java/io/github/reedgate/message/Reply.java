package io.github.reedgate.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command. Immutable.
 *
 * @param action what was ordered, or null if that can't be read
 * @param reason why it is refused, or null if it is carried out
 * @param sensors ids of the sensors that stood in the way
 */
public record Reply(@Nullable String action, @Nullable String reason, List<String> sensors) {

    /** What an answer says besides if the disk could not be written, or not in time. */
    public static final String NOT_STORED = "this is not on disk yet: a restart may forget it";

    /** Copies the list. */
    public Reply {
        sensors = List.copyOf(sensors);
    }
}
