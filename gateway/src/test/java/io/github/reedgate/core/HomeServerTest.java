package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.core.GatewaySettings.Description;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What home servers are told and when, and what they may ask for. */
class HomeServerTest {

    private static final String STATUS = "homeassistant/status";
    private static final String TEST = "reedgate/home/diagnostics/test/set";
    private static final Description DESCRIPTION = new Description(
            List.of(
                    Message.retainedText("homeassistant/device/reedgate_old/config", ""),
                    Message.retainedJson("homeassistant/device/reedgate_home/config", "{}")),
            Optional.of(STATUS));
    private static final Duration LATEST = HomeServerStage.EARLIEST.plus(HomeServerStage.SPREAD);

    private static CoreRig described() {
        return new CoreRig(CoreRig.doors(2), CoreRig.FACTS, DESCRIPTION);
    }

    private static void birth(CoreRig rig) {
        rig.step(new Input.Received(Incoming.text(STATUS, "online")));
    }

    private static int refreshes(CoreRig rig) {
        return (int) rig.outputs().stream().filter(StepOutput::refreshRetained).count();
    }

    @Test
    void descriptionsComeBeforeAllElse() {
        CoreRig rig = described();
        rig.start();

        assertThat(rig.told().subList(0, 2))
                .containsExactly(
                        "homeassistant/device/reedgate_old/config=", "homeassistant/device/reedgate_home/config");
    }

    @Test
    void onlyWhoIsDescribedListens() {
        assertThat(described().core().topics()).contains(TEST, STATUS);
        assertThat(CoreRig.of(CoreRig.door(0)).core().topics()).doesNotContain(TEST, STATUS);
    }

    @Test
    void birthIsAnsweredOnceAfterOneToTenSeconds() {
        CoreRig rig = described().started();
        birth(rig);
        rig.pass(HomeServerStage.EARLIEST.minusNanos(1));
        assertThat(refreshes(rig)).as("not at once").isZero();
        birth(rig);
        rig.pass(LATEST.minus(HomeServerStage.EARLIEST).plusNanos(1));
        assertThat(refreshes(rig)).as("once, although it was told twice").isEqualTo(1);
        rig.pass(Duration.ofMinutes(1));
        assertThat(refreshes(rig)).isEqualTo(1);
        birth(rig);
        rig.pass(LATEST);
        assertThat(refreshes(rig)).as("the next birth too").isEqualTo(2);
    }

    @Test
    void gatewaysDoNotAnswerAllAtOnce() {
        long moments = LongStream.range(0, 50)
                .map(seed -> {
                    CoreRig rig = new CoreRig(
                            CoreRig.doors(1),
                            new GatewaySettings.StartFacts(1, 1, GatewaySettings.LastStop.CLEAN, 0, seed),
                            DESCRIPTION);
                    rig.start();
                    birth(rig);
                    Long due = rig.state().link().server().refreshNanos();
                    assertThat(due).isNotNull();
                    long wait = (due == null ? 0 : due) - rig.now().monotonicNanos();
                    assertThat(wait).isBetween(HomeServerStage.EARLIEST.toNanos(), LATEST.toNanos());
                    return wait / 1_000_000_000;
                })
                .distinct()
                .count();
        assertThat(moments).as("different whole seconds of 50 gateways").isGreaterThan(6);
    }

    @Test
    void lostConnectionMakesAnAnswerNeedless() {
        CoreRig rig = described().started();
        birth(rig);
        rig.step(new Input.LinkLost("gone"));
        rig.pass(Duration.ofMinutes(1));
        assertThat(refreshes(rig)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"offline", "Online", "", "online ", "{}"})
    void whatIsNoBirthIsNotAnswered(String text) {
        CoreRig rig = described().started();
        rig.step(new Input.Received(Incoming.text(STATUS, text)));
        rig.step(new Input.Received(new Incoming(STATUS, "", Incoming.Shape.NOT_TEXT, false)));
        rig.step(new Input.Received(Incoming.text("elsewhere/status", "online")));
        rig.pass(Duration.ofMinutes(1));
        assertThat(refreshes(rig)).isZero();
        assertThat(rig.eventTypes()).isEmpty();
    }

    @Test
    void buttonMakesATestAlarmButNotOneAfterTheOther() {
        CoreRig rig = described().started();
        rig.step(new Input.Received(Incoming.text(TEST, "PRESS")));
        assertThat(rig.eventTypes()).containsExactly("test");
        assertThat(rig.last("alarm")).startsWith("Test alarm from home, ");

        rig.forget();
        rig.pass(HomeServerStage.PAUSE.minusNanos(1));
        rig.step(new Input.Received(Incoming.text(TEST, "PRESS")));
        assertThat(rig.eventTypes()).containsExactly("command_refused");
        assertThat(rig.events().get(0)).containsEntry("reason", "too_often");

        rig.pass(Duration.ofNanos(1));
        rig.forget();
        rig.step(new Input.Received(Incoming.text(TEST, "PRESS\r\n")));
        assertThat(rig.eventTypes()).as("as a shell sends it").containsExactly("test");
    }

    @Test
    void keptOrUnreadablePressDoesNothingButAnEvent() {
        Map<Incoming, String> refused = Map.of(
                new Incoming(TEST, "PRESS", Incoming.Shape.TEXT, true),
                "retained",
                Incoming.text(TEST, "press"),
                "malformed",
                Incoming.text(TEST, ""),
                "malformed",
                new Incoming(TEST, "", Incoming.Shape.TOO_LONG, false),
                "malformed",
                new Incoming(TEST, "", Incoming.Shape.NOT_TEXT, false),
                "malformed");
        refused.forEach((message, reason) -> {
            CoreRig rig = described().started();
            rig.step(new Input.Received(message));
            assertThat(rig.eventTypes()).as("%s", message).containsExactly("command_refused");
            assertThat(rig.events().get(0))
                    .containsEntry("reason", reason)
                    .containsEntry("topic", TEST)
                    .containsEntry("untold", 0);
        });
    }

    @Test
    void floodOfRefusedPressesFillsNoLog() {
        CoreRig rig = described().started();
        for (int i = 0; i < 1000; i++) {
            rig.step(new Input.Received(Incoming.text(TEST, "x" + i)));
        }
        assertThat(rig.events()).hasSize(1);
        rig.pass(HomeServerStage.PAUSE);
        rig.step(new Input.Received(Incoming.text(TEST, "x")));
        assertThat(rig.events()).hasSize(2);
        assertThat(rig.events().get(1)).containsEntry("untold", 999);
    }

    @Test
    void birthsCostNoAlarmItsTime() {
        CoreRig rig = described().started();
        birth(rig);
        rig.move(0, Position.OPEN);
        rig.pass(Duration.ofMillis(30));
        assertThat(rig.eventTypes()).containsExactly("opened");
    }
}
