package io.github.reedgate.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.PanelSettings.After;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelSettings.Downtime;
import io.github.reedgate.contact.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the table of transitions adds up to. */
class AlarmPanelTest {

    private static final Duration MOMENT = Duration.ofNanos(1);
    private final House house = new House();

    @Test
    void exitDelayEndsToTheNanosecond() {
        house.arm(AlarmMode.AWAY);

        house.pass(House.EXIT.minus(MOMENT));
        assertThat(house.word()).isEqualTo(AlarmState.ARMING);
        house.pass(MOMENT);
        assertThat(house.word()).isEqualTo(AlarmState.ARMED_AWAY);
    }

    @Test
    void peopleMayLeaveThroughTheExitRouteOnly() {
        house.open(House.DOOR);
        house.open(House.HALL);
        house.arm(AlarmMode.AWAY);
        assertThat(house.word()).isEqualTo(AlarmState.ARMING);

        assertThat(house.open(House.WINDOW))
                .containsExactly(new PanelEffect.ArmRefused(
                        AlarmMode.AWAY,
                        new PanelAnswer.Refused(PanelAnswer.Reason.NOT_READY, List.of(House.WINDOW)),
                        null,
                        null));
        assertThat(house.word()).isEqualTo(AlarmState.DISARMED);
    }

    @Test
    void doorLeftOpenAtTheEndOfTheExitDelayIsTold() {
        house.arm(AlarmMode.AWAY);
        house.open(House.DOOR);

        assertThat(house.pass(House.EXIT))
                .containsExactly(new PanelEffect.ArmRefused(
                        AlarmMode.AWAY,
                        new PanelAnswer.Refused(PanelAnswer.Reason.NOT_READY, List.of(House.DOOR)),
                        null,
                        null));
    }

    @Test
    void closingTheLastDoorArms() {
        house.arm(AlarmMode.AWAY);
        house.open(House.DOOR);

        house.close(House.DOOR);

        assertThat(house.word()).isEqualTo(AlarmState.ARMED_AWAY);
        assertThat(house.state().deadlineNanos()).isNull();
    }

    @Test
    void refusalNamesEverySensorInTheWayInOrder() {
        house.open(House.WINDOW);
        house.step(new PanelInput.Lost(House.BOX));
        house.open(House.BATH);

        assertThat(house.arm(AlarmMode.AWAY)).last().isEqualTo(refusal(PanelAnswer.Reason.NOT_READY, "window", "box"));
        assertThat(house.word()).isEqualTo(AlarmState.DISARMED);
    }

    @Test
    void bypassIsRememberedUntilDisarmed() {
        house.open(House.WINDOW);
        house.open(House.BATH);

        house.arm(AlarmMode.HOME, House.WINDOW);
        assertThat(house.state().bypassed()).containsExactly(House.WINDOW, House.BATH);
        house.close(House.WINDOW);
        assertThat(house.open(House.WINDOW)).isEmpty();
        house.disarm();

        assertThat(house.state().bypassed()).isEmpty();
    }

    @Test
    void whatMayNotBeBypassedIsRefused() {
        assertThat(house.arm(AlarmMode.HOME, House.DOOR, "attic"))
                .last()
                .isEqualTo(refusal(PanelAnswer.Reason.BYPASS_NOT_ALLOWED, "attic", "door"));
    }

    @Test
    void windowThatOpensByItselfDuringTheExitDelayIsLeftOutIfItMay() {
        house.arm(AlarmMode.AWAY);

        assertThat(house.open(House.BATH)).isEmpty();
        house.pass(House.EXIT);

        assertThat(house.word()).isEqualTo(AlarmState.ARMED_AWAY);
        assertThat(house.state().bypassed()).containsExactly(House.BATH);
    }

    @Test
    void followerIsInstantUnlessAnEntryDelayRuns() {
        house.away();
        house.open(House.DOOR);
        house.open(House.HALL);
        assertThat(house.word()).isEqualTo(AlarmState.PENDING);

        House other = new House().away();
        other.open(House.HALL);
        assertThat(other.word()).isEqualTo(AlarmState.TRIGGERED);
    }

    @Test
    void incidentIsRaisedOnceAndEachFurtherSensorTold() {
        house.away();

        house.open(House.DOOR);
        house.open(House.HALL);
        house.pass(House.ENTRY);
        house.open(House.WINDOW);
        house.close(House.WINDOW);
        house.open(House.WINDOW);
        house.open(House.BOX);

        assertThat(house.told())
                .containsExactly(
                        new PanelEffect.Pending("incident-1", House.DOOR, House.ENTRY),
                        new PanelEffect.Joined("incident-1", House.HALL, false),
                        new PanelEffect.Triggered("incident-1", House.DOOR, true),
                        new PanelEffect.Joined("incident-1", House.WINDOW, true),
                        new PanelEffect.Joined("incident-1", House.BOX, true));
    }

    @Test
    void sensorThatStaysOpenMasksNoOther() {
        house.away();
        house.open(House.WINDOW);
        house.pass(House.SIREN);
        assertThat(house.word()).isEqualTo(AlarmState.ARMED_AWAY);

        house.open(House.BATH);

        assertThat(house.told()).last().isEqualTo(new PanelEffect.Triggered("incident-2", House.BATH, false));
    }

    @Test
    void alarmIsRepeatedUntilItIsAcknowledgedAlsoWhenTheSirenIsOver() {
        house.away();
        house.open(House.WINDOW);

        assertThat(house.pass(House.REPEAT.multipliedBy(2)))
                .filteredOn(PanelEffect.Repeated.class::isInstance)
                .hasSize(2);
        assertThat(house.acknowledge())
                .containsExactly(
                        new PanelEffect.Acknowledged("incident-1", "anna"),
                        new PanelEffect.Answered(new PanelAnswer.Accepted()));
        assertThat(house.pass(House.REPEAT.multipliedBy(5))).isEmpty();
        assertThat(house.word()).isEqualTo(AlarmState.ARMED_AWAY);
        assertThat(house.acknowledge()).containsExactly(refusal(PanelAnswer.Reason.NO_INCIDENT));
    }

    @Test
    void acknowledgedAlarmKeepsItsSirenUntilItIsOver() {
        house.away();
        house.open(House.WINDOW);
        house.acknowledge();

        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);
        house.pass(House.SIREN);

        assertThat(house.state().incident()).isNull();
    }

    @Test
    void tamperCountsWhileDisarmedAndLeavesThePanelDisarmed() {
        assertThat(house.open(House.BOX)).containsExactly(new PanelEffect.Triggered("incident-1", House.BOX, false));
        assertThat(house.open(House.WINDOW)).as("not armed").isEmpty();

        house.pass(House.SIREN);

        assertThat(house.word()).isEqualTo(AlarmState.DISARMED);
    }

    @Test
    void disarmingDuringTheEntryDelayEndsTheIncidentWithoutAlarm() {
        house.away();
        house.open(House.DOOR);
        house.disarm();

        assertThat(house.pass(Duration.ofHours(1))).isEmpty();
        assertThat(house.told()).noneMatch(PanelEffect.Triggered.class::isInstance);
    }

    @Test
    void repeatedCommandToArmChangesNothing() {
        house.arm(AlarmMode.AWAY);
        house.pass(Duration.ofSeconds(29));

        assertThat(house.arm(AlarmMode.AWAY)).containsExactly(new PanelEffect.Answered(new PanelAnswer.Accepted()));
        house.pass(Duration.ofSeconds(1));

        assertThat(house.word()).isEqualTo(AlarmState.ARMED_AWAY);
    }

    @Test
    void duringAnIncidentNothingIsArmed() {
        house.open(House.BOX);

        assertThat(house.arm(AlarmMode.HOME)).last().isEqualTo(refusal(PanelAnswer.Reason.INCIDENT));
    }

    @Test
    void modeWithoutSensorsCannotBeArmed() {
        PanelSettings nothing = new PanelSettings(
                List.of(),
                Map.of(),
                House.SIREN,
                After.REARM,
                House.REPEAT,
                new PanelSettings.Restart(Downtime.COUNTS, AtBoot.NOTIFY));
        House empty = new House(nothing);

        assertThat(empty.arm(AlarmMode.HOME)).last().isEqualTo(refusal(PanelAnswer.Reason.MODE_NOT_CONFIGURED));
    }

    @Test
    void readinessFollowsTheSensors() {
        AlarmPanel panel = new AlarmPanel(House.SETTINGS);
        house.open(House.DOOR);
        assertThat(panel.ready(house.state()))
                .as("the door is no exit route where there is no exit delay")
                .containsEntry(AlarmMode.HOME, false)
                .containsEntry(AlarmMode.AWAY, true);
        house.step(new PanelInput.Lost(House.WINDOW));

        assertThat(panel.ready(house.state())).containsEntry(AlarmMode.AWAY, false);
    }

    @Test
    void sensorThatCannotBeReadRaisesNoAlarmAndIsAnIntruderIfItComesBackOpen() {
        house.away();

        assertThat(house.step(new PanelInput.Lost(House.WINDOW))).isEmpty();
        house.open(House.WINDOW);

        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);
    }

    @Test
    void sensorFoundOpenAtTheStartFollowsThePolicy() {
        assertThat(foundOpen(AtBoot.NOTIFY).word()).isEqualTo(AlarmState.ARMED_AWAY);
        assertThat(foundOpen(AtBoot.ALARM).word()).isEqualTo(AlarmState.TRIGGERED);
        House bypassing = foundOpen(AtBoot.BYPASS);
        assertThat(bypassing.word()).isEqualTo(AlarmState.ARMED_AWAY);
        assertThat(bypassing.state().bypassed()).containsExactly(House.WINDOW);
        assertThat(bypassing.told()).last().isEqualTo(new PanelEffect.FoundOpen(House.WINDOW, true));
    }

    private static House foundOpen(AtBoot policy) {
        House armed = new House(House.settings(After.REARM, Downtime.COUNTS, policy)).away();
        armed.restart(Duration.ofMinutes(1), true);
        armed.step(new PanelInput.Found(House.WINDOW, Position.OPEN));
        return armed;
    }

    @Test
    void timeSpentDeadCountsAgainstTheEntryDelayIfSoChosen() {
        House counting = new House().away();
        counting.open(House.DOOR);
        counting.restart(House.ENTRY, true);
        assertThat(counting.word()).isEqualTo(AlarmState.TRIGGERED);

        House unsure = new House().away();
        unsure.open(House.DOOR);
        unsure.restart(House.ENTRY, false);
        assertThat(unsure.word()).as("nobody knows for how long").isEqualTo(AlarmState.PENDING);

        House pausing = new House(House.settings(After.REARM, Downtime.PAUSES, AtBoot.NOTIFY)).away();
        pausing.open(House.DOOR);
        pausing.restart(Duration.ofDays(3), true);
        pausing.pass(House.ENTRY.minus(MOMENT));
        assertThat(pausing.word()).isEqualTo(AlarmState.PENDING);
        pausing.pass(MOMENT);
        assertThat(pausing.word()).isEqualTo(AlarmState.TRIGGERED);
    }

    private static PanelEffect refusal(PanelAnswer.Reason reason, String... sensors) {
        return new PanelEffect.Answered(new PanelAnswer.Refused(reason, List.of(sensors)));
    }
}
