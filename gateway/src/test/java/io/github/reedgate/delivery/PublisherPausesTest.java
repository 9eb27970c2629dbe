package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the publisher does about topics that the broker refuses. */
class PublisherPausesTest {

    private static final Message ONLINE = Message.retainedText("gate/availability", "online");
    private static final Duration PARK = Duration.ofSeconds(60);
    private static final long DUE_NANOS = PARK.toNanos();

    private final FakeLink link = new FakeLink();
    private final MemoryLog log = new MemoryLog(1000);
    private final Publisher publisher =
            new Publisher(log.readers(), link, new Publisher.Rules(ONLINE, log, PARK), id -> {});
    private int seen;

    @BeforeEach
    void connectAndTakeTheAvailability() {
        publisher.linkUp(link.up(FakeLink.NO_LIMIT), 0);
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
        assertThat(publisher.refusals()).isEqualTo(1);
        assertThat(publisher.depth()).isEqualTo(3);
    }

    @Test
    void liveMessagesOfOtherTopicsAreNotCalledLateBecauseOneIsParked() {
        state("front", "open");
        answer(PublishOutcome.NOT_AUTHORIZED);
        log.event(publisher, "{\"replayed\":false}");

        assertThat(sentNow()).containsExactly("gate/front/state open", "gate/event {\"replayed\":false}");
    }

    @Test
    void oneMessageProbesAfterTheParkTimeAndNoSooner() {
        park("gate/alarm", "a1", "a2", "a3");

        assertThat(publisher.deadlineNanos()).hasValue(DUE_NANOS);
        publisher.tick(DUE_NANOS - 1);
        assertThat(sentNow()).isEmpty();
        publisher.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
        assertThat(publisher.deadlineNanos())
                .as("while the probe is on its way")
                .isEmpty();
        publisher.tick(DUE_NANOS + DUE_NANOS);
        assertThat(sentNow()).as("no second probe").isEmpty();
    }

    @Test
    void acceptedProbeReleasesTheTopicInOrder() {
        park("gate/alarm", "a1", "a2", "a3");
        publish("gate/event", "e1");
        publish("gate/alarm", "a4");
        answer(PublishOutcome.ACCEPTED);
        publisher.tick(DUE_NANOS);
        sentNow();

        answer(PublishOutcome.ACCEPTED);

        assertThat(sentNow()).containsExactly("gate/alarm a2", "gate/alarm a3", "gate/alarm a4");
        answerAll(PublishOutcome.ACCEPTED);
        assertThat(publisher.depth()).isZero();
        publish("gate/alarm", "a5");
        assertThat(sentNow()).containsExactly("gate/alarm a5");
    }

    @Test
    void refusedProbeWaitsOnceMoreAndIsToldNoMore() {
        park("gate/alarm", "a1", "a2");
        publisher.tick(DUE_NANOS);
        sentNow();

        boolean told = publisher.published(link.answer(PublishOutcome.NOT_AUTHORIZED), DUE_NANOS + 5);
        publisher.refill();

        assertThat(told).isFalse();
        assertThat(sentNow()).isEmpty();
        assertThat(publisher.deadlineNanos()).hasValue(DUE_NANOS + 5 + PARK.toNanos());
        assertThat(publisher.refusals()).isEqualTo(2);
    }

    @Test
    void refusalIsToldAgainAfterTheTopicHasWorkedInBetween() {
        park("gate/alarm", "a1");
        publisher.tick(DUE_NANOS);
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

        publisher.tick(DUE_NANOS);
        answer(PublishOutcome.ACCEPTED);

        assertThat(sentNow()).containsExactly("gate/alarm a1", "gate/alarm a2", "gate/alarm a3");
    }

    @Test
    void noAnswerOnALivingConnectionIsTriedAgainLaterButIsNoRefusal() {
        publish("gate/alarm", "a1");
        sentNow();

        assertThat(answer(PublishOutcome.UNKNOWN)).as("nobody refused").isFalse();
        assertThat(publisher.refusals()).isZero();
        assertThat(sentNow()).as("no hurry").isEmpty();
        publisher.tick(DUE_NANOS);
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

        publisher.tick(DUE_NANOS);
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
        publisher.tick(DUE_NANOS);
        publisher.published(link.answer(PublishOutcome.NOT_AUTHORIZED), DUE_NANOS);
        publisher.refill();
        sentNow();

        publisher.tick(2 * DUE_NANOS);

        assertThat(sentNow()).containsExactly("gate/front/state open");
    }

    @Test
    void deniedAvailabilityHindersNothingAndIsProbed() {
        publisher.linkDown();
        state("front", "open");
        publish("gate/alarm", "a1");
        publisher.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).isTrue();

        assertThat(sentNow()).containsExactly("gate/availability online", "gate/front/state open", "gate/alarm a1");
        publisher.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/availability online");
        answerAll(PublishOutcome.ACCEPTED);
        assertThat(publisher.deadlineNanos()).isEmpty();
        assertThat(sentNow()).isEmpty();
    }

    @Test
    void topicStaysParkedOverANewConnectionForTheRefusalMayHaveEndedTheLastOne() {
        park("gate/alarm", "a1", "a2");
        publisher.linkDown();
        publisher.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        assertThat(sentNow()).containsExactly("gate/availability online");
        answerAll(PublishOutcome.ACCEPTED);

        publisher.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).as("told once").isFalse();
    }

    @Test
    void probeThatIsOnItsWayWhenTheConnectionEndsIsMadeAgain() {
        park("gate/alarm", "a1", "a2");
        publisher.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
        publisher.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        sentNow();

        publisher.tick(DUE_NANOS);
        assertThat(sentNow()).containsExactly("gate/alarm a1");
        answerAll(PublishOutcome.ACCEPTED);
        assertThat(sentNow()).containsExactly("gate/alarm a2");
    }

    @Test
    void topicWhoseMessagesWereAllDroppedIsFreeAgain() {
        park("gate/alarm", "a1");
        log.lose(1);
        log.readers().dropped(new Drops(0, 1), 0, 1);

        publisher.tick(DUE_NANOS);
        assertThat(sentNow()).as("what waits is not read yet").isEmpty();
        log.answer();
        publisher.tick(publisher.deadlineNanos().orElseThrow());
        assertThat(sentNow()).isEmpty();
        publish("gate/alarm", "a2");

        assertThat(sentNow()).containsExactly("gate/alarm a2");
    }

    @Test
    void fullWindowLetsProbesWaitWithoutADeadline() {
        publisher.linkUp(link.up(3), 0);
        answer(PublishOutcome.ACCEPTED);
        park("gate/alarm", "a1");
        for (int i = 0; i < 5; i++) {
            publish("gate/event", "e" + i);
        }
        sentNow();

        assertThat(publisher.deadlineNanos())
                .as("nothing can be done, so nothing is due")
                .isEmpty();
        publisher.tick(DUE_NANOS);
        assertThat(sentNow()).isEmpty();
        for (int i = 0; i < 3; i++) {
            answer(PublishOutcome.ACCEPTED);
        }
        assertThat(publisher.deadlineNanos()).hasValue(DUE_NANOS);
        sentNow();
        publisher.tick(DUE_NANOS);
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
        if (topic.equals("gate/alarm")) {
            log.line(publisher, payload, 0);
        } else {
            log.event(publisher, payload);
        }
    }

    private void state(String sensor, String word) {
        publisher.publish(Message.retainedText("gate/" + sensor + "/state", word));
    }

    private boolean answer(PublishOutcome outcome) {
        boolean told = publisher.published(link.answer(outcome), 0);
        publisher.refill();
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
}
