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
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** A walk test in the core: what is moved is noticed, and raises no alarm. */
class WalkTestTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int DOOR = 0;
    private static final int BOX = 1;

    private final CoreRig rig =
            CoreRig.seldom(sensors(), CoreRig.FACTS, panel(), List.of()).started();
    private long requests;

    private static List<Sensor> sensors() {
        return List.of(
                CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER),
                CoreRig.sensor(2, SensorType.TAMPER, Sensor.AlarmPolicy.NEVER));
    }

    private static PanelSettings panel() {
        Set<AlarmMode> all = EnumSet.allOf(AlarmMode.class);
        return new PanelSettings(
                List.of(
                        new PanelSensor("s1", all, Reaction.DELAYED, PanelSensor.Bypass.NEVER, false),
                        new PanelSensor("s2", Set.of(), Reaction.ALWAYS, PanelSensor.Bypass.NEVER, false)),
                Map.of(AlarmMode.AWAY, new PanelSettings.Delays(Duration.ofSeconds(30), Duration.ofSeconds(20))),
                Duration.ofMinutes(3),
                PanelSettings.After.REARM,
                Duration.ofMinutes(5),
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));
    }

    private WalkAnswer order(CoreRig asked, WalkOrder order) {
        long id = ++requests;
        asked.step(new Input.WalkOrdered(order, id));
        return asked.all(StepOutput::answers).stream()
                .filter(answered -> answered.requestId() == id)
                .map(answered -> ((StepOutput.WalkAnswered) answered).answer())
                .findFirst()
                .orElseThrow();
    }

    private WalkAnswer.Report report(WalkOrder order) {
        return (WalkAnswer.Report) order(rig, order);
    }

    private long begin() {
        return report(new WalkOrder.Begin(Duration.ofMinutes(30))).number();
    }

    /** Lets time pass while somebody looks on every second. */
    private void attended(long test, int seconds) {
        for (int i = 0; i < seconds; i++) {
            rig.pass(SECOND);
            order(rig, new WalkOrder.Look(test));
        }
    }

    private void moveBothWays(int sensor) {
        rig.move(sensor, Position.OPEN);
        rig.pass(SECOND);
        rig.move(sensor, Position.CLOSED);
        rig.pass(SECOND);
    }

    @Test
    void everySensorMovedBothWaysFinishesTheTest() {
        long test = begin();
        moveBothWays(DOOR);
        rig.move(BOX, Position.OPEN);
        rig.pass(SECOND);

        WalkAnswer.Report halfway = report(new WalkOrder.Look(test));
        assertThat(halfway.end()).isNull();
        assertThat(halfway.sensors())
                .extracting(
                        WalkAnswer.Sight::id,
                        WalkAnswer.Sight::state,
                        it -> it.opened() != null,
                        it -> it.closed() != null)
                .containsExactly(Tuple.tuple("s1", "closed", true, true), Tuple.tuple("s2", "tampered", true, false));
        rig.move(BOX, Position.CLOSED);
        rig.pass(SECOND);

        assertThat(report(new WalkOrder.Finish(test)).end()).isEqualTo(WalkTest.End.FINISHED);
        assertThat(rig.eventTypes())
                .containsExactly(
                        "walk_test_started", "opened", "closed", "tampered", "tamper_cleared", "walk_test_ended");
        assertThat(rig.events().get(0)).containsEntry("limit_s", 1800);
        assertThat(rig.events().get(5))
                .containsEntry("message", "Walk test over, every sensor was moved: 2 of 2 sensors moved")
                .containsEntry("reason", "finished")
                .containsEntry("not_moved", List.of());
    }

    @Test
    void tamperRaisesNoAlarmDuringTheTestAndDoesAgainBehindIt() {
        long test = begin();
        rig.move(BOX, Position.OPEN);
        rig.pass(SECOND);
        assertThat(Objects.requireNonNull(rig.state().panel()).state().open()).contains("s2");
        order(rig, new WalkOrder.Finish(test));
        rig.pass(SECOND.multipliedBy(60));
        assertThat(rig.told()).noneMatch(told -> told.startsWith("alarm"));
        assertThat(rig.events())
                .filteredOn("event_type", "walk_test_ended")
                .singleElement()
                .extracting("message", "open")
                .containsExactly(
                        "Walk test over, it was stopped: 0 of 2 sensors moved; not moved: Sensor 1, Sensor 2;"
                                + " still open: Sensor 2",
                        List.of("s2"));

        rig.move(BOX, Position.CLOSED);
        rig.pass(SECOND);
        rig.move(BOX, Position.OPEN);
        rig.pass(SECOND);

        assertThat(rig.eventTypes()).endsWith("tampered", "triggered");
        assertThat(rig.last("panel/state")).isEqualTo("triggered");
    }

    @Test
    void testBeginsOnlyWhileDisarmed() {
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 900));
        assertThat(order(rig, new WalkOrder.Begin(SECOND)))
                .isEqualTo(new WalkAnswer.Refused(WalkAnswer.Reason.NOT_DISARMED));
        rig.pass(SECOND.multipliedBy(40));
        assertThat(order(rig, new WalkOrder.Begin(SECOND)))
                .isEqualTo(new WalkAnswer.Refused(WalkAnswer.Reason.NOT_DISARMED));
        rig.step(new Input.PanelCommanded(new PanelCommand.Disarm("anna"), 901));
        assertThat(order(rig, new WalkOrder.Begin(SECOND))).isInstanceOf(WalkAnswer.Report.class);
        assertThat(order(rig, new WalkOrder.Begin(SECOND)))
                .isEqualTo(new WalkAnswer.Refused(WalkAnswer.Reason.RUNNING));
    }

    @Test
    void armingEndsTheTest() {
        long test = begin();
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 900));

        assertThat(report(new WalkOrder.Look(test)).end()).isEqualTo(WalkTest.End.ARMED);
        rig.move(BOX, Position.OPEN);
        rig.pass(SECOND);
        assertThat(rig.last("panel/state")).isEqualTo("triggered");
        assertThat(rig.eventTypes())
                .containsExactly("walk_test_started", "arming", "walk_test_ended", "tampered", "triggered");
    }

    @Test
    void testThatNobodyLooksAtIsOver() {
        long test = begin();
        attended(test, 60);
        rig.pass(WalkTest.PATIENCE.minusSeconds(1));
        assertThat(rig.eventTypes()).containsExactly("walk_test_started");
        rig.pass(SECOND.multipliedBy(2));

        assertThat(rig.events().get(1)).containsEntry("reason", "unattended");
        rig.move(BOX, Position.OPEN);
        rig.pass(SECOND);
        assertThat(rig.last("panel/state")).isEqualTo("triggered");
    }

    @Test
    void noTestLastsLongerThanAnHour() {
        long test = report(new WalkOrder.Begin(Duration.ofHours(20))).number();
        attended(test, 3599);
        assertThat(rig.eventTypes()).containsExactly("walk_test_started");
        attended(test, 1);

        assertThat(report(new WalkOrder.Look(test)).end()).isEqualTo(WalkTest.End.TIME_OVER);
        assertThat(report(new WalkOrder.Finish(test)).end()).isEqualTo(WalkTest.End.TIME_OVER);
        assertThat(rig.eventTypes()).containsExactly("walk_test_started", "walk_test_ended");
    }

    @Test
    void testIsOverAfterARestart() {
        long test = begin();
        CoreRig next = new CoreRig(sensors(), CoreRig.FACTS, panel()).started();

        assertThat(order(next, new WalkOrder.Look(test))).isEqualTo(new WalkAnswer.Refused(WalkAnswer.Reason.UNKNOWN));
        next.move(BOX, Position.OPEN);
        next.pass(SECOND);
        assertThat(next.last("panel/state")).isEqualTo("triggered");
    }

    @Test
    void stopOfTheGatewayEndsTheTest() {
        begin();
        rig.step(new Input.StopRequested());
        assertThat(rig.eventTypes()).containsExactly("walk_test_started", "walk_test_ended", "stopping");
    }

    @Test
    void gatewayWithoutAPanelIsTestedToo() {
        CoreRig plain = CoreRig.of(CoreRig.door(1)).started();
        WalkAnswer.Report begun = (WalkAnswer.Report) order(plain, new WalkOrder.Begin(SECOND.multipliedBy(60)));
        plain.move(0, Position.OPEN);
        plain.pass(SECOND);

        WalkAnswer.Report seen = (WalkAnswer.Report) order(plain, new WalkOrder.Look(begun.number()));
        assertThat(seen.sensors().get(0).opened()).isNotNull();
        assertThat(seen.sensors().get(0).closed()).isNull();
        assertThat(plain.told()).anyMatch(told -> told.startsWith("alarm=Sensor 1 opened"));
    }
}
