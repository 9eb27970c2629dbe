package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.alarm.PanelState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The alarm panel between steps. Immutable.
 *
 * @param state its state
 * @param storedNanos when it was stored last
 * @param resumed the document it goes on from, until it is known for how long the gateway was down; or null
 * @param doubt what is not known of it since the start; null if nothing is in doubt
 */
public record Panel(
        PanelState state,
        long storedNanos,
        @Nullable PanelDocument resumed,
        @Nullable Doubt doubt) {

    /** How often what is left of a running delay is stored. */
    static final Duration REFRESH = Duration.ofSeconds(5);

    Panel storedAt(long nanos) {
        return new Panel(state, nanos, resumed, doubt);
    }

    /** Why its state before the start is lost, until somebody has armed or disarmed it; null if it is not. */
    public @Nullable String lost() {
        return doubt == null || !doubt.isLoud() ? null : doubt.why();
    }

    /** False while it is not known, or still asked of the broker, how the panel was before the start: then it is not stored. */
    boolean isKnown() {
        return doubt == null || !(doubt.asks() || doubt.isUnknown());
    }

    /** When it is due by itself; null if it is not. */
    @Nullable
    Long nextNanos() {
        Long next = state.nextNanos();
        Long answer = doubt == null ? null : doubt.untilNanos();
        if (answer != null && (next == null || answer - next < 0)) {
            return answer;
        }
        if (state.deadlineNanos() == null || next == null || !isKnown()) {
            return next;
        }
        long refresh = storedNanos + REFRESH.toNanos();
        return next - refresh < 0 ? next : Long.valueOf(refresh);
    }
}
