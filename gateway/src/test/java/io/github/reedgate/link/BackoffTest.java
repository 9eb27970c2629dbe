package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calculates waits with given random numbers; 0.5 is the middle of the spread. */
class BackoffTest {

    private static final double ALMOST_ONE = Math.nextDown(1.0);

    private final Backoff backoff = new Backoff(BrokerSettings.Timing.DEFAULT);

    @ParameterizedTest
    @CsvSource({"1,500", "2,1000", "3,2000", "4,4000", "5,8000", "6,15000", "7,15000", "2147483647,15000"})
    void doublesFromTheFirstWaitUpToTheCap(int failures, long expectedMillis) {
        assertThat(backoff.next(failures, LinkTrouble.NETWORK, 0.5)).isEqualTo(Duration.ofMillis(expectedMillis));
    }

    @Test
    void spreadsEachWaitByAQuarterToEitherSide() {
        assertThat(backoff.next(1, LinkTrouble.NETWORK, 0)).isEqualTo(Duration.ofMillis(375));
        assertThat(backoff.next(1, LinkTrouble.NETWORK, ALMOST_ONE))
                .isBetween(Duration.ofNanos(624_999_990), Duration.ofMillis(625));
        assertThat(backoff.next(1, LinkTrouble.UNREADABLE, 0)).isEqualTo(Duration.ofMillis(375));
        assertThat(backoff.next(20, LinkTrouble.NO_ANSWER, 0)).isEqualTo(Duration.ofMillis(11_250));
        assertThat(backoff.next(20, LinkTrouble.NO_ANSWER, ALMOST_ONE))
                .isBetween(Duration.ofMillis(18_749), Duration.ofMillis(18_750));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NETWORK", "NO_ANSWER", "UNREADABLE", "STOPPED"})
    void waitsLongFromTheStartWhereSomebodyHasToMendIt(LinkTrouble trouble) {
        assertThat(backoff.next(1, trouble, 0.5)).isEqualTo(Duration.ofSeconds(60));
        assertThat(backoff.next(9, trouble, 0)).isEqualTo(Duration.ofSeconds(45));
        assertThat(backoff.next(9, trouble, ALMOST_ONE)).isBetween(Duration.ofMillis(74_999), Duration.ofSeconds(75));
    }

    @Test
    void firstWaitAboveTheCapIsCut() {
        Backoff odd = new Backoff(new BrokerSettings.Timing(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(9),
                Duration.ofSeconds(4),
                Duration.ofSeconds(1)));
        assertThat(odd.next(1, LinkTrouble.NETWORK, 0.5)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void capOfYearsDoesNotOverflow() {
        Backoff slow = new Backoff(new BrokerSettings.Timing(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofDays(30_000),
                Duration.ofDays(80_000),
                Duration.ofSeconds(1)));
        assertThat(slow.next(50, LinkTrouble.NETWORK, 0.5)).isEqualTo(Duration.ofDays(80_000));
    }

    @Test
    void refusesToCountFromZero() {
        assertThatThrownBy(() -> backoff.next(0, LinkTrouble.NETWORK, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("failures is 0, expected 1 or more");
    }
}
