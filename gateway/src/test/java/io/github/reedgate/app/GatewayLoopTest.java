package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.reedgate.contact.Debounce;
import io.github.reedgate.contact.Position;
import io.github.reedgate.core.Input;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.line.Level;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.WatermarkOutcome;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of a gateway loop, from the line to the connection, with time in the test's hand. */
class GatewayLoopTest {

    private static final String COMMANDS = "reedgate/home/panel/set";

    @Test
    void doorThatOpensWhileTheBrokerIsAwayIsToldOnConnectAfterTheTruthOfNow() {
        LoopRig rig = LoopRig.started(2);
        rig.settle(0, Position.OPEN);
        rig.settle(0, Position.CLOSED);
        rig.settle(1, Position.OPEN);
        assertThat(rig.link.count()).isZero();

        rig.connect();

        assertThat(rig.sentNow())
                .containsExactly(
                        "availability online",
                        "s0/state closed",
                        "s1/state open",
                        "s0/detail …",
                        "s1/detail …",
                        "alarm Door 0 opened, 21:14:02",
                        "alarm Door 1 opened, 21:14:02",
                        "event started late",
                        "event opened late",
                        "event closed late",
                        "event opened late");
        rig.acceptAll();
        rig.settle(1, Position.CLOSED);
        assertThat(rig.sentNowWithoutDetails()).containsExactly("s1/state closed", "event closed");
    }

    @Test
    void pausedSubscriptionIsToldByEventHeartbeatStoreAndStatus() {
        LoopRig rig = LoopRig.started(1);
        rig.connect();
        rig.acceptAll();
        rig.loop.handle(new LoopInput.Link(new LinkEvent.SubscriptionRefused(
                COMMANDS, LinkEvent.SubscriptionRefused.Why.UNREADABLE, Optional.of(Duration.ofMinutes(16)), "no")));
        rig.acceptAll();

        assertThat(rig.events().get(rig.events().size() - 1))
                .containsEntry("event_type", "subscription_lost")
                .containsEntry("topic", COMMANDS)
                .containsEntry("why", "unreadable")
                .containsEntry("pause_s", 960);
        rig.disconnect();
        rig.connect(); // with a heartbeat
        assertThat(rig.heartbeats().get(rig.heartbeats().size() - 1))
                .extractingByKey("subscriptions_lost")
                .isEqualTo(Map.of(
                        COMMANDS,
                        Map.of(
                                "why",
                                "unreadable",
                                "since",
                                "2026-11-22T21:14:02.000Z",
                                "until",
                                "2026-11-22T21:30:02.000Z")));
        assertThat(rig.kept.notes)
                .containsEntry("lost_subscriptions", "2026-11-22T21:30:02.000Z unreadable " + COMMANDS);
        List<Glance> looks = new ArrayList<>();
        rig.loop.handle(new LoopInput.Look(looks::add));
        assertThat(looks.get(0).lostSubscriptions())
                .extracting(LostSubscription::topic)
                .containsExactly(COMMANDS);

        rig.acceptAll();
        rig.loop.handle(new LoopInput.Link(new LinkEvent.Subscribed(COMMANDS)));
        assertThat(rig.events().get(rig.events().size() - 1)).containsEntry("event_type", "subscription_restored");
        assertThat(rig.kept.notes).containsEntry("lost_subscriptions", "");
    }

    @Test
    void valueOfAnotherClientOnTheWatermarksTopicIsRemembered() {
        LoopRig rig = LoopRig.started(1);
        rig.loop.handle(new LoopInput.Link(rig.link.up(FakeLink.NO_LIMIT)));
        rig.loop.handle(new LoopInput.Link(rig.link.remembersNothing(WatermarkOutcome.MALFORMED)));
        rig.loop.tick();
        assertThat(rig.kept.notes).containsEntry("foreign_watermark", "2026-11-22T21:14:02Z no, MALFORMED");
        assertThat(foreignWatermark(rig))
                .hasValueSatisfying(seen -> assertThat(seen.reason()).isEqualTo("no, MALFORMED"));

        rig.disconnect();
        rig.loop.handle(new LoopInput.Link(rig.link.up(FakeLink.NO_LIMIT)));
        rig.loop.handle(new LoopInput.Link(rig.link.remembers(Long.MAX_VALUE)));
        rig.loop.tick();
        assertThat(rig.kept.notes.get("foreign_watermark")).contains("9223372036854775807", "allow nobody but");

        rig.disconnect();
        rig.connect();
        assertThat(foreignWatermark(rig)).as("it stays known").isPresent();
    }

    @Test
    void brokerThatHidesTheWatermarkIsNoOtherClient() {
        LoopRig rig = LoopRig.started(1);
        for (WatermarkOutcome outcome : List.of(WatermarkOutcome.REFUSED, WatermarkOutcome.NO_ANSWER)) {
            rig.loop.handle(new LoopInput.Link(rig.link.up(FakeLink.NO_LIMIT)));
            rig.loop.handle(new LoopInput.Link(rig.link.remembersNothing(outcome)));
            rig.loop.tick();
            rig.disconnect();
        }
        assertThat(foreignWatermark(rig)).isEmpty();
        assertThat(rig.kept.notes).doesNotContainKey("foreign_watermark");
    }

    private static Optional<ForeignWatermark> foreignWatermark(LoopRig rig) {
        List<Glance> looks = new ArrayList<>();
        rig.loop.handle(new LoopInput.Look(looks::add));
        return looks.get(0).foreignWatermark();
    }

    @Test
    void alarmLineLeavesAtOnceWhileHostileCommandsKeepComing() {
        LoopRig rig = LoopRig.started(1);
        rig.connect();
        rig.acceptAll();
        rig.sentNow();
        List<Incoming.Shape> shapes = List.of(Incoming.Shape.values());
        for (int round = 0; round < 20; round++) {
            for (int each = 0; each < 1_000; each++) {
                Incoming.Shape shape = shapes.get(each % shapes.size());
                rig.queue.offer(new LinkEvent.Received(new Incoming(COMMANDS, "", shape, false)));
            }
            rig.pass(Duration.ofMillis(20));
            rig.acceptAll();
            rig.sentNow();
            Position position = round % 2 == 0 ? Position.OPEN : Position.CLOSED;
            rig.lines.edge(0, LoopRig.WIRING.level(position), rig.time.now().monotonicNanos());
            if (position == Position.OPEN) {
                rig.pass(Debounce.DEFAULT.open().plusMillis(2));
                assertThat(rig.sentNow()).anyMatch(text -> text.startsWith("alarm Door 0 opened"));
            }
            rig.pass(Debounce.CAP);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 8, 20})
    void openingIsNotLateWithABrokerThatTakesFewAtATime(int receiveMaximum) {
        LoopRig rig = LoopRig.started(1);
        rig.connect(receiveMaximum);
        for (int round = 0; round < 3; round++) {
            rig.acceptAll();
            rig.pass(Duration.ofSeconds(1));
        }
        rig.sentNow();

        rig.settle(0, Position.OPEN);

        assertThat(rig.sentNowWithoutDetails())
                .containsExactly("alarm Door 0 opened, 21:14:05", "s0/state open", "event opened");
    }

    @Test
    void outageIsToldWithItsLength() {
        LoopRig rig = LoopRig.started(1);
        rig.connect();
        rig.acceptAll();
        rig.disconnect();
        rig.settle(0, Position.OPEN);
        rig.pass(Duration.ofMillis(4_850));
        rig.sentNow();

        rig.connect();
        rig.acceptAll();

        assertThat(rig.sentNowWithoutDetails())
                .containsExactly(
                        "availability online",
                        "s0/state open",
                        "alarm Door 0 opened, 21:14:02",
                        "event link_lost late",
                        "event opened late",
                        "event link_restored");
        Map<String, Object> restored = last(rig.events());
        assertThat(restored)
                .containsEntry("outage_ms", 5_000)
                .containsEntry("message", "Connection to the broker restored after 5.0 s");
    }

    @Test
    void numbersRiseByOneOnTheTopicWhateverHappensAtOnce() {
        LoopRig rig = LoopRig.started(3);
        rig.connect();
        rig.acceptAll();
        for (int round = 0; round < 40; round++) {
            Level level = LoopRig.WIRING.level(round % 2 == 0 ? Position.OPEN : Position.CLOSED);
            for (int line = 0; line < 3; line++) {
                rig.lines.edge(line, level, rig.time.now().monotonicNanos());
            }
            // without a turn in between: quiet time, forced decisions and health meet in one tick
            rig.time.pass(Duration.ofMillis(120 + 97L * round % 800));
            rig.turn();
            rig.acceptAll();
        }
        rig.lines.breakDown(0, new IllegalStateException("not again"));
        rig.lines.repair(0);
        rig.pass(Duration.ofSeconds(15));

        List<Integer> numbers = new ArrayList<>();
        rig.events().forEach(event -> numbers.add((Integer) event.get("seq")));
        List<Integer> expected = new ArrayList<>();
        for (int number = 1; number <= numbers.size(); number++) {
            expected.add(number);
        }
        assertThat(numbers).hasSizeGreaterThan(20).isEqualTo(expected);
        assertThat(rig.numbers.next).isEqualTo(numbers.size() + 1L);
    }

    @Test
    void moveThatAReadingProvesAndOneDecidedInTheSameTickLeaveInTheOrderOfTheirNumbers() {
        LoopRig rig = LoopRig.started(2);
        rig.connect();
        rig.acceptAll();
        // line 1 does not rest and is decided upon after 350 ms; line 0 comes to rest just before that
        for (int millis = 0; millis < 350; millis += 10) {
            Level level = millis % 20 == 0 ? Level.HIGH : Level.LOW;
            rig.lines.edge(1, level, rig.time.now().monotonicNanos());
            if (millis == 330) {
                rig.lines.edge(0, Level.HIGH, rig.time.now().monotonicNanos());
            }
            rig.turn();
            rig.time.pass(Duration.ofMillis(10));
        }
        rig.time.pass(Duration.ofMillis(12));
        rig.turn();

        assertThat(rig.events())
                .extracting(event -> event.get("seq"), event -> event.get("sensor"), event -> event.get("event_type"))
                .containsExactly(tuple(1, null, "started"), tuple(2, "s1", "opened"), tuple(3, "s0", "opened"));
    }

    @Test
    void edgesThatFoundNoRoomHaveAllLevelsReadAgainAndAreTold() {
        LoopRig rig = new LoopRig(2, 4, 1000).start();
        rig.connect();
        rig.acceptAll();
        rig.sentNow();
        for (int edge = 0; edge < 10; edge++) {
            Level level = edge % 2 == 0 ? Level.HIGH : Level.LOW;
            rig.lines.edge(0, level, rig.time.now().monotonicNanos());
        }
        rig.lines.edge(1, Level.HIGH, rig.time.now().monotonicNanos());
        int readings = rig.lines.readings().size();

        rig.turn();

        assertThat(rig.lines.readings().subList(readings, rig.lines.readings().size()))
                .startsWith(0, 1);
        assertThat(rig.sentNowWithoutDetails()).containsExactly("event overflow");
        assertThat(last(rig.events())).containsEntry("dropped_edges", 7);
        rig.pass(Duration.ofMillis(40));
        assertThat(rig.sentNowWithoutDetails())
                .as("door 1's only edge was lost, its level was read")
                .contains("s1/state open", "event opened");
    }

    @Test
    void messagesThatFoundNoRoomAreToldOnConnect() {
        LoopRig rig = new LoopRig(1, 100, 3).start();
        for (int move = 0; move < 3; move++) {
            rig.settle(0, Position.OPEN);
            rig.settle(0, Position.CLOSED);
        }
        rig.connect();

        assertThat(rig.sentNowWithoutDetails())
                .containsExactly(
                        "availability online",
                        "s0/state closed",
                        "alarm Door 0 opened, 21:14:02",
                        "event opened late",
                        "event opened late",
                        "event overflow");
        assertThat(last(rig.events())).containsEntry("dropped_events", 4).containsEntry("dropped_alarms", 3);
    }

    @Test
    void lineThatCannotBeOpenedIsReportedAndTriedEveryFiveSeconds() {
        LoopRig rig = new LoopRig(2, 100, 1000);
        rig.lines.refuse(1, "line 1 is busy");
        rig.connect();
        rig.loop.start();
        rig.pass(Duration.ofMillis(100));
        rig.acceptAll();

        assertThat(rig.sentNowWithoutDetails())
                .contains("s0/state closed", "s1/state unknown", "event started", "event sensor_fault");
        assertThat(String.valueOf(last(rig.events()).get("message"))).contains("line 1 is busy");
        rig.pass(Duration.ofMillis(14_800));
        assertThat(rig.lines.openings()).containsExactly(0, 1, 1, 1);
        rig.lines.refuse(1, "");
        rig.lines.level(1, Level.HIGH);
        rig.pass(Duration.ofMillis(300));
        rig.acceptAll();
        assertThat(rig.lines.openings()).containsExactly(0, 1, 1, 1, 1);
        assertThat(rig.sentNowWithoutDetails()).contains("s1/state open");
        rig.pass(Duration.ofSeconds(61));
        rig.acceptAll();
        assertThat(rig.sentNowWithoutDetails()).contains("event sensor_ok");
        assertThat(rig.lines.openings()).hasSize(5);
    }

    @Test
    void refusedTopicIsProbedWhenItsTimeHasCome() {
        LoopRig rig = LoopRig.started(1);
        rig.connect();
        rig.loop.handle(new LoopInput.Link(rig.link.answer(PublishOutcome.NOT_AUTHORIZED)));
        rig.acceptAll();
        rig.sentNow();

        rig.pass(LoopRig.PARK.minusMillis(1));
        assertThat(rig.sentNow()).isEmpty();
        rig.pass(Duration.ofMillis(1));

        assertThat(rig.sentNow()).containsExactly("availability online");
        assertThat(rig.kept.notes).as("for those who ask what went wrong").containsEntry("refusals", "1");
        assertThat(rig.kept.notes.get("last_refusal")).isNotBlank();
    }

    @Test
    void synchronisedClockHasWhatIsKeptCorrected() {
        LoopRig rig = LoopRig.started(1);
        rig.loop.handle(new LoopInput.Core(new Input.ClockChecked(false)));
        rig.settle(0, Position.OPEN);
        assertThat(rig.kept.corrections).isEmpty();
        rig.time.setClock(Duration.ofHours(3));
        rig.loop.handle(new LoopInput.Core(new Input.ClockChecked(true)));

        assertThat(rig.kept.corrections).containsExactly("1 2026-11-23T00:14:00Z");
        Event told = last(rig.kept.events);
        assertThat(told.type()).isEqualTo(EventType.CLOCK_CORRECTED);
        assertThat(told.more()).containsEntry("by_ms", 10_800_000L);
    }

    @Test
    void everyAnswerCountsHoweverManyCameTogether() throws InterruptedException {
        LoopRig rig = LoopRig.started(1);
        rig.connect();
        rig.acceptAll();
        List<Long> requests = LongStream.rangeClosed(1, 300).boxed().toList();
        requests.forEach(request -> rig.courier.publish(
                new Message("some/topic", "text", QoS.AT_LEAST_ONCE, false, Message.TEXT, Map.of()),
                Priority.ROUTINE,
                request));

        while (rig.delivered.size() < requests.size()) {
            rig.loop.tick();
            assertThat(rig.link.unanswered()).as("sent of what waits").isPositive();
            int answers = 0;
            for (; rig.link.unanswered() > 0; answers++) {
                rig.queue.offer(rig.link.answer(PublishOutcome.ACCEPTED)); // more than a hundred
            }
            for (int taken = 0; taken < answers; taken += 64) {
                rig.loop.turn();
            }
        }
        assertThat(rig.delivered).isEqualTo(requests);
    }

    @Test
    void askedForTestAlarmIsAcknowledgedToWhoAsked() {
        LoopRig rig = LoopRig.started(1);
        rig.connect();
        rig.acceptAll();
        rig.sentNow();
        rig.loop.handle(new LoopInput.Core(new Input.TestRequested(5)));

        assertThat(rig.sentNow())
                .contains("event test")
                .anyMatch(text -> text.startsWith("alarm Test alarm from home"));
        assertThat(rig.delivered).isEmpty();
        rig.acceptAll();
        assertThat(rig.delivered).containsExactly(5L);
    }

    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }
}
