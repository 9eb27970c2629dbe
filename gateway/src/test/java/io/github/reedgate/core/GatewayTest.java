package io.github.reedgate.core;

import static io.github.reedgate.contact.Position.CLOSED;
import static io.github.reedgate.contact.Position.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Sensor.AlarmPolicy;
import io.github.reedgate.contact.SensorType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stories of the core, without threads and in virtual time. */
class GatewayTest {

    @Test
    void stateIsUnknownUntilTheFirstStableReading() {
        CoreRig rig = CoreRig.of(CoreRig.door(17));
        rig.start();
        assertThat(rig.told()).containsExactly("s17/state=unknown", "s17/detail");

        rig.forget();
        rig.pass(Duration.ofMillis(99));
        assertThat(rig.told()).isEmpty();

        rig.pass(Duration.ofMillis(1));
        assertThat(rig.told()).containsExactly("s17/state=closed", "s17/detail", "event");
        assertThat(rig.eventTypes()).containsExactly("started");
    }

    @Test
    void openingTellsAlarmStateDetailAndEventInThisOrderWithOneIdentity() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.move(0, OPEN);
        rig.pass(Duration.ofMillis(29));
        assertThat(rig.told()).isEmpty();

        rig.pass(Duration.ofMillis(1));
        assertThat(rig.told())
                .containsExactly(
                        "alarm=Sensor 17 opened, 21:14:02 (clock not set)", "s17/state=open", "s17/detail", "event");
        Map<String, Object> event = rig.events().get(0);
        Map<String, Object> detail = CoreRig.json(rig.last("s17/detail"));
        Map<String, String> alarm = rig.messages().get(0).userProperties();
        assertThat(event)
                .containsEntry("event_type", "opened")
                .containsEntry("seq", 101)
                .containsEntry("boot", 3)
                .containsEntry("sensor", "s17")
                .containsEntry("state", "open")
                .containsEntry("time", "2026-11-22T21:14:02.000Z")
                .containsEntry("uptime_ms", 2000)
                .containsEntry("clock_synced", false)
                .containsEntry("replayed", false);
        assertThat(detail).containsEntry("event_id", event.get("id")).containsEntry("seq", 101);
        assertThat(detail).containsEntry("since", "2026-11-22T21:14:02.000Z").containsEntry("health", "ok");
        assertThat(alarm).containsEntry("id", (String) event.get("id")).containsEntry("seq", "101");
    }

    @Test
    void closingRaisesNoAlarm() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.move(0, OPEN);
        rig.pass(Duration.ofSeconds(1));
        rig.forget();

        rig.move(0, CLOSED);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.told()).containsExactly("s17/state=closed", "s17/detail", "event");
        assertThat(rig.eventTypes()).containsExactly("closed");
    }

    @Test
    void sensorWithoutAlarmOpensQuietly() {
        CoreRig rig = CoreRig.of(CoreRig.sensor(17, SensorType.WINDOW, AlarmPolicy.NEVER))
                .started();
        rig.move(0, OPEN);
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.told()).containsExactly("s17/state=open", "s17/detail", "event");
    }

    @Test
    void tamperContactHasItsOwnWords() {
        CoreRig rig = CoreRig.of(CoreRig.sensor(5, SensorType.TAMPER, AlarmPolicy.ALWAYS))
                .started();
        rig.step(new Input.ClockChecked(true));
        rig.forget();
        rig.move(0, OPEN);
        rig.pass(Duration.ofSeconds(1));
        rig.move(0, CLOSED);
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.told())
                .containsExactly(
                        "alarm=Sensor 5 tampered with, 21:14:02",
                        "s5/state=tampered",
                        "s5/detail",
                        "event",
                        "s5/state=ok",
                        "s5/detail",
                        "event");
        assertThat(rig.eventTypes()).containsExactly("tampered", "tamper_cleared");
    }

    @Test
    void doorFoundOpenAtStartIsToldWithTheStartAndRaisesNoAlarm() {
        CoreRig rig = CoreRig.of(CoreRig.door(17), CoreRig.door(27));
        rig.moveSilently(1, OPEN);
        rig.start();
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.told()).noneMatch(told -> told.startsWith("alarm"));
        assertThat(rig.eventTypes()).containsExactly("started");
        assertThat(rig.events().get(0))
                .containsEntry("message", "Gateway home started: Sensor 27 open")
                .containsEntry("last_stop", "clean")
                .containsEntry("sensors", Map.of("s17", "closed", "s27", "open"));
    }

    @Test
    void missedEdgeIsHealedByReadingAndReportedOnce() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.moveSilently(0, OPEN);
        rig.pass(Duration.ofMillis(150));
        assertThat(rig.told()).contains("s17/state=open").anyMatch(told -> told.startsWith("alarm="));

        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.eventTypes()).containsExactlyInAnyOrder("opened", "sensor_fault");
        assertThat(CoreRig.json(rig.last("s17/detail"))).containsEntry("health", "fault");

        rig.forget();
        rig.moveSilently(0, CLOSED);
        rig.pass(Duration.ofMillis(115));
        assertThat(rig.told()).as("a deaf line is read every 10 ms").contains("s17/state=closed");
    }

    @Test
    void noOpeningOfADeafLineWaitsLongerThan150MillisecondsWheneverItHappens() {
        for (int millis = 0; millis < 100; millis++) {
            CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
            rig.pass(Duration.ofMillis(millis));
            rig.moveSilently(0, OPEN);
            rig.pass(Duration.ofMillis(150));
            assertThat(rig.told()).as("%d ms after a reading", millis).anyMatch(told -> told.startsWith("alarm="));

            rig.pass(Duration.ofMillis(50 + millis));
            rig.forget();
            rig.moveSilently(0, CLOSED);
            rig.pass(Duration.ofMillis(115));
            assertThat(rig.told()).as("%d ms later, known to be deaf", millis).contains("s17/state=closed");
        }
    }

    @Test
    void edgeThatArrivesJustAfterTheReadingIsNoMissedEdge() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.moveSilently(0, OPEN);
        rig.step(new Input.LevelRead(0, CoreRig.WIRING.level(OPEN)));
        rig.pass(Duration.ofMillis(12));
        rig.move(0, OPEN);
        rig.pass(Duration.ofSeconds(5));

        assertThat(rig.eventTypes()).containsExactly("opened");
    }

    @Test
    void deafLineIsTrustedAgainAMinuteAfterItsEdgesCameBack() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.moveSilently(0, OPEN);
        rig.pass(Duration.ofMinutes(5));
        rig.move(0, CLOSED);
        rig.pass(Duration.ofSeconds(59));
        assertThat(rig.eventTypes()).doesNotContain("sensor_ok");

        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.eventTypes()).endsWith("sensor_ok");
        assertThat(CoreRig.json(rig.last("s17/detail"))).containsEntry("health", "ok");
    }

    @Test
    void lineThatCannotBeReadIsUnknownAndAFaultUntilItIsBack() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.breakLine(0, "line 17 is gone");
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.told()).containsExactly("s17/state=unknown", "s17/detail", "event");
        assertThat(rig.events().get(0))
                .containsEntry("event_type", "sensor_fault")
                .containsEntry("state", "unknown")
                .containsEntry("message", "Sensor 17 can't be read: line 17 is gone");

        rig.forget();
        rig.breakLine(0, "");
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.told()).containsExactly("s17/state=closed", "s17/detail");
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.eventTypes()).containsExactly("sensor_ok");
    }

    @Test
    void doorThatOpenedWhileItsLineWasUnreadableRaisesItsAlarm() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.breakLine(0, "line 17 is gone");
        rig.pass(Duration.ofSeconds(10));
        rig.moveSilently(0, OPEN);
        rig.breakLine(0, "");
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.eventTypes()).containsExactly("sensor_fault", "opened");
        assertThat(rig.told()).anyMatch(told -> told.startsWith("alarm="));
    }

    @Test
    void glitchesAreToldOnceAMinuteAndAllCounted() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        for (int i = 0; i < 6; i++) {
            rig.move(0, OPEN);
            rig.pass(Duration.ofMillis(5));
            rig.move(0, CLOSED);
            rig.pass(Duration.ofSeconds(5));
        }
        assertThat(rig.eventTypes()).containsExactly("glitch");

        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.events()).extracting(event -> event.get("glitches")).containsExactly(1, 5);
        assertThat(CoreRig.json(rig.last("s17/detail"))).containsEntry("glitches", 6);
        assertThat(rig.told()).noneMatch(told -> told.startsWith("alarm") || told.contains("state="));
    }

    @Test
    void outageIsToldWhenItBeginsAndWithItsLengthWhenItEnds() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.step(new Input.LinkUp());
        assertThat(rig.told()).isEmpty();

        rig.step(new Input.LinkLost("connection reset"));
        rig.pass(Duration.ofMillis(7_250));
        rig.step(new Input.LinkUp());
        assertThat(rig.eventTypes()).containsExactly("link_lost", "link_restored");
        assertThat(rig.events().get(1))
                .containsEntry("outage_ms", 7250)
                .containsEntry("message", "Connection to the broker restored after 7.2 s");
    }

    @Test
    void testAlarmCarriesItsRequest() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.step(new Input.TestRequested(9));

        assertThat(rig.told()).containsExactly("alarm=Test alarm from home, 21:14:02 (clock not set)", "event");
        long seq = rig.all(StepOutput::events).get(0).event().stamp().seq();
        assertThat(rig.all(StepOutput::answers)).containsExactly(new StepOutput.TestRaised(9, seq));
    }

    @Test
    void droppedEdgesReadAllLevelsAgainAndAreToldOnceAMinute() {
        CoreRig rig = CoreRig.of(CoreRig.door(17), CoreRig.door(27)).started();
        rig.moveSilently(1, OPEN);
        rig.step(new Input.EdgesLost(40));
        assertThat(rig.all(StepOutput::reads)).contains(0, 1);
        rig.step(new Input.EdgesLost(2));
        rig.step(new Input.EdgesLost(3));
        rig.pass(Duration.ofSeconds(59));
        assertThat(rig.events())
                .filteredOn(event -> "overflow".equals(event.get("event_type")))
                .extracting(event -> event.get("dropped_edges"))
                .containsExactly(40);

        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.events())
                .filteredOn(event -> "overflow".equals(event.get("event_type")))
                .extracting(event -> event.get("dropped_edges"))
                .containsExactly(40, 5);
        assertThat(rig.told()).contains("s27/state=open");
    }

    @Test
    void eventsMissingInTheLogAreToldWithTheirNumber() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        rig.step(new Input.EventsUnlogged(7));
        assertThat(rig.events())
                .filteredOn(event -> "overflow".equals(event.get("event_type")))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("unlogged_events", 7)
                        .containsEntry("message", "No room: 7 events are missing in the log"));
    }
}
