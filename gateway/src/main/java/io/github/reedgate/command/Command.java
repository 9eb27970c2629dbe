package io.github.reedgate.command;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order, as it was sent. Immutable.
 *
 * @param action what is to be done
 * @param code who says so, or null if nobody entered a code
 * @param bypass ids of the sensors to be left out when arming; none twice
 * @param issuedAt when it was given by the sender's clock, or null if it does not say
 * @param signed who signed it, or null if nobody did; then there is neither code nor {@code issuedAt}
 */
public record Command(
        Action action,
        @Nullable Code code,
        List<String> bypass,
        @Nullable Instant issuedAt,
        @Nullable Signed signed) {

    /** One that nobody signed. */
    public Command(Action action, @Nullable Code code, List<String> bypass, @Nullable Instant issuedAt) {
        this(action, code, bypass, issuedAt, null);
    }

    /** Copies the list. */
    public Command {
        bypass = List.copyOf(bypass);
    }
}
