package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Policy;
import io.github.reedgate.command.Refusal;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.User;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Topics;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands through the whole core: what is told, checked, kept and answered. The gateway here has no panel. */
class CommandStageTest {

    private static final String SET = "reedgate/home/panel/set";
    private static final String DISARM = "{\"action\":\"DISARM\",\"code\":\"2580\"}";
    private static final User ANNA = new User("anna", EnumSet.allOf(Right.class), null, null);

    private Gateway core = core(0);
    private GatewayState state = core.initial(CoreRig.START);
    private Timestamp now = CoreRig.START;
    private StepOutput output = StepOutput.NONE;

    private static Gateway core(long failures) {
        return new Gateway(new GatewaySettings(
                "home",
                Topics.of("reedgate", "home"),
                CoreRig.doors(1),
                ZoneOffset.UTC,
                GatewaySettings.Watch.DEFAULT,
                CoreRig.HEARTBEAT,
                CoreRig.FACTS.withBefore(
                        new GatewaySettings.Before(Map.of(), null, false, Snapshots.ofFailedCodes(failures))),
                Policy.STRICT,
                GatewaySettings.Description.NONE,
                null,
                List.of(),
                List.of()));
    }

    @BeforeEach
    void begin() {
        step(new Input.Started());
        pass(Duration.ofSeconds(2));
    }

    private void step(Input input) {
        StepResult step = core.step(state, input, now);
        state = step.state();
        output = step.output();
    }

    private void pass(Duration time) {
        now = now.plus(time);
        step(new Input.Tick());
    }

    private void send(String text) {
        step(new Input.Received(Incoming.text(SET, text)));
    }

    private List<Map<String, Object>> published(String topic) {
        return CoreRig.messages(output).stream()
                .filter(message -> message.topic().equals("reedgate/home/" + topic))
                .map(CommandStageTest::json)
                .toList();
    }

    private static Map<String, Object> json(Message message) {
        try {
            return JSON.std.mapFrom(message.payload());
        } catch (IOException e) {
            throw new AssertionError(message.payload(), e);
        }
    }

    private void assertRefused(@Nullable String action, String reason) {
        assertThat(published("panel/reply"))
                .singleElement()
                .satisfies(reply -> assertThat(reply)
                        .containsEntry("action", action)
                        .containsEntry("accepted", false)
                        .containsEntry("reason", reason)
                        .containsEntry("sensors", List.of()));
        assertThat(published("event"))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("event_type", "command_refused")
                        .containsEntry("reason", reason));
        assertThat(output.answers()).isEmpty();
        assertThat(output.checks()).isEmpty();
    }

    /** Sends a command and has its code checked. */
    private void order(String text, Match match) {
        send(text);
        StepOutput.CodeCheck check = output.checks().get(0);
        step(new Input.CodeChecked(check.command(), match));
    }

    @Test
    void gatewayTakesCommandsOnOneTopic() {
        assertThat(core.topics()).contains(SET);
    }

    @Test
    void retainedCommandDoesNothingButAReplyAnEventAndACount() {
        step(new Input.Received(new Incoming(SET, DISARM, Incoming.Shape.TEXT, true)));
        assertRefused("DISARM", "retained");
        assertThat(state.gate().refused()).isEqualTo(Map.of(Refusal.RETAINED, 1L));
    }

    @Test
    void payloadsThatAreTooLongOrNoTextAreRefused() {
        step(new Input.Received(new Incoming(SET, "", Incoming.Shape.TOO_LONG, false)));
        assertRefused(null, "too_large");
        step(new Input.Received(new Incoming(SET, "", Incoming.Shape.NOT_TEXT, false)));
        assertRefused(null, "not_utf8");
        send("{\"action\":\"DISARM\",\"__proto__\":{}}");
        assertRefused(null, "unknown_field");
    }

    @Test
    void commandWithoutACodeIsRefused() {
        send("DISARM");
        assertRefused("DISARM", "no_code");
    }

    @Test
    void staleCommandIsRefused() {
        step(new Input.ClockChecked(true));
        send("{\"action\":\"DISARM\",\"code\":\"2580\",\"issued_at\":\""
                + now.wall().minusSeconds(31) + "\"}");
        assertRefused("DISARM", "stale");
    }

    @Test
    void commandWithATimeIsRefusedWhileTheClockIsNotSet() {
        send("{\"action\":\"DISARM\",\"code\":\"2580\",\"issued_at\":\"" + now.wall() + "\"}");
        assertRefused("DISARM", "clock_not_set");
    }

    @Test
    void rightCodeReachesThePanelAndIsAnswered() {
        order("{\"action\":\"ARM_AWAY\",\"code\":\"2580\",\"bypass\":[\"s17\"]}", new Match.Known(ANNA, false));
        PanelCommand arm = new PanelCommand.Arm(AlarmMode.AWAY, Set.of("s17"), "anna");
        assertThat(output.answers())
                .containsExactly(new StepOutput.PanelAnswered(
                        0, arm, new PanelAnswer.Refused(PanelAnswer.Reason.NO_PANEL, List.of())));
        assertThat(published("panel/reply"))
                .containsExactly(json(Message.retainedJson(
                        "t",
                        "{\"action\":\"ARM_AWAY\",\"accepted\":false,\"reason\":\"no_panel\",\"sensors\":[],"
                                + "\"stored\":true,\"warning\":null}")));
        assertThat(published("event")).isEmpty();
    }

    @Test
    void otherTopicsAreNoCommands() {
        step(new Input.Received(Incoming.text("homeassistant/status", "DISARM")));
        assertThat(published("panel/reply")).isEmpty();
        assertThat(state.gate().refused()).isEmpty();
    }

    @Test
    void wrongCodesAreToldKeptAndLock() {
        for (int i = 1; i <= 5; i++) {
            order(DISARM, new Match.Nobody());
            assertRefused("DISARM", "wrong_code");
            assertThat(published("event").get(0)).containsEntry("tries", i);
            assertThat(failedCodes()).isEqualTo(i);
        }
        assertThat(published("event").get(0)).containsEntry("locked_s", 60);
        order(DISARM, new Match.Nobody());
        assertRefused("DISARM", "locked_out");
        assertThat(output.snapshot()).as("no try while codes are locked").isNull();
        order(DISARM, new Match.Known(ANNA, false));
        assertThat(failedCodes()).isZero();
        assertThat(output.answers()).hasSize(1);
    }

    private long failedCodes() {
        return Objects.requireNonNull(output.snapshot()).failedCodes();
    }

    @Test
    void lockIsThereAgainAfterARestart() {
        core = core(5);
        state = core.initial(now);
        begin();
        order(DISARM, new Match.Nobody());
        assertRefused("DISARM", "locked_out");
        pass(Duration.ofSeconds(60));
        order(DISARM, new Match.Nobody());
        assertRefused("DISARM", "wrong_code");
    }

    @Test
    void duressIsKeptAsAnAlarmAndRingsNowhere() {
        order(DISARM, new Match.Known(ANNA, true));
        assertThat(output.answers()).hasSize(1);
        StepOutput.Recorded kept = output.events().get(0);
        assertThat(kept.priority()).isEqualTo(Priority.IMPORTANT);
        assertThat(kept.event().type()).isEqualTo(EventType.DURESS);
        assertThat(kept.event().more()).containsEntry("by", "anna").containsEntry("action", "DISARM");
        assertThat(CoreRig.messages(output))
                .noneMatch(message -> message.topic().endsWith("/alarm"));
        assertThat(published("panel/reply").get(0).toString()).doesNotContain("duress");
        assertThat(output.log()).isEmpty();
    }

    @Test
    void floodIsCountedAndTellsLittle() {
        int told = 0;
        for (int i = 0; i < 5_000; i++) {
            send("{".repeat(i % 100));
            told += published("event").size() + published("panel/reply").size();
        }
        assertThat(told).isEqualTo(20);
        pass(CoreRig.HEARTBEAT);
        assertThat(Objects.requireNonNull(output.heartbeat()).refusedCommands()).isEqualTo(Map.of("malformed", 5_000L));
    }

    @Test
    void userIsAnsweredHoweverManyOthersAreRefused() {
        User cleaner = new User("cleaner", EnumSet.of(Right.ARM), null, null);
        for (int i = 0; i < 100; i++) {
            send("nonsense");
            send("DISARM");
        }
        for (int i = 0; i < 50; i++) {
            order(DISARM, new Match.Known(cleaner, false));
            assertThat(published("panel/reply"))
                    .singleElement()
                    .satisfies(reply -> assertThat(reply).containsEntry("reason", "not_permitted"));
            assertThat(published("event")).hasSize(i < 10 ? 1 : 0);
        }
    }

    @Test
    void whoMayNotDisarmMayNotArmForLess() {
        User cleaner = new User("cleaner", EnumSet.of(Right.ARM), null, null);
        order("{\"action\":\"ARM_HOME\",\"code\":\"2580\"}", new Match.Known(cleaner, false));
        assertThat(output.answers())
                .extracting(answer -> ((StepOutput.PanelAnswered) answer).command())
                .containsExactly(new PanelCommand.Arm(AlarmMode.HOME, Set.of(), "cleaner", false));
        order("{\"action\":\"ARM_HOME\",\"code\":\"2580\"}", new Match.Known(ANNA, false));
        assertThat(output.answers())
                .extracting(answer -> ((StepOutput.PanelAnswered) answer).command())
                .containsExactly(new PanelCommand.Arm(AlarmMode.HOME, Set.of(), "anna", true));
    }

    @Test
    void codeIsInNoTextOfInputsOrChecks() {
        Input received = new Input.Received(Incoming.text(SET, DISARM));
        step(received);
        StepOutput.CodeCheck check = output.checks().get(0);
        assertThat(List.of(received, check, new Input.CodeChecked(check.command(), new Match.Nobody()))
                        .toString())
                .doesNotContain("2580");
    }

    @Test
    void commandThatWasHeldUpByItsBrokerIsStaleByItsOwnClock() {
        step(new Input.ClockChecked(true));
        Instant issued = now.wall();
        pass(Duration.ofHours(3));
        send("{\"action\":\"DISARM\",\"code\":\"2580\",\"issued_at\":\"" + issued + "\"}");
        assertRefused("DISARM", "stale");
    }
}
