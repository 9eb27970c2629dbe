package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.core.WalkAnswer;
import io.github.reedgate.core.WalkOrder;
import io.github.reedgate.core.WalkTest;
import io.github.reedgate.core.WalkTest.End;
import io.github.reedgate.link.LinkEvent.SubscriptionRefused.Why;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked on the control socket, and what the loop makes of it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlRequestsTest {

    private static final String BY = "control socket";

    private final InputQueue queue = new InputQueue(10);
    private final ControlRequests requests = new ControlRequests(queue, Duration.ofSeconds(20));

    private CompletableFuture<String> ask(ControlRequests asked, String line) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return asked.answer(line);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private LoopInput next() throws InterruptedException {
        return Objects.requireNonNull(queue.poll(TimeUnit.SECONDS.toNanos(20)));
    }

    private String answer(String line, PanelCommand expected, PanelAnswer answer) throws Exception {
        CompletableFuture<String> asked = ask(requests, line);
        Input.PanelCommanded commanded = (Input.PanelCommanded) ((LoopInput.Core) next()).input();
        assertThat(commanded.command()).isEqualTo(expected);
        assertThat(commanded.requestId()).isPositive();
        requests.answered(
                new StepOutput.PanelAnswered(commanded.requestId() + 1, expected, new PanelAnswer.Accepted()), true);
        requests.answered(new StepOutput.PanelAnswered(commanded.requestId(), expected, answer), true);
        return asked.get(20, TimeUnit.SECONDS);
    }

    private static PanelAnswer refused(PanelAnswer.Reason reason, String... sensors) {
        return new PanelAnswer.Refused(reason, List.of(sensors));
    }

    @Test
    void panelIsAskedAndItsAnswerTold() throws Exception {
        PanelAnswer done = new PanelAnswer.Accepted();
        assertThat(answer("disarm", new PanelCommand.Disarm(BY), done)).isEqualTo("ok");
        assertThat(answer("ack", new PanelCommand.Acknowledge(BY), done)).isEqualTo("ok");
        assertThat(answer("arm night", new PanelCommand.Arm(AlarmMode.NIGHT, Set.of(), BY), done))
                .isEqualTo("ok");
        assertThat(answer(
                        "arm home shed,back-door",
                        new PanelCommand.Arm(AlarmMode.HOME, Set.of("shed", "back-door"), BY),
                        refused(PanelAnswer.Reason.BYPASS_NOT_ALLOWED, "shed")))
                .isEqualTo("refused bypass_not_allowed shed");
        assertThat(answer(
                        "arm away",
                        new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), BY),
                        refused(PanelAnswer.Reason.NOT_READY, "front_door", "shed")))
                .isEqualTo("refused not_ready front_door,shed");
        assertThat(answer("ack", new PanelCommand.Acknowledge(BY), refused(PanelAnswer.Reason.NO_PANEL)))
                .isEqualTo("refused no_panel ");
    }

    @Test
    void secondLinesMayBeBypassed() throws Exception {
        assertThat(answer(
                        "arm away front_door.tamper,shed,0-_9.tamper",
                        new PanelCommand.Arm(AlarmMode.AWAY, Set.of("front_door.tamper", "shed", "0-_9.tamper"), BY),
                        refused(PanelAnswer.Reason.BYPASS_NOT_ALLOWED, "front_door.tamper")))
                .isEqualTo("refused bypass_not_allowed front_door.tamper");
        for (String wrong : List.of("a.b", "a.tamper.tamper", ".tamper", "a,", ",a", "a,,b", "A", "a.tamper ", "ä")) {
            assertThat(requests.answer("arm away " + wrong)).as(wrong).startsWith("error unknown request");
        }
    }

    @Test
    void walkTestIsAskedForAndItsProgressTold() throws Exception {
        CompletableFuture<String> asked = ask(requests, "walktest begin 600");
        Input.WalkOrdered ordered = (Input.WalkOrdered) ((LoopInput.Core) next()).input();
        assertThat(ordered.order()).isEqualTo(new WalkOrder.Begin(Duration.ofMinutes(10)));
        WalkAnswer.Sight door =
                new WalkAnswer.Sight("door", "Door", "open", Instant.parse("2026-11-22T21:14:03Z"), null);
        WalkAnswer report = new WalkAnswer.Report(7, End.ARMED, List.of(door));
        requests.walked(new StepOutput.WalkAnswered(ordered.requestId(), report), true);
        assertThat(asked.get(20, TimeUnit.SECONDS))
                .isEqualTo("ok {\"test\":7,\"ended\":\"armed\",\"sensors\":[{\"id\":\"door\",\"name\":\"Door\","
                        + "\"state\":\"open\",\"opened\":\"2026-11-22T21:14:03Z\",\"closed\":null}]}");

        CompletableFuture<String> refused = ask(requests, "walktest look 8");
        Input.WalkOrdered look = (Input.WalkOrdered) ((LoopInput.Core) next()).input();
        assertThat(look.order()).isEqualTo(new WalkOrder.Look(8));
        requests.walked(
                new StepOutput.WalkAnswered(look.requestId(), new WalkAnswer.Refused(WalkAnswer.Reason.UNKNOWN)), true);
        assertThat(refused.get(20, TimeUnit.SECONDS)).isEqualTo("refused unknown");
        assertThat(requests.answer("walktest begin soon")).startsWith("error unknown request");
    }

    @Test
    void statusIsTheLatestOfEachRetainedTopic() throws Exception {
        CompletableFuture<String> asked = ask(requests, "status");
        ((LoopInput.Look) next())
                .answer()
                .accept(new Glance(
                        List.of(
                                Message.retainedText("r/panel/state", "armed_away"),
                                Message.retainedJson("r/panel/detail", "{\"mode\":\"away\"}")),
                        Map.of("siren", "off"),
                        2,
                        false,
                        List.of(new LostSubscription(
                                "r/panel/set",
                                Why.REFUSED,
                                Instant.parse("2026-11-22T21:14:03Z"),
                                Optional.of(Instant.parse("2026-11-22T21:15:03Z")))),
                        List.of("{\"topic\":\"r/event\"}"),
                        Optional.of(new ForeignWatermark(Instant.parse("2026-11-22T21:16:00Z"), "'x' is no number")),
                        Map.of("connected", true),
                        Map.of("waiting", 3),
                        null));
        assertThat(asked.get(20, TimeUnit.SECONDS))
                .isEqualTo(
                        "ok {\"r/panel/state\":\"armed_away\",\"r/panel/detail\":\"{\\\"mode\\\":\\\"away\\\"}\","
                                + "\"broker\":{\"connected\":true},\"queue\":{\"waiting\":3},"
                                + "\"outputs\":{\"siren\":\"off\"},\"notices_waiting\":2,\"walk_test\":false,"
                                + "\"subscriptions_lost\":{\"r/panel/set\":{\"why\":\"refused\",\"since\":\"2026-11-22T21:14:03.000Z\","
                                + "\"until\":\"2026-11-22T21:15:03.000Z\",\"reason\":\"the broker refused it; let the gateway's user read"
                                + " it in the broker's access rules\"}},\"set_aside\":[{\"topic\":\"r/event\"}],"
                                + "\"foreign_watermark\":{\"time\":\"2026-11-22T21:16:00.000Z\",\"reason\":\"'x' is no number\"}}");
    }

    @Test
    void loopThatDoesNotAnswerIsSaid() throws InterruptedException {
        ControlRequests impatient = new ControlRequests(queue, Duration.ofMillis(1));
        assertThat(impatient.answer("disarm")).isEqualTo("error the gateway did not answer in time");
        assertThat(impatient.answer("status")).isEqualTo("error the gateway did not answer in time");
    }

    @Test
    void whatIsNotOnDiskIsSaid() throws Exception {
        CompletableFuture<String> armed = ask(requests, "arm away");
        Input.PanelCommanded commanded = (Input.PanelCommanded) ((LoopInput.Core) next()).input();
        requests.answered(
                new StepOutput.PanelAnswered(commanded.requestId(), commanded.command(), new PanelAnswer.Accepted()),
                false);
        assertThat(armed.get(20, TimeUnit.SECONDS)).isEqualTo("ok not_stored");

        CompletableFuture<String> walk = ask(requests, "walktest begin 600");
        Input.WalkOrdered ordered = (Input.WalkOrdered) ((LoopInput.Core) next()).input();
        requests.walked(
                new StepOutput.WalkAnswered(
                        ordered.requestId(), new WalkAnswer.Report(7, WalkTest.End.STOPPED, List.of())),
                false);
        assertThat(walk.get(20, TimeUnit.SECONDS))
                .isEqualTo("ok {\"test\":7,\"ended\":\"stopped\",\"sensors\":[],\"stored\":false}");
    }

    @Test
    void testAlarmWaitsForTheBrokerAndForTheDisk() throws Exception {
        CompletableFuture<String> asked = ask(requests, "test-alarm 20");
        long id = ((Input.TestRequested) ((LoopInput.Core) next()).input()).requestId();
        requests.delivered(id);
        assertThat(asked).isNotDone();
        requests.raised(new StepOutput.TestRaised(id, 101), true);
        assertThat(asked.get(20, TimeUnit.SECONDS)).matches("ok [0-9]+");

        CompletableFuture<String> unstored = ask(requests, "test-alarm 1");
        long other = ((Input.TestRequested) ((LoopInput.Core) next()).input()).requestId();
        requests.raised(new StepOutput.TestRaised(other, 101), false);
        assertThat(unstored.get(20, TimeUnit.SECONDS)).isEqualTo("late not_stored");
    }

    @Test
    void everySensorThereCanBeMayBeBypassed() throws Exception {
        String ids = String.join(
                ",",
                IntStream.range(10, 42)
                        .mapToObj(i -> "sensor-with-a-very-long-name_0" + i + ".tamper")
                        .toList());
        assertThat(ids.length()).isGreaterThan(1_000);
        CompletableFuture<String> asked = ask(requests, "arm away " + ids);
        Input.PanelCommanded commanded = (Input.PanelCommanded) ((LoopInput.Core) next()).input();
        assertThat(((PanelCommand.Arm) commanded.command()).bypass()).hasSize(32);
        requests.answered(
                new StepOutput.PanelAnswered(commanded.requestId(), commanded.command(), new PanelAnswer.Accepted()),
                true);
        assertThat(asked.get(20, TimeUnit.SECONDS)).isEqualTo("ok");
    }
}
