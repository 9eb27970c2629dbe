package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import io.github.reedgate.core.GatewaySettings.Watch;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that the broker's watermark proves to be used already. */
class NumbersTest {

    private static final long NOW = CoreRig.START.wall().toEpochMilli();

    private static CoreRig rig(StartFacts facts, Instant wall) {
        return new CoreRig(Watch.DEFAULT, CoreRig.doors(1), facts, new Timestamp(CoreRig.START.monotonicNanos(), wall));
    }

    /** One that numbered {@code started} as 100 and {@code opened} as 101. */
    private static CoreRig opened() {
        CoreRig rig = rig(CoreRig.FACTS, CoreRig.START.wall());
        rig.start();
        rig.pass(Duration.ofSeconds(2));
        rig.move(0, Position.OPEN);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.state().nextSeq()).isEqualTo(102);
        rig.forget();
        return rig;
    }

    private static List<StepOutput.Renumbering> renumberings(CoreRig rig) {
        return rig.each(StepOutput::renumbering);
    }

    @Test
    void whatTheBrokerHasNotAcknowledgedIsNumberedAnewAndSoIsWhatFollows() {
        CoreRig rig = opened();
        rig.step(new Input.BrokerRemembers(100, 99, 100));
        assertThat(renumberings(rig)).hasSize(1);
        StepOutput.Renumbering renumber = renumberings(rig).get(0);
        assertThat(renumber.fromSeq()).isEqualTo(100);
        assertThat(renumber.toSeq()).isEqualTo(101);
        long first = 100 + renumber.by();
        assertThat(first).isGreaterThan(NOW);
        assertThat(rig.events()).singleElement().satisfies(event -> {
            assertThat(event)
                    .containsEntry("event_type", "numbers_skipped")
                    .containsEntry("reason", "restored")
                    .containsEntry("sent", 99)
                    .containsEntry("seq", first + 2)
                    .containsEntry("skipped", Map.of("from", 101, "to", first - 1));
        });
        assertThat(rig.last("s0/detail")).contains("\"seq\":" + (first + 1) + ",");
        assertThat(rig.state().nextSeq()).isEqualTo(first + 3);
    }

    @Test
    void whatIsAcknowledgedKeepsItsNumber() {
        CoreRig rig = opened();
        rig.step(new Input.BrokerRemembers(5_000, 101, 102));
        assertThat(renumberings(rig)).isEmpty();
        assertThat(rig.eventTypes()).containsExactly("numbers_skipped");
        assertThat(rig.messages()).noneMatch(message -> message.topic().endsWith("/detail"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 99, 101, NumbersStage.MOST_BELIEVED + 1, Long.MAX_VALUE})
    void numberThatIsNoneOfOthersOrCantBeChangesNothing(long remembered) {
        CoreRig rig = opened();
        rig.move(0, Position.CLOSED);
        rig.pass(Duration.ofSeconds(1));
        rig.forget();
        rig.step(new Input.BrokerRemembers(remembered, 101, 102));
        assertThat(rig.outputs()).isEmpty();
        assertThat(rig.state().nextSeq()).isEqualTo(103);
    }

    @ParameterizedTest(name = "clock at {0}, {1} remembered")
    @CsvSource({
        "1970-01-01T00:00:10Z, 5000",
        "2026-11-22T21:14:00Z, 1800000000000",
        "2026-11-22T21:14:00Z, 1000000000000000",
        "+100000-01-01T00:00:00Z, 5000"
    })
    void numbersGoOnFarAboveWhateverTheClockSays(Instant clock, long remembered) {
        CoreRig rig = rig(CoreRig.FACTS, clock);
        rig.start();
        rig.step(new Input.BrokerRemembers(remembered, 99, 100));
        assertThat(rig.state().nextSeq())
                .isGreaterThan(remembered + NumbersStage.MARGIN)
                .isGreaterThan(GatewaySettings.EARLIEST.toEpochMilli())
                .isLessThan(1L << 53);
    }

    @Test
    void skippedNumbersOfAnUncleanStopAreNotMovedAlong() {
        CoreRig rig = rig(new StartFacts(3, 2_001, LastStop.UNCLEAN, 1_000, 42), CoreRig.START.wall());
        rig.start();
        rig.pass(Duration.ofSeconds(2));
        rig.step(new Input.BrokerRemembers(5_000, 2_000, 1_001));
        assertThat(renumberings(rig))
                .singleElement()
                .satisfies(it -> assertThat(it.fromSeq()).isEqualTo(2_001));
        rig.step(new Input.BrokerRemembers(rig.state().nextSeq(), 2_001, 900));
        assertThat(renumberings(rig))
                .last()
                .satisfies(it -> assertThat(it.fromSeq()).isEqualTo(900));
    }

    @Test
    void emptyFolderIsLostAndWhoComesLaterIsAnotherGateway() {
        CoreRig rig = rig(new StartFacts(1, 1, LastStop.NONE, 0, 42), CoreRig.START.wall());
        rig.start();
        rig.pass(Duration.ofSeconds(2));
        rig.step(new Input.BrokerRemembers(7, 0, 1));
        rig.step(new Input.BrokerRemembers(rig.state().nextSeq(), 1, 1));
        assertThat(rig.events().stream().map(event -> event.get("reason"))).containsExactly(null, "lost", "cloned");
    }

    @Test
    void watermarkThatOnlyComesOnALaterConnectionIsAnotherGateways() {
        CoreRig rig = opened();
        rig.step(new Input.BrokerAsked());
        rig.step(new Input.BrokerRemembers(200, 101, 102));
        assertThat(rig.events().get(0)).containsEntry("reason", "cloned");
    }

    @Test
    void strangerHasNumbersSkippedTwelveTimesAnHourAtMost() {
        CoreRig rig = opened();
        for (int i = 0; i < 100; i++) {
            rig.step(new Input.BrokerRemembers(
                    rig.state().nextSeq() + 5, 101, rig.state().nextSeq()));
        }
        assertThat(rig.eventTypes()).hasSize(NumbersStage.MOST_JUMPS).containsOnly("numbers_skipped");
        assertThat(rig.all(StepOutput::log)).hasSize(100);
        rig.pass(NumbersStage.PERIOD);
        rig.forget();
        rig.step(new Input.BrokerRemembers(
                rig.state().nextSeq() + 5, 101, rig.state().nextSeq()));
        assertThat(rig.eventTypes()).containsExactly("numbers_skipped");
    }
}
