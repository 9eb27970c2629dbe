package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.AlarmState;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A second line that guards a contact's cable. */
class TamperLoopStageTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int DOOR = 0;
    private static final int LOOP = 1;

    private static Sensor door(TamperLoop.Kind kind) {
        return CoreRig.guarded(1, kind, Sensor.AlarmPolicy.ALWAYS);
    }

    private static PanelSettings panel(AtBoot atBoot) {
        Set<AlarmMode> all = EnumSet.allOf(AlarmMode.class);
        PanelSettings.Delays delays = new PanelSettings.Delays(Duration.ofSeconds(30), Duration.ofSeconds(20));
        return new PanelSettings(
                List.of(
                        new PanelSensor("s1", all, Reaction.DELAYED, PanelSensor.Bypass.ASKED, false),
                        new PanelSensor("s1.tamper", Set.of(), Reaction.ALWAYS, PanelSensor.Bypass.ASKED, false)),
                Map.of(AlarmMode.AWAY, delays),
                Duration.ofMinutes(3),
                PanelSettings.After.REARM,
                Duration.ZERO,
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, atBoot));
    }

    private static CoreRig withPanel() {
        return new CoreRig(
                        List.of(CoreRig.guarded(1, TamperLoop.Kind.PAIR, Sensor.AlarmPolicy.NEVER)),
                        CoreRig.FACTS,
                        panel(AtBoot.NOTIFY))
                .started();
    }

    private static String tamper(CoreRig rig) {
        return String.valueOf(CoreRig.json(rig.last("s1/detail")).get("tamper"));
    }

    @Test
    void wholePairIsNotToldOfAndTheDoorIsTold() {
        CoreRig rig = new CoreRig(GatewaySettings.Watch.DEFAULT, List.of(door(TamperLoop.Kind.PAIR)));
        rig.start();
        assertThat(tamper(rig)).isEqualTo("unknown");
        rig.pass(SECOND.multipliedBy(2));
        assertThat(tamper(rig)).isEqualTo("ok");

        rig.move(DOOR, Position.OPEN);
        rig.pass(SECOND);

        assertThat(rig.eventTypes()).containsExactly("started", "opened");
    }

    @Test
    void cutPairIsToldOnceAndTheDoorGoesOnCounting() {
        CoreRig rig = CoreRig.of(door(TamperLoop.Kind.PAIR)).started();
        rig.move(LOOP, Position.OPEN);
        rig.pass(Duration.ofMillis(400));

        assertThat(rig.last("alarm")).startsWith("Sensor 1 tampered with: cable cut or housing opened");
        assertThat(tamper(rig)).isEqualTo("cut");
        rig.move(DOOR, Position.OPEN);
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.eventTypes()).containsExactly("tampered", "opened");
        assertThat(rig.events().get(0)).containsEntry("tamper", "cut").containsEntry("state", "closed");
        assertThat(rig.last("s1/state")).isEqualTo("open");

        rig.move(LOOP, Position.CLOSED);
        rig.pass(SECOND.multipliedBy(5));
        assertThat(tamper(rig)).isEqualTo("cut");
        rig.pass(SECOND.multipliedBy(6));
        assertThat(tamper(rig)).isEqualTo("ok");
        assertThat(rig.eventTypes()).containsExactly("tampered", "opened", "tamper_cleared");
    }

    @Test
    void cutWithoutAnEdgeIsFoundByReading() {
        CoreRig rig = CoreRig.of(door(TamperLoop.Kind.PAIR)).started();
        rig.moveSilently(LOOP, Position.OPEN);
        rig.pass(Duration.ofMillis(400));

        assertThat(rig.eventTypes()).containsExactly("tampered");
    }

    @Test
    void pulseOfAPairIsNoTampering() {
        CoreRig rig = CoreRig.of(door(TamperLoop.Kind.PAIR)).started();
        rig.move(LOOP, Position.OPEN);
        rig.pass(Duration.ofMillis(10));
        rig.move(LOOP, Position.CLOSED);
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.eventTypes()).isEmpty();
    }

    @Test
    void looseWireIsToldAFewTimesAMinuteAtMost() {
        CoreRig rig = CoreRig.of(door(TamperLoop.Kind.PAIR)).started();
        for (int i = 0; i < 120; i++) {
            rig.move(LOOP, i % 2 == 0 ? Position.OPEN : Position.CLOSED);
            rig.pass(Duration.ofMillis(500));
        }

        assertThat(rig.eventTypes()).containsExactly("tampered");
    }

    @Test
    void secondLineThatCannotBeReadIsAFaultAndNoTampering() {
        CoreRig rig = CoreRig.of(door(TamperLoop.Kind.PAIR)).started();
        rig.breakLine(LOOP, "line 21 is busy");
        rig.pass(SECOND);

        assertThat(rig.eventTypes()).containsExactly("sensor_fault");
        assertThat((String) rig.events().get(0).get("message"))
                .contains("second line")
                .contains("line 21 is busy");
        assertThat(tamper(rig)).isEqualTo("unknown");
        rig.move(DOOR, Position.OPEN);
        rig.breakLine(LOOP, "");
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.eventTypes()).containsExactly("sensor_fault", "opened", "sensor_ok");
        assertThat(tamper(rig)).isEqualTo("ok");
    }

    @Test
    void cutPairRaisesTheAlarmOnceWhileDisarmedAndStandsInTheWayOfArming() {
        CoreRig rig = withPanel();
        rig.move(LOOP, Position.OPEN);
        rig.pass(SECOND);

        assertThat(rig.last("panel/state")).isEqualTo("triggered");
        assertThat(rig.last("alarm")).startsWith("Sensor 1 tampered with while disarmed");
        rig.step(new Input.PanelCommanded(new PanelCommand.Disarm("anna"), 1));
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 2));
        assertThat(rig.last("panel/state")).isEqualTo("disarmed");
        assertThat(rig.events().get(rig.events().size() - 1))
                .containsEntry("event_type", "arm_refused")
                .containsEntry("message", "Not armed away: Sensor 1 tampered with")
                .containsEntry("sensors", List.of("s1.tamper"));
        assertThat(CoreRig.json(rig.last("panel/detail"))).containsEntry("open", List.of("s1.tamper"));

        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of("s1.tamper"), "anna"), 3));
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.eventTypes().stream().filter("triggered"::equals)).hasSize(1);
    }

    @Test
    void panelCanBeArmedAgainOnceTheSecondLineCanBeReadAgain() {
        CoreRig rig = withPanel();
        rig.breakLine(LOOP, "line 21 is busy");
        rig.pass(SECOND);
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 1));
        assertThat(rig.eventTypes()).contains("arm_refused");
        rig.breakLine(LOOP, "");
        rig.pass(SECOND);
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 2));

        assertThat(rig.last("panel/state")).isEqualTo("arming");
    }

    @Test
    void lineThatFailsWhileTheEndOfTamperingIsAwaitedLeavesNothingDue() {
        CoreRig rig = CoreRig.of(door(TamperLoop.Kind.PAIR)).started();
        rig.move(LOOP, Position.OPEN);
        rig.pass(SECOND);
        rig.move(LOOP, Position.CLOSED);
        rig.pass(SECOND);
        rig.breakLine(LOOP, "line 21 is busy");
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.core().deadlineNanos(rig.state()) - rig.now().monotonicNanos())
                .isPositive();
        assertThat(tamper(rig)).isEqualTo("unknown");
        rig.breakLine(LOOP, "");
        rig.pass(Duration.ofMinutes(1));
        assertThat(tamper(rig)).isEqualTo("ok");
    }

    @Test
    void changeoverThatMovesIsADoorThatMoves() {
        CoreRig rig = CoreRig.of(door(TamperLoop.Kind.CHANGEOVER)).started();
        for (Position position : new Position[] {Position.OPEN, Position.CLOSED}) {
            rig.move(DOOR, position);
            rig.pass(Duration.ofMillis(40));
            rig.move(LOOP, position);
            rig.pass(Duration.ofMinutes(1));
        }

        assertThat(rig.eventTypes()).containsExactly("opened", "closed");
        assertThat(tamper(rig)).isEqualTo("ok");
    }

    @Test
    void changeoverWithBothCircuitsOpenIsACutCableAndItsDoorUnknown() {
        CoreRig rig = CoreRig.of(door(TamperLoop.Kind.CHANGEOVER)).started();
        rig.move(DOOR, Position.OPEN);
        rig.pass(Duration.ofMillis(400));

        assertThat(rig.eventTypes()).containsExactly("opened", "tampered", "sensor_fault");
        assertThat(rig.last("s1/state")).isEqualTo("unknown");
        assertThat(tamper(rig)).isEqualTo("cut");
        assertThat(CoreRig.json(rig.last("s1/detail"))).containsEntry("health", "fault");
        rig.move(DOOR, Position.CLOSED);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.last("s1/state")).isEqualTo("closed");
        assertThat(rig.eventTypes())
                .containsExactly("opened", "tampered", "sensor_fault", "tamper_cleared", "closed", "sensor_ok");
    }

    @Test
    void changeoverWithBothCircuitsClosedIsShortCircuited() {
        CoreRig rig = CoreRig.of(door(TamperLoop.Kind.CHANGEOVER)).started();
        rig.move(LOOP, Position.OPEN);
        rig.pass(Duration.ofMillis(400));

        assertThat(rig.eventTypes()).containsExactly("tampered", "sensor_fault");
        assertThat(tamper(rig)).isEqualTo("short");
        rig.pass(Duration.ofHours(1));
        assertThat(rig.eventTypes()).containsExactly("tampered", "sensor_fault");
    }

    @Test
    void tamperingFoundAtTheStartFollowsAtBoot() {
        assertThat(foundTampered(kept(withPanel()), AtBoot.ALARM).last("panel/state"))
                .isEqualTo("triggered");
        CoreRig notified = foundTampered(kept(withPanel()), AtBoot.NOTIFY);
        assertThat(notified.last("panel/state")).isEqualTo("disarmed");
        assertThat(notified.eventTypes()).containsExactlyInAnyOrder("started", "tampered", "found_open");
        assertThat(notified.last("alarm")).startsWith("Sensor 1 found tampered with while disarmed: no alarm raised");
    }

    @Test
    void noMomentOfAPowerCutMakesAFalseAlarmOrASecondOne() {
        Random random = new Random(2026);
        for (int history = 0; history < 200; history++) {
            CoreRig rig = withPanel();
            boolean cut = false;
            for (int i = 0; i < 6; i++) {
                if (random.nextInt(4) == 0) {
                    cut = !cut;
                    rig.move(LOOP, cut ? Position.OPEN : Position.CLOSED);
                }
                rig.pass(Duration.ofMillis(random.nextInt(15_000)));
                boolean wasTold = panelOf(rig).state() == AlarmState.TRIGGERED;
                CoreRig after = restarted(kept(rig), AtBoot.ALARM, cut ? Position.OPEN : Position.CLOSED);
                after.pass(SECOND.multipliedBy(2));
                assertThat(after.last("panel/state")).isEqualTo(wasTold || cut ? "triggered" : "disarmed");
                assertThat(after.eventTypes().stream().filter("triggered"::equals))
                        .hasSize(wasTold || !cut ? 0 : 1);
                if (wasTold) {
                    break;
                }
            }
        }
    }

    /** What is on disk when the power goes. */
    private static GatewaySnapshot kept(CoreRig rig) {
        return Snapshots.ofPanel(panel(AtBoot.NOTIFY), panelOf(rig), rig.now(), false);
    }

    private static PanelState panelOf(CoreRig rig) {
        return Objects.requireNonNull(rig.state().panel()).state();
    }

    private static CoreRig foundTampered(GatewaySnapshot kept, AtBoot atBoot) {
        CoreRig rig = restarted(kept, atBoot, Position.OPEN);
        rig.pass(SECOND.multipliedBy(2));
        return rig;
    }

    private static CoreRig restarted(GatewaySnapshot kept, AtBoot atBoot, Position loop) {
        Before before = new Before(Map.of(), null, false, kept);
        CoreRig rig = new CoreRig(
                List.of(CoreRig.guarded(1, TamperLoop.Kind.PAIR, Sensor.AlarmPolicy.NEVER)),
                new StartFacts(4, 1_000, LastStop.UNCLEAN, 0, 43, before),
                panel(atBoot));
        rig.moveSilently(LOOP, loop);
        rig.start();
        return rig;
    }
}
