package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Up to which number everything was acknowledged. */
class EventAcknowledgementsTest {

    private final FakeLink link = new FakeLink();
    private EventAcknowledgements events = new EventAcknowledgements(link, "gate/event", OptionalLong.of(10), 12);
    private long token;

    private FakeLink.Sent send(String topic, long seq) {
        events.publish(
                ++token,
                new Message(topic, "{}", QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of("seq", Long.toString(seq))));
        return link.sent().get(link.count() - 1);
    }

    private void answer(FakeLink.Sent sent, PublishOutcome outcome) {
        events.take(link.answer(sent, outcome));
    }

    @Test
    void lowestWithoutAnAnswerHoldsTheRest() {
        link.up(FakeLink.NO_LIMIT);
        FakeLink.Sent eleven = send("gate/event", 11);
        FakeLink.Sent twelve = send("gate/event", 12);
        FakeLink.Sent fifteen = send("gate/event", 15);
        answer(twelve, PublishOutcome.ACCEPTED);
        assertThat(events.upTo()).hasValue(10);
        answer(eleven, PublishOutcome.ACCEPTED);
        assertThat(events.upTo()).hasValue(14);
        answer(fifteen, PublishOutcome.ACCEPTED);
        assertThat(events.upTo()).hasValue(15);
    }

    @Test
    void alarmLineLeavesWithoutANumberWhileItMayHaveBeenUsed() {
        link.up(FakeLink.NO_LIMIT);
        events.doubt(true);
        assertThat(send("gate/alarm", 13).message().userProperties()).isEmpty();
        assertThat(send("gate/event", 13).message().userProperties()).containsEntry("seq", "13");
        events.doubt(false);
        assertThat(send("gate/alarm", 13).message().userProperties()).containsEntry("seq", "13");
    }

    @Test
    void highestThatWasEverSentOutlivesConnections() {
        assertThat(events.everSent()).isEqualTo(12);
        link.up(FakeLink.NO_LIMIT);
        send("gate/event", 13);
        events.take(link.down());
        assertThat(events.everSent()).isEqualTo(13);
        assertThat(events.upTo()).hasValue(10);
    }

    @Test
    void refusedEventHoldsUntilItIsAccepted() {
        link.up(FakeLink.NO_LIMIT);
        answer(send("gate/event", 11), PublishOutcome.NOT_AUTHORIZED);
        answer(send("gate/event", 12), PublishOutcome.ACCEPTED);
        assertThat(events.upTo()).hasValue(10);
        answer(send("gate/event", 11), PublishOutcome.ACCEPTED);
        assertThat(events.upTo()).hasValue(12);
    }

    @Test
    void otherTopicsDoNotCount() {
        link.up(FakeLink.NO_LIMIT);
        answer(send("gate/alarm", 11), PublishOutcome.ACCEPTED);
        assertThat(events.upTo()).hasValue(10);
    }

    @Test
    void brokenConnectionBeginsAnewWithTheLowestThatWaits() {
        link.up(FakeLink.NO_LIMIT);
        send("gate/event", 11);
        FakeLink.Sent twelve = send("gate/event", 12);
        answer(twelve, PublishOutcome.ACCEPTED);
        events.take(link.down());
        link.up(FakeLink.NO_LIMIT);
        FakeLink.Sent again = send("gate/event", 11);
        FakeLink.Sent thirteen = send("gate/event", 13);
        answer(again, PublishOutcome.ACCEPTED);
        assertThat(events.upTo()).hasValue(12);
        answer(thirteen, PublishOutcome.ACCEPTED);
        assertThat(events.upTo()).hasValue(13);
    }

    @Test
    void unknownBeginningBecomesKnownWithTheFirstAcknowledgement() {
        events = new EventAcknowledgements(link, "gate/event", OptionalLong.empty(), 0);
        assertThat(events.upTo()).isEmpty();
        link.up(FakeLink.NO_LIMIT);
        answer(send("gate/event", 5_000), PublishOutcome.ACCEPTED);
        assertThat(events.upTo()).hasValue(5_000);
    }
}
