package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.command.Refusal;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.LogRequest;
import io.github.reedgate.message.ReplyTo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which requests for the log are let through, and what becomes of the others. */
class LogRequestStageTest {

    private static final String GET = "reedgate/home/log/get";
    private static final String RANGE = "{\"from\":1,\"to\":5}";
    private static final ReplyTo MONITOR = new ReplyTo("reedgate-monitor/office/log/home", "AAH/");

    private final CoreRig rig = CoreRig.of(CoreRig.door(0)).started();

    private void ask(String text, Incoming.Shape shape, boolean retained, @Nullable ReplyTo replyTo) {
        rig.step(new Input.Received(new Incoming(GET, text, shape, retained, replyTo)));
    }

    private void ask(String text) {
        ask(text, Incoming.Shape.TEXT, false, MONITOR);
    }

    private List<StepOutput.LogWanted> wanted() {
        return rig.outputs().stream()
                .flatMap(output -> output.logRequests().stream())
                .toList();
    }

    private List<Object> reasons() {
        return rig.events().stream()
                .filter(event -> "command_refused".equals(event.get("event_type")))
                .map(event -> event.getOrDefault("reason", ""))
                .toList();
    }

    @Test
    void topicIsListenedToAlways() {
        assertThat(rig.core().topics()).containsExactly("reedgate/home/panel/set", GET);
    }

    @Test
    void requestOfAMonitorIsLetThroughWithTheNewestNumber() {
        long newest = rig.state().nextSeq() - 1;
        ask(RANGE);

        assertThat(wanted())
                .containsExactly(new StepOutput.LogWanted(new LogRequest(new SeqRange(1, 5), MONITOR), newest));
        assertThat(reasons()).isEmpty();
        assertThat(rig.state().nextSeq() - 1).as("asking is no event").isEqualTo(newest);
    }

    @Test
    void everythingElseIsRefusedWithItsReason() {
        ask(RANGE, Incoming.Shape.TEXT, true, MONITOR);
        ask(RANGE, Incoming.Shape.TEXT, false, null);
        ask(RANGE, Incoming.Shape.TEXT, false, new ReplyTo("reedgate/home/panel/set", "AAH/"));
        ask(RANGE, Incoming.Shape.TEXT, false, new ReplyTo("reedgate-monitor/+", "AAH/"));
        ask("", Incoming.Shape.TOO_LONG, false, MONITOR);
        ask(RANGE + " ".repeat(1_024), Incoming.Shape.TEXT, false, MONITOR);
        ask("", Incoming.Shape.NOT_TEXT, false, MONITOR);
        ask("{\"from\":5,\"to\":1}");

        assertThat(wanted()).isEmpty();
        assertThat(reasons())
                .containsExactly(
                        "retained",
                        "no_response_topic",
                        "foreign_response_topic",
                        "foreign_response_topic",
                        "too_large",
                        "too_large",
                        "not_utf8",
                        "malformed");
        assertThat(rig.events()).last().satisfies(event -> assertThat(event).containsEntry("topic", GET));
    }

    @Test
    void ofManyRefusalsTenAMinuteAreReportedAndAllAreCounted() {
        for (int i = 0; i < 25; i++) {
            ask("no request");
        }
        assertThat(reasons()).hasSize(10);
        rig.pass(Duration.ofMinutes(1));
        ask("no request");

        assertThat(reasons()).hasSize(11);
        assertThat(rig.events()).last().satisfies(event -> assertThat(event).containsEntry("untold", 15));
        assertThat(rig.state().gate().refused()).isEqualTo(Map.of(Refusal.MALFORMED, 26L));
    }

    @Test
    void refusalsOfRequestsHideNoneOfACommand() {
        for (int i = 0; i < 25; i++) {
            ask("no request");
        }
        rig.step(new Input.Received(Incoming.text("reedgate/home/panel/set", "nonsense")));

        assertThat(rig.events())
                .last()
                .satisfies(event -> assertThat(event)
                        .containsEntry("event_type", "command_refused")
                        .doesNotContainKey("topic"));
    }

    @Test
    void requestThatIsRefusedLaterIsCountedAndReportedLikeOthers() {
        rig.step(new Input.LogRequestRefused(Refusal.BUSY));

        assertThat(reasons()).containsExactly("busy");
        assertThat(rig.state().gate().refused()).isEqualTo(Map.of(Refusal.BUSY, 1L));
    }
}
