package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.Priority;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The courier against a connection whose answers the test makes. */
class CourierTest {

    private static final Message ONLINE = Message.retainedText("gate/availability", "online");
    private static final Duration PARK = Duration.ofSeconds(60);
    private static final long START_NANOS = Long.MAX_VALUE - 5; // the monotonic clock may overflow

    private final FakeLink link = new FakeLink();
    private final MemoryOutbox outbox = new MemoryOutbox(1000);
    private final List<Long> delivered = new ArrayList<>();
    private final Courier courier =
            new Courier(outbox, link, new Courier.Rules(ONLINE, "gate/alarm", PARK), delivered::add);

    @Test
    void connectSendsAvailabilityThenStatesThenTheBacklogInOrder() {
        event("1");
        state("front", "closed");
        event("2");
        state("back", "open");
        assertThat(link.count()).as("nothing is sent without a connection").isZero();

        connect();

        assertThat(sentSince(0))
                .containsExactly(
                        "gate/availability online",
                        "gate/front/state closed",
                        "gate/back/state open",
                        "gate/event " + json("1", true),
                        "gate/event " + json("2", true));
    }

    @Test
    void refreshSendsDescriptionsThenAvailabilityThenAllElseAndNothingTwice() {
        state("front", "closed");
        courier.publish(Message.retainedJson("homeassistant/device/gate/config", "{}"), Priority.ROUTINE, 0);
        courier.refresh();
        assertThat(link.count()).as("nothing is sent without a connection").isZero();
        connect();
        assertThat(sentSince(0))
                .containsExactly(
                        "gate/availability online", "gate/front/state closed", "homeassistant/device/gate/config {}");

        courier.refresh();
        assertThat(sentSince(3))
                .containsExactly(
                        "homeassistant/device/gate/config {}", "gate/availability online", "gate/front/state closed");
        connect();
        assertThat(sentSince(6))
                .as("availability goes before all on a connect, once")
                .hasSize(3);
    }

    @Test
    void emptyValueIsForgottenOnceTheBrokerHasItAndNotBefore() {
        List<String> emptied = new ArrayList<>();
        Courier other = new Courier(outbox, link, new Courier.Rules(ONLINE, "gate/alarm", PARK), new Receipts() {
            @Override
            public void delivered(long requestId) {
                delivered.add(requestId);
            }

            @Override
            public void emptied(String topic) {
                emptied.add(topic);
            }
        });
        other.publish(Message.retainedText("gate/gone/state", ""), Priority.ROUTINE, 0);
        other.publish(Message.retainedText("gate/back/state", ""), Priority.ROUTINE, 0);
        other.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        other.linkDown();
        assertThat(emptied).isEmpty();
        assertThat(other.latest()).as("nothing is told of what is gone").isEmpty();

        other.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        other.publish(Message.retainedText("gate/back/state", "open"), Priority.ROUTINE, 0);
        assertThat(other.latest()).containsExactly(Message.retainedText("gate/back/state", "open"));
        while (link.unanswered() > 0) {
            other.published(link.answer(PublishOutcome.ACCEPTED), START_NANOS);
        }
        assertThat(emptied).containsExactly("gate/gone/state");
        int before = link.count();
        other.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        assertThat(sentSince(before)).containsExactly("gate/availability online", "gate/back/state open");
    }

    @Test
    void retainedMessageOfQosZeroIsSentAtOnceAnsweredWhenWrittenAndSentAgainOnConnect() {
        connect();
        Message beat = new Message("gate/diagnostics", "{}", QoS.AT_MOST_ONCE, true, Message.JSON, Map.of());
        courier.publish(beat, Priority.ROUTINE, 0);
        assertThat(link.sentSince(1)).extracting(FakeLink.Sent::message).containsExactly(beat);
        accept();
        accept();
        assertThat(link.unanswered()).isZero();
        assertThat(courier.depth()).isZero();

        connect();
        assertThat(sentSince(2)).containsExactly("gate/availability online", "gate/diagnostics {}");
    }

    @Test
    void backlogSaysThatItIsLateAndALiveMessageDoesNot() {
        event("1");
        connect();
        event("2");

        assertThat(link.sentSince(1))
                .extracting(
                        sent -> sent.message().payload(), sent -> sent.message().userProperties())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(json("1", true), Map.of("replayed", "true")),
                        org.assertj.core.api.Assertions.tuple(json("2", false), Map.of()));
    }

    @Test
    void liveMessageIsSentAtOnceEvenWhileOthersAreUnanswered() {
        connect();
        for (int i = 1; i < Courier.WINDOW - Courier.RESERVE; i++) {
            event("e" + i);
        }

        assertThat(link.count()).isEqualTo(Courier.WINDOW - Courier.RESERVE);
        assertThat(link.sentSince(1)).allMatch(sent -> sent.message().payload().endsWith("\"replayed\":false}"));
    }

    @Test
    void windowIsNeverExceededAndRefilledInOrder() {
        connect();
        int room = Courier.WINDOW - Courier.RESERVE;
        for (int i = 1; i < room + 10; i++) {
            event("e" + i);
        }
        assertThat(link.unanswered()).isEqualTo(room);

        accept();
        accept();

        assertThat(link.unanswered()).isEqualTo(room);
        assertThat(sentSince(room))
                .as("they left later than they could have")
                .containsExactly("gate/event " + json("e56", true), "gate/event " + json("e57", true));
    }

    @Test
    void connectionHasMoreAtHandAndGoesOnByItself() {
        for (int i = 1; i <= 200; i++) {
            event("e" + i);
        }
        connect();
        int room = Courier.WINDOW - Courier.RESERVE;
        assertThat(link.unanswered()).isEqualTo(room);
        assertThat(link.waiting()).hasSize(Wire.AT_HAND);

        for (int i = 0; i < Wire.AT_HAND; i++) {
            link.answer(PublishOutcome.ACCEPTED);
        }

        assertThat(link.unanswered()).as("without a word to the courier").isEqualTo(room);
        int last = room + Wire.AT_HAND - 1; // the availability is on its way, too
        assertThat(sentSince(last)).containsExactly("gate/event " + json("e" + last, true));
        assertThat(link.waiting()).isEmpty();
    }

    @Test
    void stateThatFindsNoRoomWaitsForNoMoreThanTheConnectionHasAtHand() {
        for (int i = 1; i <= 400; i++) {
            event("e" + i);
        }
        connect();
        for (int i = 0; i < Courier.RESERVE; i++) {
            courier.publish(alarm("a" + i), Priority.ALARM, 0);
        }
        int atHand = link.waiting().size();
        int before = link.count();

        state("front", "open");
        while (!sentSince(before).contains("gate/front/state open")) {
            accept();
        }

        assertThat(link.count() - before).isLessThanOrEqualTo(atHand + 1);
    }

    @Test
    void alarmDoesNotWaitBehindTheBacklog() {
        for (int i = 1; i <= 200; i++) {
            event("e" + i);
        }
        courier.publish(alarm("old"), Priority.ALARM, 0);
        connect();
        int before = link.count();

        courier.publish(alarm("new"), Priority.ALARM, 0);

        assertThat(sentSince(before)).containsExactly("gate/alarm new");
        assertThat(link.sent().get(before).message().userProperties()).isEmpty();
        while (link.unanswered() > 0) {
            accept();
        }
        assertThat(link.count()).as("nothing is sent twice").isEqualTo(1 + 202);
        assertThat(sentSince(before + 1)).endsWith("gate/event " + json("e200", true), "gate/alarm old");
        assertThat(courier.depth()).isZero();
    }

    @Test
    void alarmsMayFillTheWholeWindowAndThenWait() {
        for (int i = 1; i <= 200; i++) {
            event("e" + i);
        }
        connect();
        for (int i = 0; i < Courier.RESERVE + 3; i++) {
            courier.publish(alarm("a" + i), Priority.ALARM, 0);
        }

        assertThat(link.unanswered()).isEqualTo(Courier.WINDOW);
        while (link.unanswered() > 0) {
            accept();
        }
        assertThat(courier.depth()).isZero();
        assertThat(link.count()).isEqualTo(1 + 200 + Courier.RESERVE + 3);
    }

    @Test
    void eventDoesNotOvertakeTheBacklogThatWaitsForRoom() {
        for (int i = 1; i <= 60; i++) {
            event("e" + i);
        }
        connect();
        event("e61");
        accept();
        event("e62");
        while (link.unanswered() > 0) {
            accept();
        }

        assertThat(sentSince(1))
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 62)
                        .mapToObj(i -> "gate/event " + json("e" + i, true))
                        .toList());
    }

    @Test
    void brokerThatTakesOneMessageAtATimeGetsOneAtATime() {
        state("front", "closed");
        event("1");
        courier.linkUp(link.up(1), 0);

        List<Integer> unanswered = new ArrayList<>();
        while (link.unanswered() > 0) {
            unanswered.add(link.unanswered());
            accept();
        }

        assertThat(unanswered).containsExactly(1, 1, 1);
        assertThat(sentSince(0))
                .containsExactly(
                        "gate/availability online", "gate/front/state closed", "gate/event " + json("1", true));
        assertThat(courier.depth()).isZero();
    }

    @Test
    void whatIsNotAcknowledgedWhenTheConnectionEndsIsSentAgain() {
        connect();
        state("front", "open");
        event("1");
        event("2");
        accept(); // availability
        accept(); // the state
        accept(); // event 1
        courier.linkDown();
        assertThat(courier.depth()).isEqualTo(1);
        int before = link.count();

        connect();

        assertThat(sentSince(before))
                .containsExactly("gate/availability online", "gate/front/state open", "gate/event " + json("2", true));
    }

    @Test
    void acknowledgementRemovesTheMessage() {
        connect();
        event("1");
        accept();
        accept();

        assertThat(courier.depth()).isZero();
        assertThat(link.unanswered()).isZero();
    }

    @Test
    void answersOfAnOldConnectionAreIgnored() {
        connect();
        event("1");
        FakeLink.Sent old = link.sent().get(1);
        courier.linkDown();
        connect();

        courier.published(link.answer(old, PublishOutcome.ACCEPTED), START_NANOS);
        assertThat(courier.depth()).as("still waits").isEqualTo(1);
        boolean told = courier.published(link.answer(old, PublishOutcome.NOT_AUTHORIZED), START_NANOS);

        assertThat(told).isFalse();
        assertThat(courier.refusals()).isZero();
        accept();
        accept();
        assertThat(courier.depth()).isZero();
    }

    @Test
    void secondAnswerToTheSameMessageIsIgnored() {
        connect();
        FakeLink.Sent online = link.sent().get(0);
        accept();

        assertThat(courier.published(link.answer(online, PublishOutcome.NOT_AUTHORIZED), START_NANOS))
                .isFalse();
        assertThat(courier.refusals()).isZero();
    }

    @Test
    void newConnectionWithoutAWordOfTheOldOnesEndSendsAllAgain() {
        connect();
        event("1");
        int before = link.count();

        connect();

        assertThat(sentSince(before)).containsExactly("gate/availability online", "gate/event " + json("1", true));
    }

    @Test
    void retainedValuesCoalesceToTheNewest() {
        state("front", "closed");
        state("back", "closed");
        state("front", "open");
        connect();

        assertThat(sentSince(1)).containsExactly("gate/front/state open", "gate/back/state closed");
    }

    @Test
    void retainedValueIsSentOnceMoreOnEachConnect() {
        connect();
        state("front", "open");
        accept();
        accept();
        courier.linkDown();
        int before = link.count();
        connect();

        assertThat(sentSince(before)).containsExactly("gate/availability online", "gate/front/state open");
    }

    @Test
    void retainedValueThatWaitsForRoomGoesBeforeTheBacklog() {
        courier.linkUp(link.up(1), 0);
        event("1");
        state("front", "open");
        state("front", "closed");
        accept();
        accept();

        assertThat(sentSince(1)).containsExactly("gate/front/state closed", "gate/event " + json("1", true));
    }

    @Test
    void requestIsToldOnlyOnAcknowledgement() {
        courier.publish(alarm("test"), Priority.ALARM, 42);
        connect();
        assertThat(delivered).isEmpty();
        courier.linkDown();
        connect();
        accept();
        assertThat(delivered).as("that was the availability").isEmpty();

        accept();

        assertThat(delivered).containsExactly(42L);
    }

    @Test
    void requestIsNotToldOnARefusal() {
        connect();
        accept();
        courier.publish(alarm("test"), Priority.ALARM, 42);

        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).isTrue();
        assertThat(delivered).isEmpty();
        courier.tick(START_NANOS + PARK.toNanos());
        accept();

        assertThat(delivered).containsExactly(42L);
    }

    @Test
    void messageThatFindsAnOutboxFullOfAlarmsIsSentAllTheSameIfItCan() {
        MemoryOutbox small = new MemoryOutbox(1);
        Courier full = new Courier(small, link, new Courier.Rules(ONLINE, "gate/alarm", PARK), delivered::add);
        full.publish(alarm("1"), Priority.ALARM, 0);
        full.linkUp(link.up(FakeLink.NO_LIMIT), 0);
        full.publish(message("gate/event", json("2", false)), Priority.ROUTINE, 7);

        assertThat(sentSince(2)).containsExactly("gate/event " + json("2", false));
        full.published(link.answer(link.sent().get(2), PublishOutcome.ACCEPTED), START_NANOS);
        assertThat(delivered).containsExactly(7L);
        assertThat(full.depth()).isEqualTo(1);
    }

    @Test
    void withoutAConnectionThereIsNoDeadlineAndATickDoesNothing() {
        connect();
        accept();
        event("1");
        answer(PublishOutcome.NOT_AUTHORIZED);
        assertThat(courier.deadlineNanos()).hasValue(START_NANOS + PARK.toNanos());
        int before = link.count();

        courier.linkDown();

        assertThat(courier.deadlineNanos()).isEmpty();
        courier.tick(START_NANOS + 2 * PARK.toNanos());
        assertThat(link.count()).isEqualTo(before);
        assertThat(courier.isConnected()).isFalse();
    }

    private void connect() {
        courier.linkUp(link.up(FakeLink.NO_LIMIT), 0);
    }

    private void accept() {
        answer(PublishOutcome.ACCEPTED);
    }

    private boolean answer(PublishOutcome outcome) {
        boolean told = courier.published(link.answer(outcome), START_NANOS);
        courier.refill();
        return told;
    }

    private void event(String name) {
        courier.publish(message("gate/event", json(name, false)), Priority.ROUTINE, 0);
    }

    private void state(String sensor, String word) {
        courier.publish(Message.retainedText("gate/" + sensor + "/state", word), Priority.ROUTINE, 0);
    }

    private List<String> sentSince(int from) {
        return link.sentSince(from).stream().map(FakeLink.Sent::text).toList();
    }

    private static Message alarm(String line) {
        return new Message("gate/alarm", line, QoS.AT_LEAST_ONCE, false, Message.TEXT, Map.of());
    }

    private static Message message(String topic, String payload) {
        return new Message(topic, payload, QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of());
    }

    private static String json(String name, boolean replayed) {
        return "{\"n\":\"" + name + "\",\"replayed\":" + replayed + "}";
    }
}
