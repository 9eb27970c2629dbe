package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.Priority;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the courier does about messages that a broker will not take. */
class UndeliverableTest {

    private static final long MILLIS = 1_000_000L;
    private static final String LONG = "x".repeat(9000);

    private final FakeLink link = new FakeLink();
    private final MemoryOutbox outbox = new MemoryOutbox(10_000);
    private final Courier courier = new Courier(
            outbox,
            link,
            new Courier.Rules(
                    Message.retainedText("gate/availability", "online"), "gate/alarm", Duration.ofSeconds(60)),
            id -> {});
    private final List<String> arrived = new ArrayList<>();
    private final List<SetAside> aside = new ArrayList<>();
    private final Map<String, PublishOutcome> refusals = new HashMap<>();
    private Predicate<Message> closes = message -> message.payload().length() > 8092;
    private long nowNanos = -5_000_000_000L;
    private int connections;

    private static Message message(String topic, String payload) {
        return new Message(topic, payload, QoS.AT_LEAST_ONCE, false, Message.TEXT, Map.of());
    }

    private void event(String payload) {
        courier.publish(message("gate/event", payload), Priority.ROUTINE, 0);
    }

    private void alarm(String payload) {
        courier.publish(message("gate/alarm", payload), Priority.ALARM, 0);
    }

    private void value(String topic, String payload) {
        courier.publish(Message.retainedText(topic, payload), Priority.ROUTINE, 0);
    }

    private void down() {
        link.down();
        courier.linkDown();
        aside.addAll(courier.takeSetAside());
    }

    private void up() {
        connections++;
        courier.linkUp(link.up(FakeLink.NO_LIMIT), nowNanos);
    }

    /** One thing that the broker does within a millisecond; false if nothing was left to do. */
    private boolean brokerTakesOne() {
        if (link.unanswered() == 0) {
            return false;
        }
        Message first = link.sentSince(link.count() - link.unanswered()).get(0).message();
        if (closes.test(first)) {
            down();
            return true;
        }
        PublishOutcome outcome = refusals.getOrDefault(first.topic() + " " + first.payload(), PublishOutcome.ACCEPTED);
        if (outcome == PublishOutcome.ACCEPTED) {
            arrived.add(first.topic() + " " + first.payload());
        }
        courier.published(link.answer(outcome), nowNanos);
        aside.addAll(courier.takeSetAside());
        return true;
    }

    /** Lets time pass: the broker answers at once, and a lost connection is back after five seconds. */
    private void pass(Duration time) {
        long endNanos = nowNanos + time.toNanos();
        while (nowNanos - endNanos < 0) {
            if (!courier.isConnected()) {
                nowNanos += 5000 * MILLIS;
                up();
            }
            boolean busy = brokerTakesOne();
            courier.refill();
            if (courier.deadlineNanos().isPresent()
                    && nowNanos - courier.deadlineNanos().getAsLong() >= 0) {
                courier.tick(nowNanos);
            }
            nowNanos += busy ? MILLIS : 100 * MILLIS;
        }
    }

    @Test
    void descriptionThatTheBrokerClosesForIsSetAsideAndAllElseArrives() {
        value("homeassistant/device/home/config", LONG);
        value("gate/front/state", "open");
        event("started");
        alarm("Front door open");

        pass(Duration.ofMinutes(3));

        assertThat(arrived).contains("gate/front/state open", "gate/event started", "gate/alarm Front door open");
        assertThat(aside).singleElement().satisfies(one -> {
            assertThat(one.message().topic()).isEqualTo("homeassistant/device/home/config");
            assertThat(one.why()).isEqualTo(SetAside.Why.CONNECTION_CLOSED);
        });
        assertThat(connections).isLessThanOrEqualTo(7);
        int before = connections;
        event("later");
        courier.refresh();
        pass(Duration.ofHours(1));
        assertThat(connections).as("it stays").isEqualTo(before);
        assertThat(arrived).contains("gate/event later");
        assertThat(outbox.size()).isZero();
    }

    @Test
    void eventThatTheBrokerClosesForIsSetAsideAndThoseBehindItArriveInOrder() {
        event("e1");
        event(LONG);
        event("e2");
        event("e3");
        alarm("a1");

        pass(Duration.ofMinutes(3));

        assertThat(aside).hasSize(1);
        assertThat(arrived.stream()
                        .filter(each -> each.startsWith("gate/event"))
                        .distinct())
                .containsExactly("gate/event e1", "gate/event e2", "gate/event e3");
        assertThat(outbox.size()).isZero();
    }

    @Test
    void whileAMessageIsSuspectedAlarmsAndStatesArriveAtOnce() {
        event(LONG);
        pass(Duration.ofSeconds(16));
        while (courier.isConnected() && courier.isCareful() && link.unanswered() > 0) {
            brokerTakesOne();
        }
        pass(Duration.ofSeconds(6));
        arrived.clear();

        alarm("Front door open");
        value("gate/front/state", "open");
        pass(Duration.ofSeconds(1));

        assertThat(arrived).contains("gate/alarm Front door open", "gate/front/state open");
        assertThat(aside).isEmpty();
    }

    @Test
    void alarmLineThatTheBrokerClosesForHoldsUpNoOtherAlarm() {
        alarm(LONG);
        alarm("a2");
        pass(Duration.ofMinutes(3));
        alarm("a3");
        pass(Duration.ofSeconds(1));

        assertThat(aside).hasSize(1);
        assertThat(arrived).contains("gate/alarm a2", "gate/alarm a3");
    }

    @Test
    void severalMessagesThatTheBrokerClosesForAreAllSetAside() {
        value("homeassistant/device/home/config", LONG);
        value("gate/panel/detail", LONG + "1");
        event(LONG + "2");
        alarm(LONG + "3");
        event("e1");
        alarm("a1");

        pass(Duration.ofMinutes(10));

        assertThat(aside).hasSize(4);
        assertThat(arrived).contains("gate/event e1", "gate/alarm a1");
        assertThat(outbox.size()).isZero();
    }

    @Test
    void heartbeatThatTheBrokerClosesForIsSetAsideThoughNobodyAnswersIt() {
        closes = message -> message.topic().endsWith("diagnostics");
        value("gate/front/state", "open");
        for (int minute = 0; minute < 12; minute++) {
            courier.publish(
                    new Message("gate/diagnostics", LONG + minute, QoS.AT_MOST_ONCE, true, Message.JSON, Map.of()),
                    Priority.ROUTINE,
                    0);
            pass(Duration.ofMinutes(1));
        }

        assertThat(aside)
                .singleElement()
                .satisfies(one -> assertThat(one.message().topic()).isEqualTo("gate/diagnostics"));
        int before = connections;
        event("e1");
        pass(Duration.ofMinutes(1));
        assertThat(connections).isEqualTo(before);
        assertThat(arrived).contains("gate/event e1");
    }

    @Test
    void shorterValueOnTheTopicIsTriedAgain() {
        value("gate/panel/detail", LONG);
        pass(Duration.ofMinutes(3));
        assertThat(aside).hasSize(1);

        value("gate/panel/detail", "short");
        pass(Duration.ofSeconds(1));

        assertThat(arrived).contains("gate/panel/detail short");
    }

    @Test
    void messageThatIsLargerThanTheBrokerTakesIsSetAsideAfterThreeTries() {
        closes = message -> false;
        refusals.put("gate/event " + LONG, PublishOutcome.TOO_LARGE);
        event(LONG);
        event("e1");
        pass(Duration.ofSeconds(30));

        assertThat(aside).singleElement().satisfies(one -> {
            assertThat(one.why()).isEqualTo(SetAside.Why.TOO_LARGE);
            assertThat(one.tries()).isEqualTo(Refused.TRIES);
        });
        assertThat(arrived).contains("gate/event e1");
    }

    /** As at mosquitto with {@code max_packet_size 700}, which says so in CONNACK: the library sends nothing larger. */
    @Test
    void whateverIsLargerThanTheBrokerAnnouncesIsSetAsideAndHoldsUpNothing() {
        closes = message -> false;
        String large = "x".repeat(701);
        for (String topic : List.of("gate/front/detail", "homeassistant/device/home/config")) {
            refusals.put(topic + " " + large, PublishOutcome.TOO_LARGE);
            value(topic, large);
        }
        for (String topic : List.of("gate/event", "gate/alarm")) {
            refusals.put(topic + " " + large, PublishOutcome.TOO_LARGE);
        }
        event(large);
        alarm(large);
        value("gate/front/state", "open");
        event("e1");
        alarm("a1");
        pass(Duration.ofSeconds(6)); // five until it is connected
        assertThat(arrived)
                .as("neither other topics nor alarms wait")
                .contains("gate/front/state open", "gate/alarm a1");

        pass(Duration.ofSeconds(29));
        assertThat(aside)
                .extracting(each -> each.message().topic())
                .containsExactlyInAnyOrder(
                        "gate/front/detail", "homeassistant/device/home/config", "gate/event", "gate/alarm");
        assertThat(aside).extracting(SetAside::why).containsOnly(SetAside.Why.TOO_LARGE);
        assertThat(arrived).contains("gate/event e1", "gate/alarm a1");
        assertThat(outbox.size()).isZero();
        assertThat(connections).isEqualTo(1);

        value("gate/front/state", "closed");
        alarm("a2");
        pass(Duration.ofMillis(10));
        assertThat(arrived).as("at once").contains("gate/front/state closed", "gate/alarm a2");
    }

    @Test
    void onceTheLimitIsKnownFurtherMessagesAreSetAsideAtTheFirstTry() {
        closes = message -> false;
        for (int i = 0; i < 50; i++) {
            refusals.put("gate/event " + LONG + i, PublishOutcome.TOO_LARGE);
            event(LONG + i);
        }
        event("e1");
        pass(Duration.ofSeconds(20));

        assertThat(aside).hasSize(50);
        assertThat(arrived).contains("gate/event e1");
    }

    @Test
    void refusedMessageIsSetAsideOnlyOnceTheNextOneIsTaken() {
        refusals.put("gate/event bad", PublishOutcome.REJECTED);
        event("bad");
        pass(Duration.ofMinutes(10));
        assertThat(aside).as("it may be the topic").isEmpty();

        event("good");
        event("better");
        pass(Duration.ofMinutes(2));

        assertThat(aside).singleElement().satisfies(one -> assertThat(one.why()).isEqualTo(SetAside.Why.REFUSED));
        assertThat(arrived).contains("gate/event good", "gate/event better");
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishOutcome.class,
            names = {"REJECTED", "NOT_AUTHORIZED"})
    void topicThatIsRefusedLosesNothing(PublishOutcome outcome) {
        for (int i = 0; i < 5; i++) {
            refusals.put("gate/event e" + i, outcome);
            event("e" + i);
        }
        pass(Duration.ofMinutes(30));
        assertThat(aside).isEmpty();

        refusals.clear();
        pass(Duration.ofMinutes(3));
        assertThat(arrived.stream().filter(each -> each.startsWith("gate/event")))
                .containsExactly("gate/event e0", "gate/event e1", "gate/event e2", "gate/event e3", "gate/event e4");
    }

    /** Cuts of every kind: after so many messages, after so much time, in any mixture. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOutageSetsAnythingAside(long seed) {
        closes = message -> false;
        for (int history = 0; history < 60; history++) {
            Random random = new Random(seed * 1000 + history);
            double cut = Math.pow(10, -random.nextInt(4)) / 2;
            for (int i = 0; i < 30; i++) {
                event("h" + history + "e" + i);
                value("gate/" + random.nextInt(5) + "/state", random.nextBoolean() ? "open" : "closed");
                alarm("h" + history + "a" + i);
                for (int turn = 0; turn < 40; turn++) {
                    if (courier.isConnected() && random.nextDouble() < cut) {
                        down();
                    }
                    pass(Duration.ofMillis(1 + random.nextInt(random.nextInt(20) == 0 ? 30_000 : 50)));
                }
            }
        }
        assertThat(aside).isEmpty();
        pass(Duration.ofMinutes(2));
        assertThat(outbox.size()).isZero();
    }

    @Test
    void alarmIsNeverSetAsideByWhoeverCutsTheLineAtEachTry() {
        closes = message -> false;
        event("x".repeat(500));
        pass(Duration.ofSeconds(1));
        closes = message -> message.payload().equals("Front door open");
        alarm("Front door open");
        event("e1");
        pass(Duration.ofHours(1));
        assertThat(aside).isEmpty();
        assertThat(arrived).contains("gate/event e1");

        closes = message -> false;
        pass(Duration.ofMinutes(1));
        assertThat(arrived).contains("gate/alarm Front door open");
    }

    @Test
    void smallMessageThatTheBrokerClosesForIsSetAsideOnlyAfterTenTries() {
        closes = message -> false;
        event("x".repeat(500));
        pass(Duration.ofSeconds(1));
        closes = message -> message.payload().equals("poison");
        event("poison");
        event("e1");
        pass(Duration.ofMinutes(2));
        assertThat(aside).isEmpty();
        pass(Duration.ofMinutes(10));
        assertThat(aside)
                .singleElement()
                .extracting(each -> each.message().payload())
                .isEqualTo("poison");
        assertThat(arrived).contains("gate/event e1");
    }
}
