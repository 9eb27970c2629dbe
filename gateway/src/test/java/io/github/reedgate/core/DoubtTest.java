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
import io.github.reedgate.core.GatewaySettings.Recall;
import io.github.reedgate.message.Incoming;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the panel had to remember and is lost does not pass for disarmed. */
class DoubtTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String WHY = "the store can't be used, and panel.json can't be read";

    private static CoreRig rig(String document, Recall recall) {
        return rig(document, recall, Reaction.INSTANT);
    }

    private static CoreRig rig(String document, Recall recall, Reaction reaction) {
        Set<AlarmMode> all = Set.of(AlarmMode.AWAY, AlarmMode.NIGHT);
        PanelSettings.Delays none = new PanelSettings.Delays(Duration.ZERO, Duration.ZERO);
        PanelSettings settings = new PanelSettings(
                List.of(new PanelSensor("s1", all, reaction, PanelSensor.Bypass.NEVER, false)),
                Map.of(AlarmMode.AWAY, none),
                Duration.ofMinutes(3),
                PanelSettings.After.REARM,
                Duration.ofMinutes(5),
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));
        Before before = new Before(Map.of(), null, false, Snapshots.of(document), recall);
        CoreRig rig = new CoreRig(
                List.of(CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER)),
                CoreRig.FACTS.withBefore(before),
                settings);
        rig.start();
        rig.pass(SECOND.multipliedBy(2));
        return rig;
    }

    private static CoreRig lost() {
        return rig("", new Recall(false, WHY));
    }

    private static void hear(CoreRig rig, String topic, String payload) {
        rig.step(new Input.Received(new Incoming("reedgate/home/" + topic, payload, Incoming.Shape.TEXT, true)));
    }

    private static boolean keepsPanel(CoreRig rig) {
        return rig.stored().panel() != null;
    }

    private static List<Set<String>> withheld(CoreRig rig) {
        return rig.each(StepOutput::withheld);
    }

    @Test
    void lossIsToldAtOnceAndIsNotDisarmed() {
        CoreRig rig = lost();

        assertThat(rig.last("panel/state")).isEqualTo("unknown");
        assertThat(rig.told())
                .filteredOn(told -> told.startsWith("alarm="))
                .singleElement()
                .asString()
                .startsWith("alarm=Alarm panel's memory lost: " + WHY
                        + "; it is not known whether it was armed; arm or disarm it");
        assertThat(rig.eventTypes()).contains("panel_lost");
        assertThat(rig.stored().panelLost()).isEqualTo(WHY);
        assertThat(keepsPanel(rig)).as("nothing is kept that is not known").isFalse();
        assertThat(withheld(rig)).containsExactly(Set.of("reedgate/home/panel/state", "reedgate/home/panel/detail"));
    }

    @Test
    void whatTheBrokerHasCounts() {
        CoreRig rig = lost();
        rig.forget();
        rig.step(new Input.LinkUp());
        hear(rig, "panel/state", "armed_away");
        rig.pass(PanelDoubt.PATIENCE);

        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        assertThat(rig.events())
                .anyMatch(event ->
                        "panel_lost".equals(event.get("event_type")) && "armed_away".equals(event.get("panel")));
        assertThat(keepsPanel(rig)).isTrue();
        assertThat(withheld(rig)).containsExactly(Set.of());

        rig.move(0, Position.OPEN);
        rig.pass(SECOND);
        assertThat(rig.last("panel/state")).isEqualTo("triggered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arming", "pending", "triggered"})
    void modeOfAnAlarmOrADelayIsInTheDetail(String state) {
        CoreRig rig = lost();
        rig.step(new Input.LinkUp());
        hear(rig, "panel/detail", "{\"since\":null,\"mode\":\"night\",\"incident_id\":null}");
        hear(rig, "panel/state", state);
        rig.pass(PanelDoubt.PATIENCE);
        assertThat(rig.last("panel/state")).isEqualTo("armed_night");
    }

    @Test
    void brokerThatKnowsNothingLeavesItUnknownUntilSomebodyDecides() {
        CoreRig rig = lost();
        rig.step(new Input.LinkUp());
        rig.pass(PanelDoubt.PATIENCE.plus(SECOND));
        rig.move(0, Position.OPEN);
        rig.pass(SECOND);
        rig.move(0, Position.CLOSED);
        rig.pass(SECOND);
        assertThat(rig.last("panel/state")).isEqualTo("unknown");
        assertThat(keepsPanel(rig)).isFalse();
        rig.forget();

        rig.step(new Input.PanelCommanded(new PanelCommand.Disarm("anna"), 1));

        assertThat(rig.last("panel/state")).isEqualTo("disarmed");
        assertThat(rig.stored().panelLost()).isEmpty();
        assertThat(keepsPanel(rig)).isTrue();
    }

    /** The gateway ticked without a pause as long as the siren ran: what is left of that is not stored while the panel is unknown. */
    @Test
    void alarmOfASensorThatAlwaysCountsTicksNoMoreThanItMust() {
        CoreRig rig = rig("", new Recall(false, WHY), Reaction.ALWAYS);
        rig.move(0, Position.OPEN);
        rig.pass(SECOND);
        assertThat(rig.last("panel/state")).isEqualTo("triggered");
        rig.pass(SECOND.multipliedBy(30));
        assertThat(keepsPanel(rig)).isFalse();
    }

    @Test
    void disarmedAsTheBrokerHasItIsDisarmedAndSaid() {
        CoreRig rig = lost();
        rig.forget();
        rig.step(new Input.LinkUp());
        hear(rig, "panel/state", "disarmed");
        rig.pass(PanelDoubt.PATIENCE);
        assertThat(rig.last("panel/state")).isEqualTo("disarmed");
        assertThat(rig.told()).anyMatch(told -> told.contains("it is disarmed as the broker has it"));
    }

    @Test
    void armingDecidesWithoutABrokerAndARefusalDoesNot() {
        CoreRig rig = lost();
        rig.step(new Input.PanelCommanded(new PanelCommand.Acknowledge("anna"), 1));
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.HOME, Set.of(), "anna"), 2));
        assertThat(rig.last("panel/state")).isEqualTo("unknown");
        rig.step(new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 3));
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        rig.forget();
        rig.step(new Input.LinkUp());
        hear(rig, "panel/state", "disarmed");
        rig.pass(PanelDoubt.PATIENCE.plus(SECOND));
        assertThat(rig.told()).noneMatch(told -> told.startsWith("panel/state") || told.startsWith("alarm"));
    }

    @Test
    void veryFirstStartIsDisarmedAndQuiet() {
        CoreRig rig = rig("", Recall.NEVER_STORED);
        assertThat(rig.last("panel/state")).isEqualTo("disarmed");
        rig.step(new Input.LinkUp());
        rig.pass(PanelDoubt.PATIENCE.plus(SECOND));

        assertThat(rig.last("panel/state")).isEqualTo("disarmed");
        assertThat(rig.eventTypes()).doesNotContain("panel_lost");
        assertThat(keepsPanel(rig)).isTrue();
        assertThat(withheld(rig)).last().isEqualTo(Set.of());
    }

    @Test
    void emptyStateFolderWhoseBrokerKnowsThePanelIsNoFirstStart() {
        CoreRig rig = rig("", Recall.NEVER_STORED);
        rig.step(new Input.LinkUp());
        hear(rig, "panel/state", "armed_away");
        rig.pass(PanelDoubt.PATIENCE);
        assertThat(rig.last("panel/state")).isEqualTo("armed_away");
        assertThat(rig.eventTypes()).contains("panel_lost");
    }

    @Test
    void emptyStateFolderWhoseBrokerKnowsEventsIsNoFirstStart() {
        CoreRig rig = rig("", Recall.NEVER_STORED);
        rig.step(new Input.LinkUp());
        rig.step(new Input.BrokerRemembers(90_000, 0, 1));
        rig.pass(PanelDoubt.PATIENCE);
        assertThat(rig.last("panel/state")).isEqualTo("unknown");
        assertThat(rig.told()).anyMatch(told -> told.startsWith("alarm=Alarm panel's memory lost: the broker knows"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"version\":2}", "nonsense", "[]", "null"})
    void documentThatCantBeUnderstoodIsLost(String document) {
        assertThat(rig(document, Recall.WHOLE).last("panel/state")).isEqualTo("unknown");
    }

    @Test
    void panelThatNeverWasIsDisarmed() {
        CoreRig rig = rig("", Recall.WHOLE);
        assertThat(rig.last("panel/state")).isEqualTo("disarmed");
        assertThat(withheld(rig)).isEmpty();
        assertThat(rig.eventTypes()).doesNotContain("panel_lost");
    }
}
