package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelSettings.Downtime;
import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The alarm panel of a gateway that is cut off and started again, contacts, debouncing and all. */
class PanelRestartTest {

    private static final long SEED = 20_261_123L;
    private static final int HISTORIES = 300;
    private static final Duration LONGEST_START = Duration.ofMillis(1_100);
    private static final List<Sensor> SENSORS = List.of(
            CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER),
            CoreRig.sensor(2, SensorType.WINDOW, Sensor.AlarmPolicy.NEVER));

    private static PanelSettings settings(Downtime downtime, AtBoot atBoot) {
        Set<AlarmMode> all = EnumSet.allOf(AlarmMode.class);
        PanelSettings.Delays delays = new PanelSettings.Delays(Duration.ofSeconds(30), Duration.ofSeconds(20));
        return new PanelSettings(
                List.of(
                        new PanelSensor("s1", all, Reaction.DELAYED, PanelSensor.Bypass.NEVER, false),
                        new PanelSensor("s2", all, Reaction.INSTANT, PanelSensor.Bypass.ASKED, false)),
                Map.of(AlarmMode.AWAY, delays),
                Duration.ofMinutes(3),
                PanelSettings.After.REARM,
                Duration.ofMinutes(5),
                new PanelSettings.Restart(downtime, atBoot));
    }

    /** What is on disk when the power goes. */
    private static GatewaySnapshot kept(CoreRig rig) {
        return rig.stored();
    }

    private static CoreRig restarted(GatewaySnapshot kept, PanelSettings settings, Position... positions) {
        Before before = new Before(Map.of(), null, false, kept);
        CoreRig rig = new CoreRig(SENSORS, new StartFacts(4, 1_000, LastStop.UNCLEAN, 0, 43, before), settings);
        for (int i = 0; i < positions.length; i++) {
            rig.moveSilently(i, positions[i]);
        }
        rig.start();
        return rig;
    }

    private static CoreRig armedAway(PanelSettings settings) {
        CoreRig rig = new CoreRig(SENSORS, CoreRig.FACTS, settings);
        rig.start();
        rig.pass(Duration.ofSeconds(2));
        rig.step(new Input.ClockChecked(true));
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 1));
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        return rig;
    }

    @Test
    void armedPanelComesBackArmedBeforeAnySensorIsRead() {
        PanelSettings settings = settings(Downtime.COUNTS, AtBoot.NOTIFY);
        CoreRig rig = restarted(kept(armedAway(settings)), settings, Position.CLOSED, Position.CLOSED);

        assertThat(rig.told().stream().filter(told -> told.startsWith("panel/state")))
                .containsExactly("panel/state=armed_away");
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        assertThat(rig.eventTypes()).containsExactly("started");
    }

    @Test
    void windowFoundOpenIsToldAndRaisesNoAlarm() {
        PanelSettings settings = settings(Downtime.COUNTS, AtBoot.NOTIFY);
        CoreRig rig = restarted(kept(armedAway(settings)), settings, Position.CLOSED, Position.OPEN);
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.eventTypes()).containsExactlyInAnyOrder("started", "found_open");
        assertThat(rig.last("alarm")).startsWith("Sensor 2 found open while armed away: no alarm raised");
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
    }

    @Test
    void windowFoundOpenRaisesTheAlarmIfSoChosen() {
        PanelSettings settings = settings(Downtime.COUNTS, AtBoot.ALARM);
        CoreRig rig = restarted(kept(armedAway(settings)), settings, Position.CLOSED, Position.OPEN);
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.last("panel/state")).isEqualTo("triggered");
    }

    @Test
    void timeSpentDeadIsTakenFromTheEntryDelayOnceTheClockIsKnownToBeRight() {
        PanelSettings settings = settings(Downtime.COUNTS, AtBoot.NOTIFY);
        CoreRig armed = armedAway(settings);
        armed.move(0, Position.OPEN);
        armed.pass(Duration.ofSeconds(1));
        CoreRig rig = restarted(kept(armed), settings, Position.OPEN, Position.CLOSED);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.last("panel/state")).isEqualTo("pending");

        rig.setClock(Duration.ofHours(1));
        rig.step(new Input.ClockChecked(true));

        assertThat(rig.last("panel/state")).isEqualTo("triggered");
        assertThat(rig.eventTypes().stream().filter("triggered"::equals)).hasSize(1);
    }

    @Test
    void runningDelayIsKeptEveryFewSeconds() {
        PanelSettings settings = settings(Downtime.PAUSES, AtBoot.NOTIFY);
        CoreRig armed = armedAway(settings);
        armed.move(0, Position.OPEN);
        armed.pass(Duration.ofSeconds(19));
        CoreRig rig = restarted(kept(armed), settings, Position.OPEN, Position.CLOSED);

        rig.pass(Panel.REFRESH.plusSeconds(1));

        assertThat(rig.last("panel/state")).isEqualTo("triggered");
    }

    @Test
    void cutOffAfterAnyStepNothingIsDisarmedAndNothingRaised() {
        Random random = new Random(SEED);
        PanelSettings settings = settings(Downtime.PAUSES, AtBoot.NOTIFY);
        for (int history = 0; history < HISTORIES; history++) {
            CoreRig rig = new CoreRig(SENSORS, CoreRig.FACTS, settings);
            rig.start();
            rig.pass(Duration.ofSeconds(2));
            Position[] truth = {Position.CLOSED, Position.CLOSED};
            for (int step = 0; step < 12; step++) {
                act(rig, random, truth);
                check("seed " + SEED + ", history " + history + ", step " + step, rig, settings, truth);
            }
        }
    }

    /** Waits are short enough to end within a contact's quiet time, and long enough to end every delay. */
    private static void act(CoreRig rig, Random random, Position[] truth) {
        switch (random.nextInt(6)) {
            case 0 -> rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 1));
            case 1 -> rig.step(new Input.PanelCommanded(new PanelCommand.Disarm("anna"), 1));
            case 2 -> rig.pass(Duration.ofSeconds(31));
            case 3 -> rig.pass(Duration.ofMillis(random.nextInt(300)));
            default -> {
                int sensor = random.nextInt(truth.length);
                truth[sensor] = truth[sensor].other();
                rig.move(sensor, truth[sensor]);
            }
        }
    }

    private static void check(String where, CoreRig rig, PanelSettings settings, Position... truth) {
        GatewaySnapshot kept = kept(rig);
        PanelState state = kept.panel() == null ? null : kept.panel().state();
        String before = state == null ? "disarmed" : state.state().word();
        Long left = state == null ? null : state.deadlineNanos();
        boolean endsSoon = left != null && left <= LONGEST_START.toNanos();
        CoreRig other = restarted(kept, settings, truth);
        other.pass(LONGEST_START);

        if (!endsSoon) {
            assertThat(other.last("panel/state")).as(where).isEqualTo(before);
            assertThat(other.eventTypes())
                    .as(where)
                    .doesNotContain("triggered", "pending", "disarmed", "arm_refused", "armed");
        }
    }
}
