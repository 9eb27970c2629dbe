package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.NumberRange;

/**
 * A request for a range of a gateway's log. Immutable.
 *
 * @param gateway id of the gateway
 * @param range the numbers, 1,000 at most
 * @param token the correlation data: random, so that nobody else can answer
 */
public record LogAsk(String gateway, NumberRange range, String token) {

    /** The payload. */
    public String payload() {
        return "{\"from\":" + range.from() + ",\"to\":" + range.to() + "}";
    }
}
