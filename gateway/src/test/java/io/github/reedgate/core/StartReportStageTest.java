package io.github.reedgate.core;

import static io.github.reedgate.contact.Position.CLOSED;
import static io.github.reedgate.contact.Position.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start tells of the time before it, and that it raises no alarm. */
class StartReportStageTest {

    private static final Instant SEEN = CoreRig.START.wall().minus(Duration.ofHours(3));

    private static CoreRig rig(Before before, Sensor... sensors) {
        return new CoreRig(Watch.DEFAULT, List.of(sensors), CoreRig.FACTS.withBefore(before));
    }

    private static CoreRig rig(Map<String, String> lastStates, Sensor... sensors) {
        return rig(new Before(lastStates, null, false, GatewaySnapshot.NOTHING), sensors);
    }

    private static void assertNoAlarm(CoreRig rig) {
        assertThat(rig.told()).noneMatch(told -> told.startsWith("alarm"));
    }

    @Test
    void sensorsThatMovedWhileTheGatewayWasDownAreNamedAndRaiseNoAlarm() {
        CoreRig rig = rig(
                Map.of("s17", "closed", "s27", "open", "s5", "ok", "s6", "open"),
                CoreRig.door(17),
                CoreRig.door(27),
                CoreRig.sensor(5, SensorType.TAMPER, Sensor.AlarmPolicy.ALWAYS),
                CoreRig.door(6));
        rig.moveSilently(0, OPEN);
        rig.moveSilently(2, OPEN);
        rig.moveSilently(3, OPEN);
        rig.start();
        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.eventTypes()).containsExactly("started");
        assertThat(rig.events().get(0))
                .containsEntry(
                        "message",
                        "Gateway home started: Sensor 17 open, Sensor 5 tampered, Sensor 6 open;"
                                + " Sensor 17 moved while the gateway was down: closed -> open;"
                                + " Sensor 27 moved while the gateway was down: open -> closed;"
                                + " Sensor 5 moved while the gateway was down: ok -> tampered")
                .containsEntry(
                        "moved",
                        Map.of(
                                "s17", Map.of("from", "closed", "to", "open"),
                                "s27", Map.of("from", "open", "to", "closed"),
                                "s5", Map.of("from", "ok", "to", "tampered")));
        assertNoAlarm(rig);
    }

    @Test
    void nothingMovedIsSaidOnlyIfSomethingIsKnown() {
        CoreRig known = rig(Map.of("s17", "closed"), CoreRig.door(17));
        known.start();
        known.pass(Duration.ofSeconds(1));
        assertThat(known.events().get(0)).containsEntry("moved", Map.of());

        CoreRig unknown = rig(Map.of(), CoreRig.door(17));
        unknown.start();
        unknown.pass(Duration.ofSeconds(1));
        assertThat(unknown.events().get(0))
                .doesNotContainKey("moved")
                .doesNotContainKey("last_seen")
                .doesNotContainKey("down_s");
    }

    @Test
    void stateThatIsNotKnownSensorThatIsGoneAndChangedTypeAreNoMove() {
        CoreRig rig = rig(
                Map.of("s17", "unknown", "gone", "open", "s5", "closed", "s6", "tampered"),
                CoreRig.door(17),
                CoreRig.sensor(5, SensorType.TAMPER, Sensor.AlarmPolicy.ALWAYS),
                CoreRig.door(6));
        rig.moveSilently(0, OPEN);
        rig.moveSilently(2, OPEN);
        rig.start();
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.events().get(0)).containsEntry("moved", Map.of());
    }

    @ParameterizedTest
    @CsvSource({"closed, OPEN, opened", "open, CLOSED, closed"})
    void moveThatIsFoundAfterTheStartWasToldIsToldThenWithoutAlarm(String last, Position now, String type) {
        CoreRig rig = rig(Map.of("s17", last), CoreRig.door(17));
        rig.breakLine(0, "no such line");
        rig.moveSilently(0, now);
        rig.start();
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.events().get(0)).containsEntry("event_type", "started").containsEntry("moved", Map.of());
        rig.forget();
        rig.breakLine(0, "");
        rig.pass(Duration.ofSeconds(2));

        String word = now == OPEN ? "open" : "closed";
        assertThat(rig.eventTypes()).containsExactly(type);
        assertThat(rig.events().get(0))
                .containsEntry("state", word)
                .containsEntry("found", true)
                .containsEntry(
                        "message", "Sensor 17 found " + word + "; it was " + last + " before the gateway was down");
        assertThat(rig.last("s17/state")).isEqualTo(word);
        assertThat(CoreRig.json(rig.last("s17/detail")))
                .containsEntry("event_id", rig.events().get(0).get("id"));
        assertNoAlarm(rig);
    }

    @Test
    void sensorThatIsReadLateAndStandsWhereItStoodTellsNothing() {
        CoreRig rig = rig(Map.of("s17", "closed"), CoreRig.door(17));
        rig.breakLine(0, "no such line");
        rig.start();
        rig.pass(Duration.ofSeconds(5));
        rig.forget();
        rig.breakLine(0, "");
        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.told()).containsExactly("s17/state=closed", "s17/detail");
    }

    @Test
    void openingAfterTheStartRaisesItsAlarmWhateverWasBefore() {
        CoreRig rig = rig(Map.of("s17", "open"), CoreRig.door(17)).started();
        rig.move(0, OPEN);
        rig.pass(Duration.ofSeconds(1));
        rig.move(0, CLOSED);
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.eventTypes()).containsExactly("opened", "closed");
        assertThat(rig.told()).anyMatch(told -> told.startsWith("alarm=Sensor 17 opened"));
    }

    @Test
    void timeDownIsToldIfBothClocksCanBeTrusted() {
        CoreRig rig = rig(new Before(Map.of(), SEEN, true, GatewaySnapshot.NOTHING), CoreRig.door(17));
        rig.step(new Input.ClockChecked(true));
        rig.start();
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.events().get(0))
                .containsEntry("last_stop", "clean")
                .containsEntry("last_seen", "2026-11-22T18:14:00.000Z")
                .containsEntry("down_s", 10_800);
    }

    @Test
    void timeDownIsToldWithTheFirstSynchronisationIfTheStartWasTooEarlyForIt() {
        CoreRig rig = rig(new Before(Map.of(), SEEN, true, GatewaySnapshot.NOTHING), CoreRig.door(17));
        rig.start();
        rig.pass(Duration.ofSeconds(20));
        assertThat(rig.events().get(0)).containsKey("last_seen").doesNotContainKey("down_s");

        rig.setClock(Duration.ofHours(1));
        rig.step(new Input.ClockChecked(true));
        assertThat(rig.events().get(1))
                .containsEntry("event_type", "clock_corrected")
                .containsEntry("down_s", 14_400);
        rig.step(new Input.ClockChecked(false));
        rig.step(new Input.ClockChecked(true));
        assertThat(rig.events().get(2)).doesNotContainKey("down_s");
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 4"})
    void timeDownIsNotGuessed(boolean seenSynced, int hoursLater) {
        CoreRig rig = rig(
                new Before(Map.of(), SEEN.plus(Duration.ofHours(hoursLater)), seenSynced, GatewaySnapshot.NOTHING),
                CoreRig.door(17));
        rig.step(new Input.ClockChecked(true));
        rig.start();
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.events().get(0)).containsKey("last_seen").doesNotContainKey("down_s");
    }
}
