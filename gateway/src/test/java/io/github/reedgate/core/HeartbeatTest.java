package io.github.reedgate.core;

import static io.github.reedgate.contact.Position.CLOSED;
import static io.github.reedgate.contact.Position.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the core asks for a heartbeat and what it knows of it. */
class HeartbeatTest {

    private static List<StepOutput.Heartbeat> beats(CoreRig rig) {
        return rig.each(StepOutput::heartbeat);
    }

    @Test
    void firstOneComesWithTheStartAndOthersInTheirInterval() {
        CoreRig rig = CoreRig.of(CoreRig.door(17));
        rig.step(new Input.Started());
        assertThat(beats(rig)).containsExactly(new StepOutput.Heartbeat(CoreRig.START.wall(), 0, false, 0, Map.of()));

        rig.pass(CoreRig.HEARTBEAT.minusNanos(1));
        assertThat(beats(rig)).hasSize(1);
        rig.pass(Duration.ofNanos(1));
        assertThat(beats(rig)).hasSize(2);
        rig.pass(CoreRig.HEARTBEAT.multipliedBy(10));
        assertThat(beats(rig)).hasSize(12);
        assertThat(beats(rig).get(11))
                .isEqualTo(new StepOutput.Heartbeat(
                        CoreRig.START.plus(Duration.ofMinutes(11)).wall(), 660, false, 0, Map.of()));
    }

    @Test
    void eachConnectBringsOneAtOnceAndTheIntervalBeginsAnew() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.pass(Duration.ofSeconds(50));
        rig.step(new Input.LinkUp());
        assertThat(beats(rig)).hasSize(1);
        rig.pass(CoreRig.HEARTBEAT.minusNanos(1));
        assertThat(beats(rig)).hasSize(1);
        rig.pass(Duration.ofNanos(1));
        assertThat(beats(rig)).hasSize(2);
    }

    @Test
    void itTellsOfTheClockAndCountsConnectionsThatCameBack() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.step(new Input.ClockChecked(true));
        rig.step(new Input.LinkUp());
        for (int i = 0; i < 3; i++) {
            rig.step(new Input.LinkLost("gone"));
            rig.step(new Input.LinkLost("gone still"));
            rig.step(new Input.LinkUp());
        }

        assertThat(beats(rig)).extracting(StepOutput.Heartbeat::reconnects).containsExactly(0L, 1L, 2L, 3L);
        assertThat(beats(rig)).allMatch(StepOutput.Heartbeat::clockSynced);
    }

    @Test
    void itGoesOnWhileALineIsUnreadableOrNeverRests() {
        CoreRig rig = CoreRig.of(CoreRig.door(17), CoreRig.door(27)).started();
        rig.breakLine(0, "gone");
        for (int i = 0; i < 6_000; i++) {
            rig.move(1, i % 2 == 0 ? OPEN : CLOSED);
            rig.pass(Duration.ofMillis(10));
        }
        assertThat(beats(rig)).hasSize(1);
    }

    @Test
    void alarmThatIsDueWithAHeartbeatGoesFirst() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.pass(CoreRig.HEARTBEAT.minusSeconds(2).minusMillis(30));
        rig.forget();
        rig.move(0, OPEN);
        rig.pass(Duration.ofMillis(30));

        assertThat(beats(rig)).isNotEmpty();
        assertThat(rig.told()).first().asString().startsWith("alarm=");
    }
}
