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
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.contact.Trouble;
import io.github.reedgate.contact.TroublePolicy;
import io.github.reedgate.contact.TroublePolicy.Rank;
import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows when a sensor can't be trusted: as its owner wants it, once, and not because of a restart. */
class TroubleTest {

    private static final int DOOR = 0;
    private static final int BOX = 1;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static TroublePolicy all(Rank rank) {
        return new TroublePolicy(rank, rank, rank, rank);
    }

    private static List<Sensor> sensors(Rank rank) {
        return List.of(
                CoreRig.troubled(CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER), all(rank)),
                CoreRig.troubled(CoreRig.sensor(2, SensorType.TAMPER, Sensor.AlarmPolicy.NEVER), all(rank)));
    }

    private static PanelSettings panel() {
        return new PanelSettings(
                List.of(
                        new PanelSensor(
                                "s1",
                                EnumSet.allOf(AlarmMode.class),
                                Reaction.DELAYED,
                                PanelSensor.Bypass.ASKED,
                                false),
                        new PanelSensor("s2", Set.of(), Reaction.ALWAYS, PanelSensor.Bypass.NEVER, false)),
                Map.of(AlarmMode.AWAY, new PanelSettings.Delays(Duration.ofSeconds(30), Duration.ofSeconds(20))),
                Duration.ofMinutes(3),
                PanelSettings.After.REARM,
                Duration.ofHours(5),
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));
    }

    private static CoreRig rig(Rank rank) {
        return new CoreRig(sensors(rank), CoreRig.FACTS, panel()).started();
    }

    private static void arm(CoreRig rig, Set<String> bypass) {
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, bypass, "anna"), 1));
    }

    private static CoreRig armed(Rank rank) {
        CoreRig rig = rig(rank);
        arm(rig, Set.of());
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        return rig;
    }

    private static List<String> lines(CoreRig rig) {
        return rig.told().stream().filter(told -> told.startsWith("alarm=")).toList();
    }

    /** Makes the trouble begin at the door, which is closed again at the end if it moves at all. */
    private static void cause(CoreRig rig, Trouble trouble) {
        switch (trouble) {
            case CHATTERING -> {
                for (int i = 0; i < 80; i++) {
                    rig.move(DOOR, i % 2 == 0 ? Position.OPEN : Position.CLOSED);
                    rig.pass(Duration.ofMillis(500));
                }
            }
            case STUCK -> {
                for (int i = 0; i < 1_200; i++) {
                    rig.move(DOOR, i % 2 == 0 ? Position.OPEN : Position.CLOSED);
                    rig.pass(Duration.ofMillis(10));
                }
            }
            case DEAF -> {
                rig.moveSilently(DOOR, Position.OPEN);
                rig.pass(SECOND);
                rig.moveSilently(DOOR, Position.CLOSED);
                rig.pass(SECOND);
            }
            case UNREADABLE -> {
                rig.breakLine(DOOR, "gone");
                rig.pass(SECOND);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void troubleThatIsReportedRingsNowhere(Trouble trouble) {
        CoreRig rig = rig(Rank.REPORT);
        cause(rig, trouble);
        assertThat(rig.eventTypes()).contains("sensor_fault");
        assertThat(lines(rig)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void troubleThatIsNotifiedIsALineForThePhone(Trouble trouble) {
        CoreRig rig = rig(Rank.NOTIFY);
        cause(rig, trouble);
        assertThat(lines(rig)).isNotEmpty().allMatch(line -> line.startsWith("alarm=Sensor 1 "));
        assertThat(lines(rig)).hasSize((int)
                rig.eventTypes().stream().filter("sensor_fault"::equals).count());
        assertThat(rig.eventTypes()).doesNotContain("triggered");
    }

    @Test
    void lineThatFailsWhileArmedRaisesTheAlarmOnceAndAtOnce() {
        CoreRig rig = armed(Rank.ALARM);
        cause(rig, Trouble.UNREADABLE);
        assertThat(rig.last("panel/state")).isEqualTo("triggered");
        assertThat(lines(rig)).singleElement().asString().startsWith("alarm=Sensor 1 can't be read while armed away, ");
        assertThat(rig.events())
                .filteredOn(event -> "triggered".equals(event.get("event_type")))
                .singleElement()
                .satisfies(
                        event -> assertThat(event).containsEntry("sensor", "s1").containsEntry("state", "unknown"));

        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        assertThat(lines(rig)).hasSize(1);
    }

    @Test
    void troubleThatIsOnlyNotifiedRaisesNoAlarmWhileArmed() {
        CoreRig rig = armed(Rank.NOTIFY);
        cause(rig, Trouble.UNREADABLE);
        assertThat(lines(rig)).singleElement().asString().startsWith("alarm=Sensor 1 can't be read: gone, ");
        assertThat(rig.eventTypes()).doesNotContain("triggered", "pending");
    }

    @Test
    void troubleWhileDisarmedOrLeavingIsALineOnly() {
        CoreRig rig = rig(Rank.ALARM);
        arm(rig, Set.of());
        rig.pass(Duration.ofSeconds(5));
        cause(rig, Trouble.DEAF);
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        assertThat(lines(rig)).singleElement().asString().contains("moved without an edge");
    }

    @Test
    void sensorThatIsLeftOutRaisesNoAlarm() {
        CoreRig rig = rig(Rank.ALARM);
        arm(rig, Set.of("s1"));
        rig.pass(Duration.ofSeconds(31));
        cause(rig, Trouble.UNREADABLE);
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        assertThat(lines(rig)).hasSize(1);
    }

    @Test
    void sensorThatIsAlwaysWatchedRaisesTheAlarmWhileDisarmed() {
        CoreRig rig = rig(Rank.ALARM);
        rig.breakLine(BOX, "gone");
        rig.pass(SECOND);
        assertThat(rig.last("panel/state")).isEqualTo("triggered");
        assertThat(lines(rig)).singleElement().asString().startsWith("alarm=Sensor 2 can't be read while disarmed, ");
    }

    @Test
    void troubleDuringTheEntryDelayJoinsTheIncident() {
        CoreRig rig = armed(Rank.ALARM);
        rig.move(DOOR, Position.OPEN);
        rig.pass(SECOND);
        rig.breakLine(BOX, "gone");
        rig.pass(SECOND);
        assertThat(rig.last("panel/state")).isEqualTo("pending");
        assertThat(rig.eventTypes()).containsSubsequence("pending", "pending");
        rig.pass(Duration.ofSeconds(20));
        assertThat(rig.last("panel/state")).isEqualTo("triggered");
        assertThat(rig.eventTypes()).containsOnlyOnce("triggered");
    }

    @Test
    void walkTestRaisesNoAlarmForATrouble() {
        CoreRig rig = rig(Rank.ALARM);
        rig.step(new Input.WalkOrdered(new WalkOrder.Begin(Duration.ofMinutes(30)), 1));
        rig.breakLine(BOX, "gone");
        rig.pass(SECOND);
        assertThat(rig.eventTypes()).contains("walk_test_started").doesNotContain("triggered");
        assertThat(lines(rig)).hasSize(1);
    }

    @Test
    void troubleThatGetsWorseIsToldAgain() {
        CoreRig rig = rig(Rank.NOTIFY);
        cause(rig, Trouble.DEAF);
        cause(rig, Trouble.UNREADABLE);
        assertThat(lines(rig)).hasSize(2);
    }

    @Test
    void contradictionOfTwoLinesIsToldAsTamperingOnly() {
        Sensor door = CoreRig.troubled(
                CoreRig.guarded(1, TamperLoop.Kind.CHANGEOVER, Sensor.AlarmPolicy.ALWAYS), all(Rank.NOTIFY));
        CoreRig rig = CoreRig.of(door).started();
        rig.move(1, Position.OPEN);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.eventTypes()).contains("tampered", "sensor_fault");
        assertThat(lines(rig)).singleElement().asString().contains("tampered with");
    }

    @Test
    void whatWasToldBeforeARestartIsNoAlarmAndIsOverAfterAMinute() {
        CoreRig rig = armed(Rank.ALARM);
        cause(rig, Trouble.UNREADABLE);
        rig.pass(Duration.ofMinutes(4));
        CoreRig next = restarted(rig.stored(), Rank.ALARM);
        next.breakLine(DOOR, "gone");
        next.start();
        next.pass(Duration.ofMinutes(5));
        assertThat(next.last("panel/state")).isEqualTo("armed_away");
        assertThat(lines(next)).isEmpty();
        assertThat(next.events())
                .filteredOn(event -> "sensor_fault".equals(event.get("event_type")))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("found", true));

        next.breakLine(DOOR, "");
        next.pass(Duration.ofMinutes(2));
        assertThat(next.eventTypes()).containsOnlyOnce("sensor_ok");
        assertThat(next.stored().troubles()).isEmpty();
        next.breakLine(DOOR, "gone");
        next.pass(SECOND);
        assertThat(next.last("panel/state")).isEqualTo("triggered");
    }

    @Test
    void whatIsMendedWhileTheGatewayIsDownIsTold() {
        CoreRig rig = rig(Rank.REPORT);
        cause(rig, Trouble.UNREADABLE);
        CoreRig next = restarted(rig.stored(), Rank.REPORT);
        next.start();
        next.pass(Duration.ofSeconds(50));
        assertThat(next.eventTypes()).containsExactly("started");
        next.pass(Duration.ofSeconds(20));
        assertThat(next.eventTypes()).containsExactly("started", "sensor_ok");
        assertThat(next.stored().troubles()).isEmpty();
    }

    @Test
    void whatIsWorseThanBeforeTheRestartRaisesTheAlarm() {
        CoreRig rig = armed(Rank.ALARM);
        CoreRig next = restarted(withTrouble(rig.stored()), Rank.ALARM);
        next.start();
        next.pass(Duration.ofSeconds(2));
        next.breakLine(DOOR, "gone");
        next.pass(SECOND);
        assertThat(next.last("panel/state")).isEqualTo("triggered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2 s1/deaf", "1", "1 s1", "1 s1/DEAF", "1 s1/odd", "1 s9/deaf", "{}", "1 s1/deaf/x"})
    void whatWasKeptAndCanNotBeReadIsNothing(String text) {
        CoreRig next = restarted(Snapshots.former("troubles", text), Rank.NOTIFY);
        next.start();
        next.pass(Duration.ofMinutes(2));
        assertThat(next.eventTypes()).containsExactly("started");
    }

    private static GatewaySnapshot withTrouble(GatewaySnapshot stored) {
        return new GatewaySnapshot(
                stored.panel(),
                "",
                null,
                Map.of(),
                Snapshots.former("troubles", "1 s1/chattering").troubles(),
                0,
                "");
    }

    private static CoreRig restarted(GatewaySnapshot stored, Rank rank) {
        Before before = new Before(Map.of(), null, false, stored);
        return new CoreRig(sensors(rank), new StartFacts(4, 1_000, LastStop.UNCLEAN, 0, 43, before), panel());
    }
}
