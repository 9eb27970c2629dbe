package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.WatermarkOutcome;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.ReplyTo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole loop, asked for its log, in virtual time. */
class LogRequestsTest {

    private static final String TOPIC = "reedgate-monitor/office/log/home";

    private final LoopRig rig = LoopRig.started(1);

    private void ask(long from, long to) {
        String range = "{\"from\":" + from + ",\"to\":" + to + "}";
        rig.queue.offer(new LinkEvent.Received(
                new Incoming("reedgate/home/log/get", range, Incoming.Shape.TEXT, false, new ReplyTo(TOPIC, "AAH/"))));
    }

    private List<String> answers() {
        return rig.link.sent().stream()
                .filter(sent -> sent.message().topic().equals(TOPIC))
                .map(sent -> sent.message()
                        .userProperties()
                        .getOrDefault("seq", sent.message().payload()))
                .toList();
    }

    /** Lets time pass; the broker answers within a millisecond. */
    private void pass(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis++) {
            rig.acceptAll();
            rig.pass(Duration.ofMillis(1));
        }
    }

    private long newest() {
        return rig.numbers.next - 1;
    }

    @Test
    void wholeLogComesAndTheEnd() {
        rig.connect();
        pass(Duration.ofSeconds(1));
        long newest = newest();
        ask(1, newest + 10);
        pass(Duration.ofSeconds(1));

        assertThat(answers()).hasSize((int) newest + 1);
        assertThat(answers()).last().isEqualTo("{\"from\":1,\"to\":" + newest + ",\"missing\":[],\"end\":true}");
    }

    @Test
    void answerWaitsUntilTheBrokerWasAskedWhatItRemembers() {
        rig.connectUnanswered();
        ask(1, 1);
        pass(Delivery.PATIENCE.minusMillis(10));
        assertThat(answers()).isEmpty();

        rig.loop.handle(new LoopInput.Link(rig.link.remembersNothing(WatermarkOutcome.NONE)));
        pass(Duration.ofSeconds(1));
        assertThat(answers()).hasSize(2);
    }

    @Test
    void backlogGoesFirst() {
        for (int i = 0; i < 100; i++) {
            rig.settle(0, i % 2 == 0 ? Position.OPEN : Position.CLOSED);
        }
        rig.connect(20);
        ask(1, 5);
        long newest = newest();
        assertThat(rig.courier.depth()).isGreaterThan(30);
        for (int i = 0; i < 1_000 && answers().isEmpty(); i++) {
            rig.pass(Duration.ofMillis(20));
            if (answers().isEmpty()) {
                rig.loop.handle(new LoopInput.Link(rig.link.answer(PublishOutcome.ACCEPTED)));
            }
        }

        assertThat(answers()).hasSizeLessThanOrEqualTo(1);
        assertThat(rig.link.waiting()).isEmpty();
        assertThat(rig.events()).last().satisfies(event -> assertThat(event).containsEntry("seq", (int) newest));
        assertThat(rig.link.unanswered()).as("room for a backlog of its own").isLessThanOrEqualTo(15);
        pass(Duration.ofSeconds(3));
        assertThat(answers()).hasSize(6);
    }

    @Test
    void answerLeavesRoomForAnAlarmAtABrokerThatTakesFew() {
        rig.settle(0, Position.OPEN);
        rig.settle(0, Position.CLOSED);
        rig.connect(4);
        pass(Duration.ofSeconds(1));
        ask(1, 4);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.link.unanswered()).as("one of four is free for an alarm").isEqualTo(3);

        rig.sentNow();
        rig.settle(0, Position.OPEN);
        assertThat(rig.sentNow()).first().asString().startsWith("alarm Door 0 opened");
    }

    @Test
    void connectionThatBreaksEndsTheRequest() {
        rig.connect();
        pass(Duration.ofSeconds(1));
        ask(1, newest());
        pass(Duration.ofMillis(15));
        int before = answers().size();
        assertThat(before).isBetween(1, 2);
        rig.disconnect();
        rig.connect();
        pass(Duration.ofSeconds(5));

        assertThat(answers()).hasSize(before);
    }

    @Test
    void refusalOfTooManyIsAnEventAndAnAnswer() {
        rig.connect();
        pass(Duration.ofSeconds(1));
        ask(1, 5_000);
        pass(Duration.ofSeconds(1));

        assertThat(answers()).containsExactly("{\"error\":\"too_many_numbers\",\"from\":1,\"to\":5000,\"end\":true}");
        assertThat(rig.events())
                .last()
                .satisfies(event -> assertThat(event)
                        .containsEntry("event_type", "command_refused")
                        .containsEntry("reason", "too_many_numbers"));
    }

    @Test
    void loopSleepsWhileNobodyAsksAndWakesHundredTimesASecondWhileItAnswers() {
        rig.settle(0, Position.OPEN);
        rig.connect(FakeLink.NO_LIMIT);
        pass(Duration.ofSeconds(1));
        long before = rig.loop.waitNanos();
        assertThat(before).isGreaterThan(Duration.ofMillis(20).toNanos());
        ask(1, newest());
        rig.turn();
        rig.turn();
        assertThat(rig.loop.waitNanos()).isBetween(1L, Duration.ofMillis(10).toNanos());
        pass(Duration.ofSeconds(2));
        assertThat(rig.loop.waitNanos()).isGreaterThan(Duration.ofMillis(20).toNanos());
    }
}
