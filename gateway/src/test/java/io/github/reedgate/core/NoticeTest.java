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
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeGroup;
import io.github.reedgate.notice.NoticeNews;
import io.github.reedgate.notice.NoticeTarget;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is told what beside the broker, and when. */
class NoticeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int WINDOW = 0;
    private static final int DOOR = 1;
    private static final NoticeTarget PHONE =
            target("phone", MINUTE.multipliedBy(2), Duration.ZERO, NoticeGroup.ALARMS, NoticeGroup.FAULTS);
    private static final NoticeTarget NEIGHBOUR =
            target("neighbour", MINUTE.multipliedBy(10), MINUTE.multipliedBy(5), NoticeGroup.ALARMS);

    private CoreRig rig = rig(CoreRig.FACTS, PHONE, NEIGHBOUR).started();

    private static NoticeTarget target(String id, Duration repeat, Duration after, NoticeGroup... groups) {
        return new NoticeTarget(id, Set.of(groups), repeat, after);
    }

    private static CoreRig rig(StartFacts start, NoticeTarget... targets) {
        List<Sensor> sensors = List.of(
                CoreRig.sensor(1, SensorType.WINDOW, Sensor.AlarmPolicy.NEVER),
                CoreRig.sensor(2, SensorType.WINDOW, Sensor.AlarmPolicy.NEVER),
                CoreRig.sensor(3, SensorType.DOOR, Sensor.AlarmPolicy.ALWAYS));
        return CoreRig.seldom(sensors, start, panel(), List.of(targets));
    }

    private static PanelSettings panel() {
        Set<AlarmMode> all = EnumSet.allOf(AlarmMode.class);
        PanelSettings.Delays none = new PanelSettings.Delays(Duration.ZERO, Duration.ZERO);
        return new PanelSettings(
                List.of(
                        new PanelSensor("s1", all, Reaction.INSTANT, PanelSensor.Bypass.NEVER, false),
                        new PanelSensor("s2", all, Reaction.INSTANT, PanelSensor.Bypass.NEVER, false)),
                Map.of(AlarmMode.HOME, none, AlarmMode.AWAY, none, AlarmMode.NIGHT, none),
                MINUTE.multipliedBy(3),
                PanelSettings.After.REARM,
                MINUTE.multipliedBy(4),
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));
    }

    private void command(PanelCommand command) {
        rig.step(new Input.PanelCommanded(command, 1));
    }

    private void burgle() {
        command(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"));
        rig.move(WINDOW, Position.OPEN);
        rig.pass(SECOND);
    }

    private List<Notice> notices() {
        return rig.all(StepOutput::notifications);
    }

    /** What was told since the last call. */
    private List<String> told() {
        List<String> told = notices().stream()
                .map(notice -> notice.target() + " " + notice.grade().word() + ": " + notice.text())
                .toList();
        rig.forget();
        return told;
    }

    private static final String RAISED = "Sensor 1 opened while armed away, 21:14:02 (clock not set)";

    @Test
    void alarmIsToldAtOnceAndAgainUntilAcknowledged() {
        burgle();
        assertThat(told()).containsExactly("phone alarm: " + RAISED);

        rig.pass(Duration.ofSeconds(118));
        assertThat(told()).isEmpty();
        rig.pass(SECOND);
        rig.pass(SECOND);
        assertThat(told()).containsExactly("phone alarm: Not acknowledged for 2 min: " + RAISED);
        rig.pass(MINUTE.multipliedBy(2));
        assertThat(told()).containsExactly("phone alarm: Not acknowledged for 4 min: " + RAISED);

        command(new PanelCommand.Acknowledge("anna"));
        assertThat(told()).containsExactly("phone routine: Alarm acknowledged by anna");
        rig.pass(MINUTE.multipliedBy(60));
        assertThat(told()).isEmpty();
    }

    @Test
    void repetitionsBecomeRarerSoThatADayOfThemIsTakenByEveryServer() {
        burgle();
        rig.pass(MINUTE.multipliedBy(20));
        assertThat(told()).filteredOn(text -> text.startsWith("phone")).hasSize(11);
        rig.pass(MINUTE.multipliedBy(40));
        assertThat(told()).filteredOn(text -> text.startsWith("phone")).hasSize(10);
        rig.pass(Duration.ofHours(23));
        assertThat(told()).filteredOn(text -> text.startsWith("phone")).hasSizeBetween(80, 100);
    }

    @Test
    void whatNobodyAcknowledgesIsToldOthers() {
        burgle();
        rig.pass(MINUTE.multipliedBy(5).minus(SECOND.multipliedBy(2)));
        assertThat(told()).noneMatch(text -> text.startsWith("neighbour"));
        rig.pass(SECOND.multipliedBy(2));
        assertThat(notices()).singleElement().satisfies(notice -> {
            assertThat(notice.escalated()).isTrue();
            assertThat(notice.repeat()).isZero();
            assertThat(notice.afterMillis()).isEqualTo(300_000);
        });
        assertThat(told()).containsExactly("neighbour alarm: Not acknowledged for 5 min: " + RAISED);

        rig.pass(MINUTE.multipliedBy(10));
        assertThat(told()).filteredOn(text -> text.startsWith("neighbour")).hasSize(1);
        command(new PanelCommand.Disarm("anna"));
        assertThat(told()).containsExactly("phone routine: Disarmed by anna", "neighbour routine: Disarmed by anna");
        rig.pass(MINUTE.multipliedBy(60));
        assertThat(told()).isEmpty();
    }

    @Test
    void alarmThatIsAcknowledgedInTimeIsNotToldOthers() {
        burgle();
        command(new PanelCommand.Acknowledge("anna"));
        rig.pass(MINUTE.multipliedBy(60));

        assertThat(told()).noneMatch(text -> text.startsWith("neighbour"));
    }

    @Test
    void furtherSensorIsToldAtOnceThoseWhoKnowOfTheAlarm() {
        burgle();
        told();
        rig.move(DOOR, Position.OPEN);
        rig.pass(SECOND);

        assertThat(told())
                .containsExactly("phone alarm: Sensor 2 opened, too, while armed away, 21:14:03 (clock not set)");
    }

    @Test
    void sensorsThatOpenAtTheSameMomentAreBothTold() {
        command(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"));
        rig.move(WINDOW, Position.OPEN);
        rig.move(DOOR, Position.OPEN);
        rig.pass(SECOND);

        assertThat(told())
                .containsExactly(
                        "phone alarm: " + RAISED,
                        "phone alarm: Sensor 2 opened, too, while armed away, 21:14:02 (clock not set)");
    }

    @Test
    void alarmThatNobodyCanAcknowledgeIsToldOnceAndNoOthers() {
        rig.move(2, Position.OPEN);
        rig.pass(MINUTE.multipliedBy(60));

        assertThat(told()).containsExactly("phone alarm: Sensor 3 opened, 21:14:02 (clock not set)");
    }

    @Test
    void testAlarmIsToldEverybodyAtOnce() {
        rig.step(new Input.TestRequested(1));

        assertThat(told())
                .containsExactly(
                        "phone alarm: Test alarm from home, 21:14:02 (clock not set)",
                        "neighbour alarm: Test alarm from home, 21:14:02 (clock not set)");
    }

    @Test
    void faultsAreToldThoseWhoWantThem() {
        rig.step(new Input.StoreFailed("disk full"));
        rig.step(new Input.StoreRecovered());

        assertThat(told())
                .containsExactly(
                        "phone fault: Events can't be kept on disk: disk full",
                        "phone routine: Events are kept on disk again");
    }

    @Test
    void urlThatWatchesTheGatewayAndCantBeCalledIsAFault() {
        rig.step(new Input.PingChanged(true, "The URL that watches the gateway can't be called: status 500"));
        rig.step(new Input.PingChanged(false, "The URL that watches the gateway is called again"));

        assertThat(told())
                .containsExactly(
                        "phone fault: The URL that watches the gateway can't be called: status 500",
                        "phone routine: The URL that watches the gateway is called again");
    }

    @Test
    void armingIsToldOnlyThoseWhoWantThat() {
        rig = rig(CoreRig.FACTS, PHONE, target("log", Duration.ZERO, Duration.ZERO, NoticeGroup.PANEL))
                .started();
        command(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"));

        assertThat(told()).containsExactly("log routine: Armed away");
    }

    @Test
    void restartGoesOnWithWhatWasLeft() {
        burgle();
        rig.pass(MINUTE);
        restart(Duration.ofSeconds(30), true);
        assertThat(told()).as("a restart by itself rings nowhere").noneMatch(text -> text.contains("alarm: "));

        rig.step(new Input.ClockChecked(true));
        rig.pass(SECOND.multipliedBy(26));
        assertThat(told()).isEmpty();
        rig.pass(SECOND.multipliedBy(2));
        assertThat(told())
                .as("61 s before the restart, 30 s meanwhile")
                .containsExactly("phone alarm: Not acknowledged for 2 min: " + RAISED);
        rig.pass(MINUTE.multipliedBy(3));
        assertThat(told()).filteredOn(text -> text.startsWith("neighbour")).hasSize(1);
    }

    @Test
    void restartWithoutAClockGoesOnWithWhatWasLeft() {
        burgle();
        rig.pass(MINUTE);
        restart(Duration.ofSeconds(30), false);
        told();

        rig.pass(MINUTE.minus(SECOND.multipliedBy(3)));
        assertThat(told()).isEmpty();
        rig.pass(SECOND.multipliedBy(8));
        assertThat(told()).as("what was left was stored 5 s ago at most").hasSize(1);
    }

    /** The power is off for three hours during an alarm; another alarm begins before the clock is set. */
    @Test
    void alarmThatBeganAfterAnOutageIsNotChargedWithIt() {
        burgle();
        restart(MINUTE.multipliedBy(180), true);
        command(new PanelCommand.Disarm("anna"));
        rig.move(WINDOW, Position.CLOSED);
        rig.pass(SECOND);
        command(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"));
        rig.move(DOOR, Position.OPEN);
        rig.pass(SECOND);
        assertThat(told()).anyMatch(text -> text.startsWith("phone alarm: Sensor 2 opened"));

        rig.step(new Input.ClockChecked(true));
        rig.pass(MINUTE);
        assertThat(told())
                .as("repeated after 2 min, and others are notified after 5")
                .noneMatch(text -> text.contains("alarm: "));
    }

    @Test
    void alarmWhosePlanIsLostIsToldWithItsNextRepetition() {
        burgle();
        StartFacts facts = new StartFacts(
                4, 200, LastStop.UNCLEAN, 0, 43, new Before(Map.of(), null, false, withoutPlan(rig.stored())));
        rig = rig(facts, PHONE, NEIGHBOUR);
        rig.moveSilently(WINDOW, Position.OPEN);
        rig.started();

        rig.pass(MINUTE.multipliedBy(4));
        assertThat(told())
                .filteredOn(text -> text.startsWith("phone alarm"))
                .first()
                .asString()
                .startsWith("phone alarm: Alarm not acknowledged: Sensor 1");
    }

    private static GatewaySnapshot withoutPlan(GatewaySnapshot stored) {
        String text = SnapshotJson.write(stored);
        assertThat(text).contains("\"escalation\":{");
        return Snapshots.of(text.replace("\"escalation\":{", "\"escalation\":0,\"damaged\":{"));
    }

    /** Another start after so much time, with the window still open; what it knows is what was kept. */
    private void restart(Duration down, boolean synced) {
        String text = SnapshotJson.write(rig.stored());
        if (synced) {
            text = text.replace("\"clock_synced\":false,\"dues\"", "\"clock_synced\":true,\"dues\"");
        }
        assertThat(text).contains("\"clock_synced\":" + synced + ",\"dues\"");
        StartFacts facts =
                new StartFacts(4, 200, LastStop.UNCLEAN, 0, 43, new Before(Map.of(), null, false, Snapshots.of(text)));
        Duration since =
                Duration.between(CoreRig.START.wall(), rig.now().wall()).plus(down);
        rig = rig(facts, PHONE, NEIGHBOUR);
        rig.setClock(since);
        rig.moveSilently(WINDOW, Position.OPEN);
        rig.start();
        rig.pass(SECOND.multipliedBy(2));
        rig.forget();
    }

    @Test
    void acceptedNoticeIsProvenByAnEventAndKeptNoLonger() {
        burgle();
        Notice notice = notices().get(0);
        rig.forget();
        rig.step(new Input.Notified(new NoticeNews.Accepted(7, notice, "ntfy answered 200", "Xy9", 2)));

        assertThat(rig.events()).singleElement().satisfies(event -> {
            assertThat(event)
                    .containsEntry("event_type", "notified")
                    .containsEntry("target", "phone")
                    .containsEntry("message_id", "Xy9")
                    .containsEntry("tries", 2)
                    .containsEntry("about_seq", (int) notice.event().stamp().seq())
                    .containsEntry("message", "phone took \"" + RAISED + "\"");
            assertThat(event.get("incident_id")).isEqualTo(notice.incident());
        });
        assertThat(rig.all(StepOutput::settledNotifications)).contains(7L);
        assertThat(notices()).as("nobody is told that somebody was told").isEmpty();
    }

    @Test
    void failingTargetIsAnEventThatItselfIsNotTold() {
        rig = rig(CoreRig.FACTS, PHONE, target("other", Duration.ZERO, Duration.ZERO, NoticeGroup.FAULTS))
                .started();
        rig.step(new Input.Notified(new NoticeNews.Failing("phone", "refused", 3)));
        assertThat(rig.eventTypes()).containsExactly("notify_failed");
        assertThat(told()).containsExactly("other fault: phone can't be told: refused");

        rig.step(new Input.Notified(new NoticeNews.Restored("phone", MINUTE)));
        assertThat(rig.eventTypes()).containsExactly("notify_restored");
        assertThat(told()).containsExactly("other routine: phone can be told again after 1 min 0 s");

        rig.step(new Input.Notified(new NoticeNews.Dropped("phone", 4, 1)));
        assertThat(rig.eventTypes()).containsExactly("overflow");
    }

    @Test
    void gatewayThatTellsNobodyKeepsNothing() {
        rig = rig(CoreRig.FACTS).started();
        burgle();
        rig.pass(MINUTE.multipliedBy(10));

        assertThat(notices()).isEmpty();
        assertThat(rig.snapshots()).allMatch(each -> each.escalation() == null);
    }
}
