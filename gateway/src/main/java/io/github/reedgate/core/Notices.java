package io.github.reedgate.core;

import io.github.reedgate.notice.NoticeDocument;
import io.github.reedgate.notice.NoticePlan;
import org.jspecify.annotations.Nullable;

/**
 * Who is told next beside the broker. Immutable.
 *
 * @param plan the plan of the incident that nobody has acknowledged, or null
 * @param resumed the document it goes on from, until it is known for how long the gateway was down; or null
 */
public record Notices(@Nullable NoticePlan plan, @Nullable NoticeDocument resumed) {

    /** When somebody is due next, on the monotonic clock; null if nobody is. */
    @Nullable
    Long nextNanos() {
        return plan == null ? null : plan.nextNanos();
    }
}
