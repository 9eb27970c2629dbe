package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the books show a loss, a repeat and a wrong order, and show none where there is none. */
final class LedgerTest {

    private final Ledger ledger = new Ledger();

    private void event(long seq, String more) {
        ledger.take(new Arrival(
                "reedgate/home/event",
                "{\"event_type\":\"opened\",\"id\":\"id-" + seq + "\",\"seq\":" + seq + ",\"boot\":1" + more + "}",
                false,
                1,
                "application/json",
                Map.of()));
    }

    private void alarm(long seq) {
        ledger.take(new Arrival(
                "reedgate/home/alarm",
                "Door opened",
                false,
                1,
                "text/plain",
                Map.of("id", "id-" + seq, "seq", Long.toString(seq))));
    }

    @Test
    void anOrderlyRunShowsNothing() {
        event(1, "");
        event(2, "");
        event(3, "");
        alarm(1);
        alarm(3);

        assertThat(ledger.gaps()).isEmpty();
        assertThat(ledger.repeated()).isZero();
        assertThat(ledger.lateEvents()).isZero();
        assertThat(ledger.lateAlarms()).isZero();
        assertThat(ledger.contradictions()).isEmpty();
        assertThat(ledger.count("opened")).isEqualTo(3);
        assertThat(ledger.alarmIds()).containsExactly("id-1", "id-3");
    }

    @Test
    void aMissingNumberIsAGap() {
        event(1, "");
        event(3, "");

        assertThat(ledger.gaps()).containsExactly(2L);
        assertThat(ledger.without(Set.of("id-1", "id-2"))).containsExactly("id-2");
        assertThat(ledger.hasAll(Set.of("id-1", "id-2"))).isFalse();
    }

    @Test
    void declaredNumbersAreNoGap() {
        event(1, "");
        event(5, ",\"skipped\":{\"from\":2,\"to\":4}");
        event(7, "");

        assertThat(ledger.gaps()).containsExactly(6L);
    }

    @Test
    void aRepeatIsCountedAndIsNotLate() {
        event(1, "");
        event(2, "");
        event(1, "");
        alarm(2);
        alarm(2);

        assertThat(ledger.repeated()).isEqualTo(2);
        assertThat(ledger.lateEvents()).isZero();
        assertThat(ledger.size()).isEqualTo(2);
    }

    @Test
    void aLaterNumberFirstIsOutOfOrder() {
        event(2, "");
        event(1, "");
        alarm(2);
        alarm(1);

        assertThat(ledger.lateEvents()).isEqualTo(1);
        assertThat(ledger.lateAlarms()).isEqualTo(1);
        assertThat(ledger.gaps()).isEmpty();
    }

    @Test
    void aNumberUsedTwiceIsAContradiction() {
        event(1, "");
        ledger.take(new Arrival(
                "reedgate/home/event", "{\"id\":\"other\",\"seq\":1}", false, 1, "application/json", Map.of()));

        assertThat(ledger.contradictions()).hasSize(1);
    }
}
