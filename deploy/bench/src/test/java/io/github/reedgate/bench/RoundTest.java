package io.github.reedgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {

    private static Arrival arrival(long seq, long atNanos) {
        return new Arrival("reedgate/bench/alarm", "Front door opened", seq, atNanos);
    }

    @Test
    void latencyIsWhatIsLeftWithoutTheDebounceTime() {
        Figures figures = Round.match(
                List.of(0L, 10_000_000L),
                List.of(arrival(1, 3_000_000), arrival(5, 16_000_000)),
                Arrival::seq,
                2_000_000);
        assertThat(figures.count()).isEqualTo(2);
        assertThat(figures.medianMillis()).isEqualTo(1.0);
        assertThat(figures.maxMillis()).isEqualTo(4.0);
    }

    @Test
    void aMissingArrivalIsNotedInsteadOfMeasured() {
        assertThatThrownBy(() -> Round.match(List.of(0L, 1L), List.of(arrival(1, 5)), Arrival::seq, 0))
                .isInstanceOf(BenchException.class)
                .hasMessage("2 were sent, 1 arrived");
    }

    @Test
    void aRepeatedArrivalIsNotedInsteadOfMeasured() {
        assertThatThrownBy(() -> Round.match(List.of(0L, 1L), List.of(arrival(7, 5), arrival(7, 6)), Arrival::seq, 0))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("repeats");
    }

    @Test
    void anArrivalBeforeItCouldBeIsNotedInsteadOfMeasured() {
        assertThatThrownBy(() -> Round.match(List.of(10L), List.of(arrival(1, 11)), Arrival::seq, 2))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("before it could");
    }

    @Test
    void percentilesAreThoseOfTheNearestRank() {
        long[] nanos = new long[100];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (100 - i) * 1_000_000L;
        }
        Figures figures = new Figures(nanos);
        assertThat(figures.medianMillis()).isEqualTo(50.0);
        assertThat(figures.percentileMillis(0.9)).isEqualTo(90.0);
        assertThat(figures.p99Millis()).isEqualTo(99.0);
    }

    @Test
    void aBareMessageCarriesItsNumber() {
        assertThat(BarePublisher.text(12_345)).hasSize("Front door opened, 22:14:03".length());
        assertThat(BarePublisher.number(new Arrival("t", BarePublisher.text(12_345), -1, 0)))
                .isEqualTo(12_345);
    }
}
