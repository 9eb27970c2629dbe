package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.Priority;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the courier does about topics that the broker refuses. */
class CourierParkingTest {

    private static final Message ONLINE = Message.retainedText("gate/availability", "online");
    private static final Duration PARK = Duration.ofSeconds(60);
    private static final long DUE_NANOS = PARK.toNanos();

    private final FakeLink link = new FakeLink();
    private final MemoryOutbox outbox = new MemoryOutbox(1000);
    private final Courier courier = new Courier(outbox, link, new Courier.Rules(ONLINE, "gate/alarm", PARK), id -> {});
    private int seen;

    @BeforeEach
    void connectAndTakeTheAvailability() {
        courier.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        answer(PublishOutcome.ACCEPTED);
        sentNow();
    }

    @Test
    void refusedTopicIsParkedAndTheOthersGoOn() {
        publish("gate/alarm", "a1");
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).as("told").isTrue();
        publish("gate/alarm", "a2");
        publish("gate/event", "e1");

        assertThat(sentNow()).containsExactly("gate/alarm a1", "gate/event e1");
        assertThat(courier.refusals()).isEqualTo(1);
        assertThat(courier.depth()).isEqualTo(3);
    }

    @Test
    void liveMessagesOfOtherTopicsAreNotCalledLateBecauseOneIsParked() {
        state("front", "open");
        answer(PublishOutcome.NOT_AUTHORIZED);
        courier.publish(message("gate/event", "{\"replayed\":false}"), Priority.ROUTINE, 0);

        assertThat(sentNow()).containsExactly("gate/front/state open", "gate/event {\"replayed\":false}");
    }

    @Test
    void oneMessageProbesAfterTheParkTimeAndNoSooner() {
        park("gate/alarm", "a1", "a2", "a3");

        assertThat(courier.deadlineNanos()).hasValue(DUE_NANOS);
        courier.tick(DUE_NANOS - 1);
        assertThat(sentNow()).isEmpty();
        courier.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
        assertThat(courier.deadlineNanos()).as("while the probe is on its way").isEmpty();
        courier.tick(DUE_NANOS + DUE_NANOS);
        assertThat(sentNow()).as("no second probe").isEmpty();
    }

    @Test
    void acceptedProbeReleasesTheTopicInOrder() {
        park("gate/alarm", "a1", "a2", "a3");
        publish("gate/event", "e1");
        publish("gate/alarm", "a4");
        answer(PublishOutcome.ACCEPTED);
        courier.tick(DUE_NANOS);
        sentNow();

        answer(PublishOutcome.ACCEPTED);

        assertThat(sentNow()).containsExactly("gate/alarm a2", "gate/alarm a3", "gate/alarm a4");
        answerAll(PublishOutcome.ACCEPTED);
        assertThat(courier.depth()).isZero();
        publish("gate/alarm", "a5");
        assertThat(sentNow()).containsExactly("gate/alarm a5");
    }

    @Test
    void refusedProbeWaitsOnceMoreAndIsToldNoMore() {
        park("gate/alarm", "a1", "a2");
        courier.tick(DUE_NANOS);
        sentNow();

        boolean told = courier.published(link.answer(PublishOutcome.NOT_AUTHORIZED), DUE_NANOS + 5);
        courier.refill();

        assertThat(told).isFalse();
        assertThat(sentNow()).isEmpty();
        assertThat(courier.deadlineNanos()).hasValue(DUE_NANOS + 5 + PARK.toNanos());
        assertThat(courier.refusals()).isEqualTo(2);
    }

    @Test
    void refusalIsToldAgainAfterTheTopicHasWorkedInBetween() {
        park("gate/alarm", "a1");
        courier.tick(DUE_NANOS);
        answer(PublishOutcome.ACCEPTED);
        publish("gate/alarm", "a2");

        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).isTrue();
    }

    @Test
    void severalOfOneTopicRefusedAtOnceAreToldOnceAndReleasedInOrder() {
        publish("gate/alarm", "a1");
        publish("gate/alarm", "a2");
        publish("gate/alarm", "a3");
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).isTrue();
        assertThat(answer(PublishOutcome.REJECTED)).isFalse();
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).isFalse();
        sentNow();

        courier.tick(DUE_NANOS);
        answer(PublishOutcome.ACCEPTED);

        assertThat(sentNow()).containsExactly("gate/alarm a1", "gate/alarm a2", "gate/alarm a3");
    }

    @Test
    void noAnswerOnALivingConnectionIsTriedAgainLaterButIsNoRefusal() {
        publish("gate/alarm", "a1");
        sentNow();

        assertThat(answer(PublishOutcome.UNKNOWN)).as("nobody refused").isFalse();
        assertThat(courier.refusals()).isZero();
        assertThat(sentNow()).as("no hurry").isEmpty();
        courier.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).as("that is one").isTrue();
    }

    @Test
    void refusedStateIsProbedWithTheNewestValue() {
        state("front", "open");
        answer(PublishOutcome.NOT_AUTHORIZED);
        state("front", "closed");
        state("back", "open");
        assertThat(sentNow()).containsExactly("gate/front/state open", "gate/back/state open");

        courier.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/front/state closed");
        state("front", "open");
        assertThat(sentNow()).as("the probe decides").isEmpty();
        answerAll(PublishOutcome.ACCEPTED);
        assertThat(sentNow()).containsExactly("gate/front/state open");
    }

    @Test
    void stateRefusedAsAProbeIsProbedAgain() {
        state("front", "open");
        answer(PublishOutcome.NOT_AUTHORIZED);
        courier.tick(DUE_NANOS);
        courier.published(link.answer(PublishOutcome.NOT_AUTHORIZED), DUE_NANOS);
        courier.refill();
        sentNow();

        courier.tick(2 * DUE_NANOS);

        assertThat(sentNow()).containsExactly("gate/front/state open");
    }

    @Test
    void deniedAvailabilityHindersNothingAndIsProbed() {
        courier.linkDown();
        state("front", "open");
        publish("gate/alarm", "a1");
        courier.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).isTrue();

        assertThat(sentNow()).containsExactly("gate/availability online", "gate/front/state open", "gate/alarm a1");
        courier.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/availability online");
        answerAll(PublishOutcome.ACCEPTED);
        assertThat(courier.deadlineNanos()).isEmpty();
        assertThat(sentNow()).isEmpty();
    }

    @Test
    void topicStaysParkedOverANewConnectionForTheRefusalMayHaveEndedTheLastOne() {
        park("gate/alarm", "a1", "a2");
        courier.linkDown();
        courier.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        assertThat(sentNow()).containsExactly("gate/availability online");
        answerAll(PublishOutcome.ACCEPTED);

        courier.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).as("told once").isFalse();
    }

    @Test
    void probeThatIsOnItsWayWhenTheConnectionEndsIsMadeAgain() {
        park("gate/alarm", "a1", "a2");
        courier.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
        courier.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        sentNow();

        courier.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
        answerAll(PublishOutcome.ACCEPTED);
        assertThat(sentNow()).containsExactly("gate/alarm a2");
    }

    @Test
    void topicWhoseMessagesWereAllDroppedIsFreeAgain() {
        park("gate/alarm", "a1");
        outbox.remove(outbox.oldest("gate/alarm").orElseThrow().id());

        courier.tick(DUE_NANOS);
        assertThat(sentNow()).isEmpty();
        publish("gate/alarm", "a2");

        assertThat(sentNow()).containsExactly("gate/alarm a2");
    }

    @Test
    void fullWindowLetsProbesWaitWithoutADeadline() {
        courier.linkUp(link.up(3), 0);
        answer(PublishOutcome.ACCEPTED);
        park("gate/alarm", "a1");
        for (int i = 0; i < 5; i++) {
            publish("gate/event", "e" + i);
        }
        sentNow();

        assertThat(courier.deadlineNanos())
                .as("nothing can be done, so nothing is due")
                .isEmpty();
        courier.tick(DUE_NANOS);
        assertThat(sentNow()).isEmpty();
        for (int i = 0; i < 3; i++) {
            answer(PublishOutcome.ACCEPTED);
        }
        assertThat(courier.deadlineNanos()).hasValue(DUE_NANOS);
        sentNow();
        courier.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
    }

    /** Has the first message refused; the others wait behind it. */
    private void park(String topic, String first, String... others) {
        publish(topic, first);
        answer(PublishOutcome.NOT_AUTHORIZED);
        for (String other : others) {
            publish(topic, other);
        }
        sentNow();
    }

    private void publish(String topic, String payload) {
        courier.publish(message(topic, payload), Priority.ROUTINE, 0);
    }

    private void state(String sensor, String word) {
        courier.publish(Message.retainedText("gate/" + sensor + "/state", word), Priority.ROUTINE, 0);
    }

    private boolean answer(PublishOutcome outcome) {
        boolean told = courier.published(link.answer(outcome), 0);
        courier.refill();
        return told;
    }

    private void answerAll(PublishOutcome outcome) {
        for (int waiting = link.unanswered(); waiting > 0; waiting--) {
            answer(outcome);
        }
    }

    /** What was sent since this was asked last. */
    private List<String> sentNow() {
        List<String> texts =
                link.sentSince(seen).stream().map(FakeLink.Sent::text).toList();
        seen = link.count();
        return texts;
    }

    private static Message message(String topic, String payload) {
        return new Message(topic, payload, QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of());
    }
}
