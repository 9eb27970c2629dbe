package io.github.reedgate.core;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A walk test: somebody moves each sensor and sees that it is noticed. While it runs the alarm panel takes no opening for an
 * alarm. Never kept on disk, so it is over after a restart. Immutable.
 *
 * @param number tells it from every other; the number of the event that told its begin
 * @param untilNanos when it is over by itself
 * @param attendedNanos when whoever asked for it was heard of last
 * @param moves what was moved so far, by the sensor's id
 * @param end why it is over, or null while it runs
 */
public record WalkTest(
        long number,
        long untilNanos,
        long attendedNanos,
        Map<String, Moves> moves,
        @Nullable End end) {

    /** None lasts longer. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** It is over if whoever asked for it is not heard of for so long. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Copies the map. */
    public WalkTest {
        moves = Map.copyOf(moves);
    }

    /**
     * How one sensor was moved.
     *
     * @param opened when it opened last, or null if it did not
     * @param closed when it closed last, or null if it did not
     */
    public record Moves(@Nullable Instant opened, @Nullable Instant closed) {

        /** It was not moved. */
        public static final Moves NONE = new Moves(null, null);

        /** True once it was moved both ways. */
        public boolean isComplete() {
            return opened != null && closed != null;
        }
    }

    /** Why it is over. */
    public enum End {
        /** Every sensor was moved. */
        FINISHED("every sensor was moved"),
        /** Whoever asked for it ended it. */
        STOPPED("it was stopped"),
        /** Whoever asked for it has gone. */
        UNATTENDED("whoever asked for it has gone"),
        /** It lasted as long as it may. */
        TIME_OVER("its time is over"),
        /** The panel is no longer disarmed. */
        ARMED("the panel is no longer disarmed"),
        /** The gateway stops. */
        STOPPING("the gateway stops");

        private final String sentence;

        End(String sentence) {
            this.sentence = sentence;
        }

        /** The word in events and answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** In words for people. */
        public String sentence() {
            return sentence;
        }
    }

    boolean isRunning() {
        return end == null;
    }

    /** When it is over if nobody is heard of, on the monotonic clock. */
    long deadlineNanos() {
        long alone = attendedNanos + PATIENCE.toNanos();
        return untilNanos - alone < 0 ? untilNanos : alone;
    }

    Moves moves(String sensor) {
        return moves.getOrDefault(sensor, Moves.NONE);
    }

    WalkTest attendedAt(long nowNanos) {
        return new WalkTest(number, untilNanos, nowNanos, moves, end);
    }

    WalkTest with(String sensor, Moves now) {
        Map<String, Moves> changed = new LinkedHashMap<>(moves);
        changed.put(sensor, now);
        return new WalkTest(number, untilNanos, attendedNanos, changed, end);
    }

    WalkTest ended(End why) {
        return new WalkTest(number, untilNanos, attendedNanos, moves, why);
    }
}
