package io.github.reedgate.monitor.record;

import java.util.OptionalLong;

/**
 * The present value of a retained topic. Immutable.
 *
 * @param topic the topic
 * @param gateway id of the gateway
 * @param name the topic below the gateway's root, such as {@code panel/state}
 * @param payload its text; empty if the topic was cleared
 * @param receivedMillis when it arrived here, in milliseconds since 1970
 */
public record PresentValue(String topic, String gateway, String name, String payload, long receivedMillis)
        implements Item {

    /** The topic below the root that says up to which number the broker has all events. */
    public static final String WATERMARK = "diagnostics/watermark";

    private static final int FIXED_BYTES = 200;

    /** The number up to which the broker has all events, if this is the topic that says so. */
    public OptionalLong watermark() {
        return name.equals(WATERMARK) && !payload.isEmpty()
                ? OptionalLong.of(Long.parseLong(payload))
                : OptionalLong.empty();
    }

    @Override
    public int bytes() {
        return FIXED_BYTES + 2 * (topic.length() + payload.length());
    }
}
