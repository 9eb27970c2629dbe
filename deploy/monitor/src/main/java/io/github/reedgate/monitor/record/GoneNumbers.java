package io.github.reedgate.monitor.record;

import java.util.List;

/**
 * Numbers that a gateway was asked for and no longer has in its log, so that nobody asks for them again. Immutable.
 *
 * @param gateway id of the gateway
 * @param ranges the numbers, in order; may be empty
 */
public record GoneNumbers(String gateway, List<NumberRange> ranges) implements Item {

    private static final int FIXED_BYTES = 100;
    private static final int BYTES_OF_RANGE = 40;

    /** Copies the list. */
    public GoneNumbers {
        ranges = List.copyOf(ranges);
    }

    @Override
    public int bytes() {
        return FIXED_BYTES + BYTES_OF_RANGE * ranges.size();
    }
}
