package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The alarm panel in the gateway: contacts set it off, and it is published. */
class PanelTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int DOOR = 0;
    private static final int WINDOW = 1;
    private static final int BOX = 2;

    private final CoreRig rig = rig();

    private static CoreRig rig() {
        List<Sensor> sensors = List.of(
                CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER),
                CoreRig.sensor(2, SensorType.WINDOW, Sensor.AlarmPolicy.NEVER),
                CoreRig.sensor(3, SensorType.TAMPER, Sensor.AlarmPolicy.NEVER));
        return new CoreRig(sensors, CoreRig.FACTS, settings()).started();
    }

    private static PanelSettings settings() {
        Set<AlarmMode> all = EnumSet.allOf(AlarmMode.class);
        PanelSettings.Delays delays = new PanelSettings.Delays(Duration.ofSeconds(30), Duration.ofSeconds(20));
        return new PanelSettings(
                List.of(
                        new PanelSensor("s1", all, Reaction.DELAYED, PanelSensor.Bypass.NEVER, false),
                        new PanelSensor("s2", all, Reaction.INSTANT, PanelSensor.Bypass.ASKED, false),
                        new PanelSensor("s3", Set.of(), Reaction.ALWAYS, PanelSensor.Bypass.NEVER, false)),
                Map.of(AlarmMode.AWAY, delays),
                Duration.ofMinutes(3),
                PanelSettings.After.REARM,
                Duration.ofMinutes(5),
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));
    }

    @Test
    void panelIsPublishedAtTheStart() {
        CoreRig fresh = new CoreRig(
                List.of(CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER)), CoreRig.FACTS, settings());

        fresh.start();

        assertThat(fresh.last("panel/state")).isEqualTo("disarmed");
        assertThat(CoreRig.json(fresh.last("panel/detail")))
                .containsEntry("since", "2026-11-22T21:14:00.000Z")
                .containsEntry("mode", null)
                .containsEntry("incident_id", null)
                .containsEntry("deadline", null);
    }

    @Test
    void burglaryIsToldAndEndsWithDisarming() {
        command(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"));
        assertThat(rig.last("panel/state")).isEqualTo("arming");
        assertThat(CoreRig.json(rig.last("panel/detail")))
                .containsEntry("mode", "away")
                .containsEntry("deadline", "2026-11-22T21:14:32.000Z");
        rig.pass(SECOND.multipliedBy(31));
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");

        rig.move(DOOR, Position.OPEN);
        rig.pass(SECOND);
        assertThat(rig.last("panel/state")).isEqualTo("pending");
        assertThat(rig.told()).noneMatch(told -> told.startsWith("alarm"));
        rig.pass(SECOND.multipliedBy(20));
        assertThat(rig.last("panel/state")).isEqualTo("triggered");
        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);
        command(new PanelCommand.Disarm("anna"));

        assertThat(rig.last("panel/state")).isEqualTo("disarmed");
        assertThat(rig.told())
                .filteredOn(told -> told.startsWith("alarm"))
                .containsExactly(
                        "alarm=Sensor 1 opened while armed away and nobody disarmed, 21:14:53 (clock not set)",
                        "alarm=Sensor 2 opened, too, while armed away, 21:14:54 (clock not set)");
        assertThat(rig.eventTypes())
                .containsExactly(
                        "arming", "armed", "opened", "pending", "triggered", "opened", "triggered", "disarmed");
        assertThat(rig.events().stream().map(event -> event.get("incident_id")).distinct())
                .as("no incident, then one")
                .hasSize(2);
    }

    @Test
    void alarmLineLeavesAheadOfTheEventsBehindIt() {
        rig.move(BOX, Position.OPEN);
        rig.pass(SECOND);

        assertThat(rig.told())
                .startsWith("alarm=Sensor 3 tampered with while disarmed, 21:14:02 (clock not set)")
                .contains("s3/state=tampered", "panel/state=triggered");
    }

    @Test
    void refusalNamesWhatIsInTheWay() {
        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);
        rig.forget();

        assertThat(command(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna")))
                .isEqualTo(new PanelAnswer.Refused(PanelAnswer.Reason.NOT_READY, List.of("s2")));

        assertThat(rig.told()).contains("alarm=Not armed away: Sensor 2 open, 21:14:03 (clock not set)");
        assertThat(rig.events().get(0))
                .containsEntry("event_type", "arm_refused")
                .containsEntry("reason", "not_ready")
                .containsEntry("sensors", List.of("s2"))
                .containsEntry("by", "anna");
    }

    @Test
    void changeOfTheModeIsToldAndSoIsThatItCouldNotBeCompleted() {
        command(new PanelCommand.Arm(AlarmMode.NIGHT, Set.of("s2"), "anna"));
        rig.forget();
        command(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"));
        assertThat(rig.last("panel/state")).isEqualTo("arming");
        assertThat(CoreRig.json(rig.last("panel/detail")))
                .containsEntry("mode", "away")
                .containsEntry("former_mode", "night");
        assertThat(rig.events().get(0))
                .containsEntry("former_mode", "night")
                .containsEntry("message", "Arming away in 30 s; armed night until then");

        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);

        assertThat(rig.last("panel/state")).isEqualTo("armed_night");
        assertThat(CoreRig.json(rig.last("panel/detail")))
                .containsEntry("mode", "night")
                .containsEntry("former_mode", null)
                .containsEntry("bypassed", List.of("s2"));
        assertThat(rig.told())
                .contains("alarm=Not armed away: Sensor 2 open; still armed night, 21:14:02 (clock not set)");
        assertThat(rig.events())
                .last()
                .satisfies(event -> assertThat(event)
                        .containsEntry("event_type", "arm_refused")
                        .containsEntry("stays", "night")
                        .containsEntry("mode", "away"));
    }

    @Test
    void sensorOfTheModeBeforeRaisesTheAlarmOfThatModeWhileItChanges() {
        command(new PanelCommand.Arm(AlarmMode.NIGHT, Set.of(), "anna"));
        command(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"));
        rig.forget();

        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);

        assertThat(rig.last("panel/state")).isEqualTo("triggered");
        assertThat(rig.told())
                .filteredOn(told -> told.startsWith("alarm"))
                .containsExactly(
                        "alarm=Sensor 2 opened while armed night, 21:14:02 (clock not set)",
                        "alarm=Not armed away: an incident is under way; disarm first; still armed night, 21:14:02"
                                + " (clock not set)");
        assertThat(rig.events())
                .filteredOn(event -> "triggered".equals(event.get("event_type")))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("mode", "night"));
    }

    @Test
    void bypassedSensorIsListedAndSetsNothingOff() {
        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);

        assertThat(command(new PanelCommand.Arm(AlarmMode.NIGHT, Set.of("s2"), "anna")))
                .isEqualTo(new PanelAnswer.Accepted());
        assertThat(CoreRig.json(rig.last("panel/detail")))
                .containsEntry("bypassed", List.of("s2"))
                .containsEntry("open", List.of("s2"))
                .containsEntry("ready", Map.of("home", false, "away", false, "night", false));
        rig.move(WINDOW, Position.CLOSED);
        rig.pass(SECOND);
        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);

        assertThat(rig.last("panel/state")).isEqualTo("armed_night");
    }

    @Test
    void withoutPanelCommandsAreRefusedAndNothingIsPublished() {
        CoreRig plain = CoreRig.of(CoreRig.door(1)).started();

        plain.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 7));

        assertThat(plain.outputs()).hasSize(1);
        assertThat(plain.messages()).isEmpty();
        assertThat(plain.all(StepOutput::answers))
                .containsExactly(new StepOutput.PanelAnswered(
                        7,
                        new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"),
                        new PanelAnswer.Refused(PanelAnswer.Reason.NO_PANEL, List.of())));
    }

    @Test
    void whatIsRememberedIsKeptInTheStepThatChangedIt() {
        command(new PanelCommand.Arm(AlarmMode.NIGHT, Set.of(), "anna"));

        assertThat(rig.snapshots()).hasSize(1);
    }

    private PanelAnswer command(PanelCommand command) {
        rig.step(new Input.PanelCommanded(command, 1));
        return rig.all(StepOutput::answers).stream()
                .map(answer -> ((StepOutput.PanelAnswered) answer).answer())
                .reduce((a, b) -> b)
                .orElseThrow();
    }
}
