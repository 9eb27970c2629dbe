package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.Recall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a snapshot is stored, and that it drops nothing that was stored before. */
class SnapshotStageTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final PanelSettings PANEL = new PanelSettings(
            List.of(new PanelSensor("s1", Set.of(AlarmMode.AWAY), Reaction.INSTANT, PanelSensor.Bypass.NEVER, false)),
            Map.of(AlarmMode.AWAY, new PanelSettings.Delays(Duration.ofSeconds(30), Duration.ZERO)),
            Duration.ofMinutes(3),
            PanelSettings.After.REARM,
            Duration.ofMinutes(5),
            new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));

    private static CoreRig rig(@Nullable PanelSettings panel, GatewaySnapshot stored, Recall recall) {
        CoreRig rig = new CoreRig(
                List.of(CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER)),
                CoreRig.FACTS.withBefore(new Before(Map.of(), null, false, stored, recall)),
                panel,
                List.of());
        rig.start();
        rig.pass(SECOND.multipliedBy(2));
        return rig;
    }

    /** Armed away, with the clock set. */
    private static CoreRig armed() {
        CoreRig rig = rig(PANEL, GatewaySnapshot.NOTHING, Recall.WHOLE);
        rig.step(new Input.ClockChecked(true));
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 1));
        return rig;
    }

    @Test
    void nothingNewIsStoredAtAStartThatFindsAllInOrder() {
        CoreRig armed = armed();
        armed.pass(Duration.ofMinutes(1)); // the exit delay is over
        GatewaySnapshot stored = armed.stored();
        assertThat(Objects.requireNonNull(stored.panel()).state().state().word())
                .isEqualTo("armed_away");
        assertThat(rig(PANEL, stored, Recall.WHOLE).snapshots())
                .as("with the panel")
                .isEmpty();
        assertThat(rig(null, stored, Recall.WHOLE).snapshots()).as("without").isEmpty();
    }

    @Test
    void panelThatTheConfigurationHasNoMoreStaysAsItWas() {
        GatewaySnapshot stored = armed().stored();
        CoreRig next = rig(null, Snapshots.with(stored, null), Recall.WHOLE);
        assertThat(next.stored().panel()).isEqualTo(stored.panel());
    }

    @Test
    void lossStaysALossWhileTheConfigurationHasNoPanel() {
        GatewaySnapshot lost = rig(PANEL, GatewaySnapshot.NOTHING, new Recall(false, "the disk is new"))
                .stored();
        assertThat(lost.panelLost()).isEqualTo("the disk is new");

        assertThat(rig(null, lost, new Recall(false, lost.panelLost())).snapshots())
                .isEmpty();
        CoreRig other =
                rig(null, GatewaySnapshot.NOTHING.withUnknownNonces(), new Recall(false, "the store can't be used"));
        assertThat(other.stored().panelLost())
                .as("without a panel, a store that can't be used is no lost one")
                .isEmpty();
    }

    @Test
    void noncesThatAreUnknownAreStoredAsUnknownAtOnce() {
        CoreRig rig = rig(PANEL, armed().stored().withUnknownNonces(), Recall.WHOLE);
        assertThat(rig.snapshots()).isNotEmpty();
        assertThat(rig.stored().nonces()).isNull();
        assertThat(rig.stored().panel()).isNotNull();
        rig.pass(Duration.ofMinutes(6));
        rig.step(new Input.PanelCommanded(new PanelCommand.Disarm("anna"), 2));
        assertThat(rig.stored().nonces()).as("nobody knows the time").isNull();
        rig.step(new Input.ClockChecked(true));
        rig.pass(SECOND);
        assertThat(rig.stored().nonces())
                .as("those 5 minutes are over; what has expired by now stays so")
                .isEqualTo(Long.toString(rig.now().wall().minus(SECOND).getEpochSecond()));
    }

    /** A loss that nobody has decided on does not keep what happens since from being stored. */
    @Test
    void panelThatWasStoredIsStoredOnThoughItsLossIsUndecided() {
        GatewaySnapshot armed = armed().stored();
        CoreRig rig = rig(PANEL, armed, new Recall(false, "the broker knows of a panel"));
        rig.forget();
        rig.pass(Duration.ofSeconds(40));
        assertThat(Objects.requireNonNull(rig.stored().panel()).state().state().word())
                .as("the exit delay is over")
                .isEqualTo("armed_away");
        assertThat(rig.stored().panelLost()).isEqualTo("the broker knows of a panel");
    }

    /** The power is off for three hours; somebody arms before the clock is set; it blips. Only the blip counts. */
    @Test
    void delayThatBeganWithoutAClockIsNotChargedWithAnEarlierOutage() {
        CoreRig first = armed();
        first.step(new Input.PanelCommanded(new PanelCommand.Disarm("anna"), 2));
        CoreRig second = rig(PANEL, first.stored(), Recall.WHOLE);
        second.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 3));
        GatewaySnapshot stored = second.stored();
        assertThat(Objects.requireNonNull(stored.panel()).clockSynced()).isFalse();

        second.setClock(Duration.ofHours(3));
        second.step(new Input.ClockChecked(true));
        second.pass(SECOND);
        assertThat(second.last("panel/state")).as("without a blip").isEqualTo("arming");

        CoreRig third = rig(PANEL, stored, Recall.WHOLE);
        third.setClock(Duration.ofHours(3));
        third.step(new Input.ClockChecked(true));
        third.pass(SECOND);
        assertThat(third.last("panel/state")).as("after it").isEqualTo("arming");
    }

    /** Down for a minute, started without a clock, down again: both are counted once a clock is there. */
    @Test
    void outagesAddUpUntilAClockTellsThem() {
        GatewaySnapshot first = armed().stored();
        Instant at = Objects.requireNonNull(first.panel()).at();
        CoreRig second = rig(PANEL, first, Recall.WHOLE);
        second.pass(Duration.ofSeconds(6)); // a refresh of the exit delay

        GatewaySnapshot stored = second.stored();
        assertThat(Objects.requireNonNull(stored.panel()).clockSynced()).isTrue();
        assertThat(stored.panel().at()).isBetween(at.plusSeconds(4), at.plusSeconds(9));

        CoreRig third = rig(PANEL, stored, Recall.WHOLE);
        third.setClock(Duration.between(third.now().wall(), at).plusSeconds(120)); // 8 s of it the second ran
        third.step(new Input.ClockChecked(true));
        third.pass(SECOND);
        assertThat(third.last("panel/state"))
                .as("the delay of 30 s is over long ago")
                .isEqualTo("armed_away");
    }
}
