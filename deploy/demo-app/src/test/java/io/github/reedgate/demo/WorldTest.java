package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.demo.World.Entry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the phone makes of messages, and in which colour. */
final class WorldTest {

    private World world = World.atFirst();

    private void got(String topic, String payload) {
        world = world.got("12:00:00", new Arrival("reedgate/home/" + topic, payload, false, Map.of(), 0));
    }

    private void states() {
        got("front_door/state", "closed");
        got("kitchen_window/state", "closed");
        got("panel/state", "disarmed");
        got("availability", "online");
    }

    private List<String> told() {
        return world.notifications().stream()
                .map(entry -> entry.tone() + " " + entry.text())
                .toList();
    }

    @Test
    void firstStatesAreKnownAndNotTold() {
        states();

        assertThat(told()).isEmpty();
        assertThat(world.known()).isEqualTo(new World.Known("closed", "closed", "disarmed", "online"));
        assertThat(world.messages()).isEqualTo(4);
    }

    @Test
    void doorThatOpensWhileDisarmedIsCalm() {
        states();
        got("alarm", "Front door opened, 12:00:00");
        got("front_door/state", "open");
        got("kitchen_window/state", "open");
        got("kitchen_window/state", "closed");

        assertThat(told())
                .containsExactly(
                        "CALM Front door opened, 12:00:00", "CALM Kitchen window open", "DIM Kitchen window closed");
    }

    @Test
    void burglaryIsRed() {
        states();
        got("panel/state", "arming");
        got("panel/state", "armed_away");
        got("alarm", "Kitchen window opened while armed away, 12:00:00");
        got("kitchen_window/state", "open");
        got("panel/state", "triggered");

        assertThat(told())
                .containsExactly(
                        "WATCH Panel: arming",
                        "WATCH Panel: armed away",
                        "ALARM ALARM Kitchen window opened while armed away, 12:00:00",
                        "ALARM Panel: triggered");
        assertThat(world.known().isAlarm()).isTrue();
    }

    @Test
    void answersAndOtherEventsAreInPlainWords() {
        states();
        got("panel/reply", "{\"action\":\"ARM_AWAY\",\"accepted\":true,\"reason\":null}");
        got("panel/reply", "{\"action\":\"DISARM\",\"accepted\":false,\"reason\":\"wrong_code\"}");
        got("event", "{\"event_type\":\"glitch\"}");
        got("event", "{\"event_type\":\"command_refused\",\"tries\":2}");
        got("event", "{\"event_type\":\"opened\"}");
        got("availability", "offline");

        assertThat(told())
                .containsExactly(
                        "BOLD You: arm away, done",
                        "BOLD You: disarm, refused: wrong code",
                        "DIM Event: glitch",
                        "DIM Event: command refused (try 2 of 5)",
                        "WATCH Gateway offline");
    }

    @Test
    void stateThatComesAgainIsNotToldAgain() {
        states();
        states();

        assertThat(told()).isEmpty();
    }

    @Test
    void onlyTheNewestTwoHundredLinesAreKept() {
        for (int i = 0; i < 250; i++) {
            world = world.did("12:00:00", "line " + i, Tone.PLAIN);
            got("alarm", "alarm " + i);
        }

        assertThat(world.happened()).hasSize(200).last().isEqualTo(new Entry("12:00:00", "line 249", Tone.PLAIN));
        assertThat(world.notifications()).hasSize(200);
    }
}
