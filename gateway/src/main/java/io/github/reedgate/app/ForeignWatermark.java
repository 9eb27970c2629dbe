package io.github.reedgate.app;

import io.github.reedgate.delivery.Watermark;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.WatermarkOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * A value on the watermark's topic that no gateway can have published: another client writes there. Immutable.
 *
 * @param time when the broker sent it
 * @param reason the value, the topic and what to do about it, for people
 */
record ForeignWatermark(Instant time, String reason) {

    /** The name under which the store holds {@link #text} of the last one. */
    static final String NOTE = "foreign_watermark";

    /**
     * The reason, if the broker's answer is such a value.
     *
     * @param answer what the broker remembers
     * @param warning what the gateway logs about a number, if anything
     */
    static Optional<String> reason(LinkEvent.Watermark answer, Optional<String> warning) {
        if (answer.outcome() == WatermarkOutcome.MALFORMED) {
            return Optional.of(answer.message());
        }
        return answer.seq().orElse(0) > Watermark.MOST_BELIEVED ? warning : Optional.empty();
    }

    /** Time and reason on one line. */
    String text() {
        return time + " " + reason;
    }
}
