package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.Priority;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A description that moves from one topic to another: the old one is emptied when the broker has all else, not before. */
class HandoverTest {

    private static final Message ONLINE = Message.retainedText("gate/availability", "online");
    private static final String MOVES = " {\"migrate_discovery\": true}";
    private static final Duration PARK = Duration.ofSeconds(60);
    private static final long START_NANOS = Long.MAX_VALUE - 5; // the monotonic clock may overflow

    private final FakeLink link = new FakeLink();
    private final List<String> emptied = new ArrayList<>();
    private final Courier courier =
            new Courier(new MemoryOutbox(10), link, new Courier.Rules(ONLINE, "gate/alarm", PARK), new Receipts() {
                @Override
                public void delivered(long requestId) {
                    // nobody asked
                }

                @Override
                public void emptied(String topic) {
                    emptied.add(topic);
                }
            });

    private void publish(Message message) {
        courier.publish(message, Priority.ROUTINE, 0);
    }

    /** Two parts move into one description; a state is published as well. */
    private void move() {
        publish(Message.handover("ha/part/one"));
        publish(Message.handover("ha/part/two"));
        publish(Message.retainedJson("ha/device", "{}"));
        publish(Message.retainedText("ha/part/one", ""));
        publish(Message.retainedText("ha/part/two", ""));
        publish(Message.retainedText("gate/front/state", "open"));
    }

    private void connect(int receiveMaximum) {
        courier.linkUp(link.up(receiveMaximum), 0);
    }

    private void answer(PublishOutcome outcome) {
        assertThat(courier.published(link.answer(outcome), START_NANOS)).isEqualTo(outcome != PublishOutcome.ACCEPTED);
        courier.refill();
    }

    private List<String> sent() {
        return link.sentSince(0).stream().map(FakeLink.Sent::text).toList();
    }

    @Test
    void oldTopicsAreEmptiedWhenTheBrokerHasWhatDescribesTheSameElsewhere() {
        move();
        connect(FakeLink.NO_LIMIT);
        List<String> first = List.of(
                "gate/availability online",
                "ha/part/one" + MOVES,
                "ha/part/two" + MOVES,
                "ha/device {}",
                "gate/front/state open");
        assertThat(sent()).containsExactlyElementsOf(first);

        answer(PublishOutcome.ACCEPTED);
        answer(PublishOutcome.ACCEPTED);
        answer(PublishOutcome.ACCEPTED);
        assertThat(sent()).as("the description is not there yet").hasSize(first.size());
        answer(PublishOutcome.ACCEPTED);
        assertThat(sent().subList(first.size(), sent().size())).containsExactly("ha/part/one ", "ha/part/two ");
        assertThat(emptied).isEmpty();

        answer(PublishOutcome.ACCEPTED);
        answer(PublishOutcome.ACCEPTED);
        answer(PublishOutcome.ACCEPTED);
        assertThat(emptied).containsExactly("ha/part/one", "ha/part/two");
        int before = link.count();
        connect(FakeLink.NO_LIMIT);
        assertThat(link.sentSince(before))
                .extracting(FakeLink.Sent::text)
                .containsExactly("gate/availability online", "ha/device {}", "gate/front/state open");
    }

    @Test
    void orderHoldsAtABrokerThatTakesOneMessageAtATime() {
        move();
        connect(1);
        while (emptied.size() < 2) {
            assertThat(link.count()).isLessThan(20);
            answer(PublishOutcome.ACCEPTED);
        }
        assertThat(sent())
                .containsExactly(
                        "gate/availability online",
                        "ha/part/one" + MOVES,
                        "ha/part/two" + MOVES,
                        "ha/device {}",
                        "gate/front/state open",
                        "ha/part/one ",
                        "ha/part/two ");
    }

    @Test
    void connectionThatEndsOnTheWayBeginsAnewAndEmptiesNothingTooEarly() {
        move();
        connect(FakeLink.NO_LIMIT);
        answer(PublishOutcome.ACCEPTED);
        answer(PublishOutcome.ACCEPTED);
        courier.linkDown();
        int before = link.count();
        connect(FakeLink.NO_LIMIT);
        assertThat(link.sentSince(before))
                .extracting(FakeLink.Sent::text)
                .containsExactly(
                        "gate/availability online",
                        "ha/part/one" + MOVES,
                        "ha/part/two" + MOVES,
                        "ha/device {}",
                        "gate/front/state open");
    }

    @Test
    void descriptionThatIsRefusedKeepsTheOldOnes() {
        move();
        connect(FakeLink.NO_LIMIT);
        answer(PublishOutcome.ACCEPTED);
        answer(PublishOutcome.ACCEPTED);
        answer(PublishOutcome.ACCEPTED);
        answer(PublishOutcome.NOT_AUTHORIZED);
        answer(PublishOutcome.ACCEPTED);
        assertThat(sent()).doesNotContain("ha/part/one ", "ha/part/two ");

        courier.tick(START_NANOS + PARK.toNanos());
        answer(PublishOutcome.ACCEPTED);
        assertThat(sent()).endsWith("ha/device {}", "ha/part/one ", "ha/part/two ");
    }

    @Test
    void startOfAHomeServerOnTheWayIsToldTheSameInTheSameOrder() {
        move();
        connect(FakeLink.NO_LIMIT);
        int before = link.count();
        courier.refresh();
        assertThat(link.sentSince(before))
                .extracting(FakeLink.Sent::text)
                .startsWith("ha/part/one" + MOVES, "ha/part/two" + MOVES, "ha/device {}");
    }
}
