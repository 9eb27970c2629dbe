package io.github.reedgate.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.PanelSettings.After;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelSettings.Downtime;
import io.github.reedgate.contact.Position;
import io.github.reedgate.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was watched stays watched while the panel changes from one mode to another, and if it can't. */
class ModeChangeTest {

    private static final Duration MOMENT = Duration.ofNanos(1);
    private final House house = new House();

    private House fromHomeToAway() {
        house.arm(AlarmMode.HOME);
        house.arm(AlarmMode.AWAY);
        house.told().clear();
        assertThat(house.word()).isEqualTo(AlarmState.ARMING);
        return house;
    }

    private static PanelEffect notAway(PanelAnswer.Reason reason, AlarmMode stays, String... sensors) {
        return new PanelEffect.ArmRefused(
                AlarmMode.AWAY, new PanelAnswer.Refused(reason, List.of(sensors)), stays, null);
    }

    private static PanelEffect refusal(PanelAnswer.Reason reason, String... sensors) {
        return new PanelEffect.Answered(new PanelAnswer.Refused(reason, List.of(sensors)));
    }

    private List<PanelEffect> armByOneWhoMayNotDisarm(AlarmMode mode, String... bypass) {
        return house.step(new PanelInput.Commanded(new PanelCommand.Arm(mode, Set.of(bypass), "cleaner", false)));
    }

    @Test
    void windowThatCountsInTheModeBeforeRaisesTheAlarmWhileThePanelChanges() {
        fromHomeToAway();

        assertThat(house.open(House.WINDOW))
                .containsExactly(
                        new PanelEffect.Triggered("incident-1", House.WINDOW, false),
                        notAway(PanelAnswer.Reason.INCIDENT, AlarmMode.HOME));
        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);
        house.pass(House.SIREN);

        assertThat(house.word()).as("not armed for what it was never armed for").isEqualTo(AlarmState.ARMED_HOME);
    }

    @Test
    void doorThatCountsInTheModeBeforeDoesWhatItDoesThere() {
        fromHomeToAway().open(House.DOOR);
        assertThat(house.word()).as("home has no entry delay").isEqualTo(AlarmState.TRIGGERED);

        House night = new House().away();
        night.arm(AlarmMode.NIGHT);
        assertThat(night.open(House.DOOR))
                .first()
                .isEqualTo(new PanelEffect.Pending("incident-1", House.DOOR, House.ENTRY));
        assertThat(night.state().mode()).isEqualTo(AlarmMode.AWAY);
        night.pass(House.ENTRY);
        assertThat(night.word()).isEqualTo(AlarmState.TRIGGERED);
    }

    @Test
    void sensorLeftOutByItselfElsewhereIsWatchedIfItWasBefore() {
        fromHomeToAway().open(House.BATH);

        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);
    }

    @Test
    void changeThatIsInterruptedReturnsToTheModeBefore() {
        house.arm(AlarmMode.HOME, House.WINDOW);
        house.arm(AlarmMode.AWAY);

        assertThat(house.open(House.WINDOW))
                .containsExactly(notAway(PanelAnswer.Reason.NOT_READY, AlarmMode.HOME, House.WINDOW));
        assertThat(house.word()).isEqualTo(AlarmState.ARMED_HOME);
        assertThat(house.state().bypassed()).containsExactly(House.WINDOW);
        assertThat(house.state().deadlineNanos()).isNull();
        assertThat(house.state().former()).isNull();
        house.open(House.BATH);
        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);
    }

    @Test
    void changeThatIsNotReadyAtTheEndOfTheExitDelayReturnsToTheModeBefore() {
        fromHomeToAway().open(House.HALL);
        assertThat(house.word()).as("the hall counts in away only").isEqualTo(AlarmState.ARMING);
        house.pass(House.EXIT.minus(MOMENT));
        assertThat(house.word()).isEqualTo(AlarmState.ARMING);

        assertThat(house.pass(MOMENT))
                .containsExactly(notAway(PanelAnswer.Reason.NOT_READY, AlarmMode.HOME, House.HALL));
        assertThat(house.word()).isEqualTo(AlarmState.ARMED_HOME);
    }

    @Test
    void sensorThatGoesDumbMeanwhileKeepsTheModeBefore() {
        fromHomeToAway().step(new PanelInput.Lost(House.BATH));
        house.pass(House.EXIT);

        assertThat(house.word()).isEqualTo(AlarmState.ARMED_HOME);
        assertThat(house.state().bypassed())
                .as("it may be left out by itself, but was watched")
                .isEmpty();
        house.open(House.BATH);
        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);
    }

    @Test
    void changeThatIsReadyIsCompleted() {
        fromHomeToAway().pass(House.EXIT);

        assertThat(house.word()).isEqualTo(AlarmState.ARMED_AWAY);
        assertThat(house.state().former()).isNull();
    }

    @Test
    void secondChangeKeepsTheModeThatThePanelWasArmedFor() {
        fromHomeToAway().pass(Duration.ofSeconds(20));
        house.arm(AlarmMode.NIGHT);
        house.open(House.HALL);
        house.pass(House.EXIT);

        assertThat(house.word()).isEqualTo(AlarmState.ARMED_HOME);
    }

    @Test
    void commandForTheModeBeforeCallsTheChangeOff() {
        house.away();
        house.arm(AlarmMode.NIGHT);

        assertThat(house.arm(AlarmMode.AWAY))
                .as("no exit delay, it never was anything else")
                .containsExactly(
                        new PanelEffect.Armed(AlarmMode.AWAY, List.of(), "anna"),
                        new PanelEffect.Answered(new PanelAnswer.Accepted()));
        assertThat(house.word()).isEqualTo(AlarmState.ARMED_AWAY);
    }

    @Test
    void refusedChangeLeavesThePanelArmed() {
        house.arm(AlarmMode.HOME);
        house.open(House.HALL);
        house.step(new PanelInput.Lost(House.WINDOW));

        assertThat(house.arm(AlarmMode.AWAY))
                .first()
                .isEqualTo(new PanelEffect.ArmRefused(
                        AlarmMode.AWAY,
                        new PanelAnswer.Refused(PanelAnswer.Reason.NOT_READY, List.of(House.WINDOW)),
                        AlarmMode.HOME,
                        "anna"));
        assertThat(house.word()).isEqualTo(AlarmState.ARMED_HOME);
    }

    @Test
    void disarmingEndsTheChangeAndWhatWasWatched() {
        fromHomeToAway().disarm();

        assertThat(house.open(House.WINDOW)).isEmpty();
        assertThat(house.word()).isEqualTo(AlarmState.DISARMED);
        assertThat(house.state().former()).isNull();
    }

    @Test
    void troubleThatIsToAlarmDoesSoWhileThePanelChanges() {
        fromHomeToAway();

        house.step(new PanelInput.Troubled(House.WINDOW, "can't be read"));

        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);
    }

    @Test
    void sensorThatOnlyTheNextModeWatchesRaisesNothingByTrouble() {
        fromHomeToAway();

        assertThat(house.step(new PanelInput.Troubled(House.HALL, "can't be read")))
                .isEmpty();
    }

    @Test
    void tamperRaisesTheAlarmAndThePanelIsArmedAsBefore() {
        fromHomeToAway().open(House.BOX);
        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);
        house.pass(House.SIREN);

        assertThat(house.word()).isEqualTo(AlarmState.ARMED_HOME);
    }

    @Test
    void acknowledgingDoesNotEndTheChange() {
        house.arm(AlarmMode.HOME);
        house.open(House.WINDOW);
        house.pass(House.SIREN);
        house.close(House.WINDOW);
        house.arm(AlarmMode.AWAY);
        house.acknowledge();
        house.open(House.WINDOW);

        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);
    }

    @Test
    void changeGoesOnAfterARestart() {
        fromHomeToAway().restart(Duration.ofSeconds(1), true);
        assertThat(house.state().former()).isEqualTo(new Watching(AlarmMode.HOME, List.of()));
        house.open(House.WINDOW);
        assertThat(house.word()).isEqualTo(AlarmState.TRIGGERED);

        House late = new House();
        late.arm(AlarmMode.HOME);
        late.arm(AlarmMode.AWAY);
        late.open(House.HALL);
        late.restart(Duration.ofHours(1), true);
        assertThat(late.word()).isEqualTo(AlarmState.ARMED_HOME);
    }

    @Test
    void sensorFoundOpenAtTheStartFollowsThePolicyWhileThePanelChanges() {
        assertThat(foundOpen(AtBoot.NOTIFY).word()).isEqualTo(AlarmState.ARMED_HOME);
        assertThat(foundOpen(AtBoot.ALARM).word()).isEqualTo(AlarmState.TRIGGERED);
        House bypassing = foundOpen(AtBoot.BYPASS);
        assertThat(bypassing.word()).isEqualTo(AlarmState.ARMED_AWAY);
        assertThat(bypassing.state().bypassed()).containsExactly(House.WINDOW);
    }

    private static House foundOpen(AtBoot policy) {
        House changing = new House(House.settings(After.REARM, Downtime.COUNTS, policy));
        changing.arm(AlarmMode.HOME);
        changing.arm(AlarmMode.AWAY);
        changing.restart(Duration.ofSeconds(1), true);
        changing.told().clear();
        changing.step(new PanelInput.Found(House.WINDOW, Position.OPEN));
        assertThat(changing.told()).as("%s", policy).isNotEmpty();
        changing.pass(House.EXIT);
        return changing;
    }

    @Test
    void olderDocumentKnowsOfNoModeBefore() {
        fromHomeToAway();
        String text = Json.write(house.document(true).fields());
        assertThat(text).contains("\"former\":{\"mode\":\"home\",\"bypassed\":[]}");

        PanelState older = PanelDocument.of(House.asRead(text.replaceFirst(",\"former\":\\{[^}]*}", "")))
                .state();

        assertThat(older.state()).isEqualTo(AlarmState.ARMING);
        assertThat(older.former()).isNull();
        assertThat(older.since()).isAfterOrEqualTo(Instant.EPOCH);
    }

    @Test
    void whoMayNotDisarmCannotArmForLess() {
        house.away();

        assertThat(armByOneWhoMayNotDisarm(AlarmMode.HOME))
                .last()
                .isEqualTo(refusal(PanelAnswer.Reason.WATCHES_LESS, House.HALL));
        assertThat(house.word()).isEqualTo(AlarmState.ARMED_AWAY);
        assertThat(armByOneWhoMayNotDisarm(AlarmMode.NIGHT, House.WINDOW))
                .last()
                .isEqualTo(refusal(PanelAnswer.Reason.WATCHES_LESS, House.WINDOW));
        house.arm(AlarmMode.HOME);
        assertThat(house.word()).as("anna may disarm").isEqualTo(AlarmState.ARMED_HOME);
        armByOneWhoMayNotDisarm(AlarmMode.AWAY);
        assertThat(house.word()).as("more is watched").isEqualTo(AlarmState.ARMING);
        assertThat(armByOneWhoMayNotDisarm(AlarmMode.NIGHT, House.WINDOW))
                .as("a change under way is no way around")
                .last()
                .isEqualTo(refusal(PanelAnswer.Reason.WATCHES_LESS, House.WINDOW));
    }

    @Test
    void whoMayNotDisarmCannotLeaveOutWhatIsAlwaysWatched() {
        House guarded = new House(House.guarded(House.SETTINGS));
        String tamper = House.WINDOW + ".tamper";

        assertThat(guarded.step(new PanelInput.Commanded(
                        new PanelCommand.Arm(AlarmMode.AWAY, Set.of(tamper), "cleaner", false))))
                .last()
                .isEqualTo(refusal(PanelAnswer.Reason.WATCHES_LESS, tamper));
        assertThat(guarded.arm(AlarmMode.AWAY, tamper))
                .last()
                .isEqualTo(new PanelEffect.Answered(new PanelAnswer.Accepted()));
    }
}
