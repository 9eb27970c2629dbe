package io.github.reedgate.app;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.time.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how the connection to the broker is: since when it stands or is missing, and what failed last. Owned by the loop
 * thread; a restart forgets it.
 */
final class Standing {

    private boolean isConnected;
    private @Nullable Long sinceNanos;
    private @Nullable String failure;
    private long failureNanos;

    /** Takes an event of the connection; events of other kinds change nothing. */
    void take(LinkEvent event, long nowNanos) {
        if (event instanceof LinkEvent.Up) {
            isConnected = true;
            sinceNanos = nowNanos;
        } else if (event instanceof LinkEvent.Down down && down.trouble() != LinkTrouble.STOPPED) {
            if (down.wasUp() || sinceNanos == null) {
                sinceNanos = nowNanos;
            }
            isConnected = false;
            failure = down.message();
            failureNanos = nowNanos;
        }
    }

    /**
     * The fields {@code connected}, {@code since}, {@code last_failure} and {@code last_failure_time}. A field that is not known is
     * null: {@code since} before the first answer of the broker, the last failure if there was none since the start.
     *
     * @param now now by both clocks
     */
    Map<String, @Nullable Object> fields(Timestamp now) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("connected", isConnected);
        fields.put("since", sinceNanos == null ? null : time(now, sinceNanos));
        fields.put("last_failure", failure);
        fields.put("last_failure_time", failure == null ? null : time(now, failureNanos));
        return fields;
    }

    private static String time(Timestamp now, long nanos) {
        return ClockText.utc(now.wall().minusNanos(now.monotonicNanos() - nanos));
    }
}
