package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import io.github.reedgate.line.Level;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.Output.Until;
import io.github.reedgate.output.OutputType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Siren, strobe and LED follow the panel, the broker and the sensors. */
class OutputsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Set<AlarmMode> ALL = EnumSet.allOf(AlarmMode.class);
    private static final List<Sensor> SENSORS = List.of(
            CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER),
            CoreRig.sensor(2, SensorType.WINDOW, Sensor.AlarmPolicy.NEVER));
    private static final int DOOR = 0;
    private static final int WINDOW = 1;
    private static final Output SIREN = new Output("siren", OutputType.SIREN, 24, Level.HIGH, ALL, Until.SIREN_TIME);
    private static final Output STROBE =
            new Output("strobe", OutputType.STROBE, 25, Level.LOW, ALL, Until.ACKNOWLEDGED);
    private static final Output LED = new Output("led", OutputType.LED, 5, Level.HIGH, ALL, Until.ACKNOWLEDGED);

    private static PanelSettings panel() {
        PanelSettings.Delays delays = new PanelSettings.Delays(Duration.ofSeconds(30), Duration.ofSeconds(20));
        return new PanelSettings(
                List.of(
                        new PanelSensor("s1", ALL, Reaction.DELAYED, PanelSensor.Bypass.NEVER, false),
                        new PanelSensor("s2", ALL, Reaction.INSTANT, PanelSensor.Bypass.ASKED, false)),
                Map.of(AlarmMode.AWAY, delays),
                Duration.ofMinutes(3),
                PanelSettings.After.REARM,
                Duration.ofMinutes(5),
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));
    }

    private static CoreRig rig(Output... outputs) {
        return rig(CoreRig.FACTS, panel(), outputs);
    }

    private static CoreRig rig(StartFacts start, @Nullable PanelSettings panel, Output... outputs) {
        return new CoreRig(SENSORS, start, panel, List.of(outputs));
    }

    private static void arm(CoreRig rig, AlarmMode mode) {
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(mode, Set.of(), "anna"), 1));
    }

    private static CoreRig armedHome(Output... outputs) {
        CoreRig rig = rig(outputs).started();
        rig.step(new Input.LinkUp());
        arm(rig, AlarmMode.HOME);
        rig.pass(SECOND);
        rig.forget();
        return rig;
    }

    private static long millis(CoreRig rig) {
        return (rig.now().monotonicNanos() - CoreRig.START.monotonicNanos()) / 1_000_000;
    }

    @Test
    void everyOutputIsSwitchedOffAtTheStartSoThatItsLineIsTaken() {
        CoreRig rig = rig(SIREN, STROBE);
        rig.start();

        assertThat(rig.drives()).containsExactlyInAnyOrder("0: 0 off", "0: 1 off");
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.drives()).as("nothing new is nothing to be told").hasSize(2);
    }

    @Test
    void sirenSoundsWithTheAlarmAndForTheSirenTime() {
        CoreRig rig = armedHome(SIREN, STROBE);

        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);
        long opened = millis(rig) - 1_000 + 30;
        assertThat(rig.drives()).containsExactlyInAnyOrder(opened + ": 0 on", opened + ": 1 on");
        rig.forget();
        rig.pass(Duration.ofMinutes(3));
        assertThat(rig.drives()).as("the strobe goes on").containsExactly(opened + 180_000 + ": 0 off");
        rig.forget();
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.drives()).isEmpty();
        rig.step(new Input.PanelCommanded(new PanelCommand.Acknowledge("anna"), 2));
        assertThat(rig.drives()).containsExactly(millis(rig) + ": 1 off");
    }

    @Test
    void alarmAndSirenAreOfOneStep() {
        CoreRig rig = armedHome(SIREN, STROBE);

        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);

        assertThat(rig.outputs())
                .filteredOn(output -> output.outputs().stream().anyMatch(StepOutput.SwitchOutput::on))
                .as("the alarm line and both outputs are of one step, which has them done in this order")
                .anySatisfy(output -> {
                    assertThat(output.outputs()).hasSize(2);
                    assertThat(CoreRig.messages(output).get(0).topic()).endsWith("/alarm");
                });
    }

    @Test
    void disarmingSilencesEverything() {
        CoreRig rig = armedHome(SIREN, STROBE);
        rig.move(WINDOW, Position.OPEN);
        rig.pass(Duration.ofSeconds(10));
        rig.forget();

        rig.step(new Input.PanelCommanded(new PanelCommand.Disarm("anna"), 2));

        assertThat(rig.drives()).containsExactlyInAnyOrder(millis(rig) + ": 0 off", millis(rig) + ": 1 off");
    }

    @Test
    void acknowledgingSilencesEverythingUntilTheNextIncident() {
        CoreRig rig = armedHome(SIREN, STROBE);
        rig.move(WINDOW, Position.OPEN);
        rig.pass(Duration.ofSeconds(10));
        rig.forget();

        rig.step(new Input.PanelCommanded(new PanelCommand.Acknowledge("anna"), 2));
        assertThat(rig.drives()).containsExactlyInAnyOrder(millis(rig) + ": 0 off", millis(rig) + ": 1 off");
        rig.forget();
        rig.move(DOOR, Position.OPEN);
        rig.pass(Duration.ofMinutes(4));
        assertThat(rig.drives()).as("one incident is acknowledged once").isEmpty();
        rig.move(WINDOW, Position.CLOSED);
        rig.pass(SECOND);
        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);
        assertThat(rig.drives()).hasSize(2).allMatch(drive -> drive.endsWith(" on"));
    }

    @Test
    void sirenSoundsOnAfterARestartForAsLongAsThePanelRemembers() {
        CoreRig before = armedHome(SIREN);
        before.step(new Input.ClockChecked(true));
        before.move(WINDOW, Position.OPEN);
        before.pass(SECOND);
        GatewaySnapshot kept = before.stored();

        StartFacts facts = new StartFacts(4, 1_000, LastStop.UNCLEAN, 0, 43, new Before(Map.of(), null, false, kept));
        CoreRig after = rig(facts, panel(), SIREN);
        after.moveSilently(WINDOW, Position.OPEN);
        after.start();

        assertThat(after.drives()).containsExactly("0: 0 on");
        after.pass(Duration.ofMinutes(4));
        assertThat(after.drives()).containsExactly("0: 0 on", "180000: 0 off");
    }

    @Test
    void stopSwitchesEverythingOffAndItStaysOff() {
        CoreRig rig = armedHome(SIREN, STROBE, LED);
        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);
        rig.forget();

        rig.step(new Input.StopRequested());
        assertThat(rig.drives()).hasSizeGreaterThanOrEqualTo(2).allMatch(drive -> drive.endsWith(" off"));
        rig.forget();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.drives()).isEmpty();
    }

    @Test
    void ledFlashesOnTimeAndShowsWhatChanges() {
        CoreRig rig = rig(LED);
        rig.start();
        rig.step(new Input.LinkUp());
        rig.pass(Duration.ofMillis(400));
        rig.forget();

        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.drives())
                .as("one flash every three seconds: all is well")
                .hasSize(2)
                .satisfies(drives -> assertThat(drives.get(0)).endsWith(" on"))
                .satisfies(drives -> assertThat(drives.get(1)).endsWith(" off"));
        arm(rig, AlarmMode.AWAY);
        rig.forget();
        rig.pass(Duration.ofMillis(2_400));
        assertThat(rig.drives()).as("the exit delay blinks once a second").hasSize(4);
        rig.pass(Duration.ofSeconds(28));
        rig.forget();
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.drives()).as("armed is steady").isEmpty();
        rig.step(new Input.LinkLost("cable"));
        assertThat(rig.drives()).containsExactly(millis(rig) + ": 0 off");
        rig.forget();
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.drives()).as("dark twice: no broker").hasSize(4);
        rig.step(new Input.LinkUp());
        rig.forget();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.drives()).isEmpty();
    }

    @Test
    void ledShowsASensorThatCantBeReadAndOneThatIsInTheWay() {
        CoreRig rig = rig(LED).started();
        rig.step(new Input.LinkUp());
        rig.move(WINDOW, Position.OPEN);
        rig.pass(Duration.ofSeconds(3));
        rig.forget();
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.drives()).as("half of the time on: not ready").hasSize(20);

        rig.breakLine(DOOR, "no such line");
        rig.pass(Duration.ofSeconds(3));
        rig.forget();
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.drives()).as("three flashes every three seconds").hasSize(60);
    }

    @Test
    void ledNeedsNoPanel() {
        CoreRig rig = rig(CoreRig.FACTS, null, LED).started();
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.drives()).as("two flashes: no broker yet").hasSizeBetween(39, 41);
        rig.step(new Input.LinkUp());
        rig.forget();
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.drives()).as("one flash").hasSizeBetween(19, 21);
    }

    @Test
    void outputThatCantBeSwitchedIsToldOnceAndTriedAgain() {
        CoreRig rig = armedHome(SIREN);
        rig.step(new Input.OutputFailed(0, "line 24 is busy"));
        assertThat(rig.events())
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("event_type", "output_fault")
                        .containsEntry("output", "siren")
                        .containsEntry("message", "Output siren can't be switched: line 24 is busy"));
        rig.forget();
        long failed = millis(rig);
        for (int i = 1; i <= 3; i++) {
            rig.pass(Duration.ofSeconds(5));
            assertThat(rig.drives()).containsExactly(failed + 5_000L * i + ": 0 off");
            rig.forget();
            rig.step(new Input.OutputFailed(0, "line 24 is busy"));
        }
        assertThat(rig.events()).isEmpty();

        rig.pass(Duration.ofSeconds(5));
        rig.step(new Input.OutputDriven(0));
        rig.forget();
        rig.pass(Duration.ofMillis(59_999));
        assertThat(rig.events()).isEmpty();
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.eventTypes()).containsExactly("output_ok");
        assertThat(rig.drives()).isEmpty();
    }

    @Test
    void sirenThatFailedSoundsAsSoonAsItCan() {
        CoreRig rig = armedHome(SIREN);
        rig.step(new Input.OutputFailed(0, "line 24 is busy"));
        rig.forget();
        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);
        assertThat(rig.drives()).isEmpty();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.drives()).hasSize(1).allMatch(drive -> drive.endsWith(": 0 on"));
    }

    @Test
    void outputThatFailsAgainAndAgainIsToldOnceAMinuteAtMost() {
        CoreRig rig = armedHome(SIREN);
        for (int i = 0; i < 60; i++) {
            rig.step(new Input.OutputFailed(0, "line 24 is busy"));
            rig.pass(Duration.ofSeconds(5));
            rig.step(new Input.OutputDriven(0));
            rig.pass(Duration.ofSeconds(5));
        }
        assertThat(rig.eventTypes()).containsExactly("output_fault");
    }

    @Test
    void ledShowsThatTheSirenFails() {
        CoreRig rig = armedHome(SIREN, LED);
        rig.step(new Input.OutputFailed(0, "line 24 is busy"));
        rig.pass(Duration.ofSeconds(3));
        rig.forget();
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.drives())
                .filteredOn(drive -> drive.contains(": 1 "))
                .as("dark three times")
                .hasSize(6);
    }

    @Test
    void sirenIsLoggedAndTheLedIsNot() {
        CoreRig rig = armedHome(SIREN, LED);
        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);
        assertThat(rig.all(StepOutput::log))
                .contains(new StepOutput.LogLine(false, "output siren: on"))
                .noneMatch(line -> line.text().contains("output led"));
    }
}
