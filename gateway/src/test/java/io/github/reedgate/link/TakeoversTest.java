package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Plays ends of connections with made-up times. */
class TakeoversTest {

    /** Near the end of the monotonic clock's range, so that it wraps within the test. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    private final Takeovers takeovers = new Takeovers();

    /** A connection closed by the broker without a reason. */
    private boolean kicked(long upSecond, long endSecond) {
        return takeovers.ended(at(upSecond), at(endSecond), true);
    }

    private static long at(long second) {
        return START + Duration.ofSeconds(second).toNanos();
    }

    @Test
    void thirdShortConnectionWithinAMinuteIsSuspect() {
        assertThat(kicked(0, 1)).isFalse();
        assertThat(kicked(2, 3)).isFalse();
        assertThat(kicked(50, 61)).isTrue();
    }

    @Test
    void twoWithinAMinuteAreNot() {
        assertThat(kicked(0, 1)).isFalse();
        assertThat(kicked(2, 3)).isFalse();
        assertThat(kicked(61, 62)).isFalse();
    }

    @Test
    void connectionsThatBreakAreNotKicks() {
        for (int i = 0; i < 9; i++) {
            assertThat(takeovers.ended(at(i), at(i + 1), false)).isFalse();
        }
    }

    @Test
    void suspicionOutlastsSlowRetriesUntilAConnectionStays() {
        kicked(0, 1);
        kicked(2, 3);
        assertThat(kicked(4, 5)).isTrue();
        assertThat(kicked(65, 66)).isTrue();
        assertThat(kicked(130, 145)).isTrue();
        assertThat(kicked(200, 216)).isFalse();
        assertThat(kicked(217, 218)).isFalse();
    }

    @Test
    void aLastingConnectionForgetsWhateverItsEnd() {
        kicked(0, 1);
        kicked(2, 3);
        assertThat(takeovers.ended(at(4), at(30), false)).isFalse();
        assertThat(kicked(31, 32)).isFalse();
    }
}
