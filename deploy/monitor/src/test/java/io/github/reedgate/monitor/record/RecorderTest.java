package io.github.reedgate.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** The recorder with a broker and a history that fail, in virtual time. */
class RecorderTest {

    private static final Recorder.Limits LIMITS = new Recorder.Limits(50, 1 << 20, Duration.ofSeconds(1), 1L << 20);

    private final FakeHistory history = new FakeHistory();
    private final Map<String, String> states = new LinkedHashMap<>();
    private final List<History.NumberedEvent> sent = new ArrayList<>();
    private LongConsumer acknowledged = seq -> {};
    private Timestamp now = new Timestamp(0, Instant.ofEpochMilli(Samples.NOW));
    private Recorder recorder = recorder();

    private Recorder recorder() {
        return new Recorder(
                new MessageReader("reedgate"),
                history,
                new Outlet() {
                    @Override
                    public void event(History.NumberedEvent event) {
                        sent.add(event);
                        acknowledged.accept(event.seq());
                    }

                    @Override
                    public void state(String gateway, String state) {
                        states.put(gateway, state);
                    }
                },
                LIMITS);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** Delivers and works until nothing is left to do, or nothing can be done now. */
    private void settle(FakeBroker broker) {
        for (int round = 0; round < 10_000; round++) {
            List<Delivery> delivered = broker.deliver();
            delivered.forEach(recorder::received);
            boolean hasWork = recorder.hasWork(now.monotonicNanos());
            if (delivered.isEmpty() && !hasWork) {
                return;
            }
            recorder.work(now);
        }
        throw new AssertionError("never settles");
    }

    private List<OwnEvent.Type> reported() {
        return history.own.stream().map(OwnEvent::type).toList();
    }

    @Test
    void messageIsAcknowledgedOnlyOnceItIsStored() {
        FakeBroker broker = new FakeBroker(10);
        broker.publish(Samples.event("home", 1, "a-1"));
        history.isDown = true;

        settle(broker);
        broker.deliver();
        assertThat(broker.waiting()).isEqualTo(1);
        assertThat(recorder.fault()).isPresent();

        history.isDown = false;
        pass(Duration.ofSeconds(2));
        settle(broker);

        assertThat(broker.waiting()).isZero();
        assertThat(history.events.get("home")).containsOnlyKeys(1L);
        assertThat(recorder.fault()).isEmpty();
        assertThat(reported()).contains(OwnEvent.Type.STORE_FAULT, OwnEvent.Type.STORE_OK);
    }

    @Test
    void whatCantBeReadIsKeptAcknowledgedAndReportedOnceAMinute() {
        FakeBroker broker = new FakeBroker(10);
        for (int i = 0; i < 30; i++) {
            broker.publish(Samples.message("reedgate/home/event", "garbage " + i));
        }
        broker.publish(Samples.event("home", 1, "a-1"));

        settle(broker);

        assertThat(broker.waiting()).isZero();
        assertThat(history.rejected).hasSize(30);
        assertThat(history.events.get("home")).hasSize(1);
        assertThat(reported()).containsOnlyOnce(OwnEvent.Type.REJECTED);

        pass(Duration.ofSeconds(61));
        broker.publish(Samples.message("reedgate/home/event", "garbage"));
        settle(broker);
        OwnEvent last = history.own.get(history.own.size() - 1);
        assertThat(last.type()).isEqualTo(OwnEvent.Type.REJECTED);
        assertThat((Long) last.more().get("count")).isGreaterThan(1);
    }

    @Test
    void messageThatTheHistoryCantStoreHoldsUpNoOther() {
        FakeBroker broker = new FakeBroker(10);
        history.poison = "a-2";
        for (int seq = 1; seq <= 5; seq++) {
            broker.publish(Samples.event("home", seq, "a-" + seq));
        }
        for (int round = 0; round < 60 && broker.waiting() > 0; round++) {
            settle(broker);
            pass(Duration.ofSeconds(1));
        }

        assertThat(broker.waiting()).isZero();
        assertThat(history.events.get("home")).containsOnlyKeys(1L, 3L, 4L, 5L);
        assertThat(history.rejected).hasSize(1);
        assertThat(history.rejected.get(0).reason())
                .contains("the history can't store it")
                .contains("poison");
    }

    @Test
    void messageIsNeverRejectedBecauseTheHistoryCantBeReached() {
        FakeBroker broker = new FakeBroker(10);
        broker.publish(Samples.event("home", 1, "a-1"));
        for (int failures = 1; failures <= 12; failures++) {
            history.unreachable = failures;
            broker.publish(Samples.event("home", 1L + failures, "a-" + (1 + failures)));
            for (int round = 0; round < 60 && broker.waiting() > 0; round++) {
                settle(broker);
                pass(Duration.ofSeconds(1));
            }
            assertThat(broker.waiting()).as("after %d failures", failures).isZero();
        }

        assertThat(history.rejected).isEmpty();
        assertThat(history.events.get("home")).hasSize(13);
    }

    @Test
    void gapBelowTheWatermarkIsReportedAtOnceAndItsHealingToo() {
        FakeBroker broker = new FakeBroker(10);
        recorder.connected();
        broker.publish(Samples.event("home", 1, "a-1"));
        broker.publish(Samples.event("home", 3, "a-3"));
        settle(broker);
        assertThat(reported()).as("number 2 may be on its way").doesNotContain(OwnEvent.Type.GAP_FOUND);
        assertThat(states).containsEntry("home", "ok");

        broker.publish(Samples.message("reedgate/home/diagnostics/watermark", "3"));
        settle(broker);
        assertThat(reported()).containsOnlyOnce(OwnEvent.Type.GAP_FOUND);
        assertThat(states).containsEntry("home", "incomplete");

        broker.publish(Samples.event("home", 2, "a-2"));
        settle(broker);
        assertThat(reported()).containsOnlyOnce(OwnEvent.Type.GAP_HEALED);
        assertThat(states).containsEntry("home", "ok");
    }

    @Test
    void gapWithoutAWatermarkIsReportedAfterAMinute() {
        FakeBroker broker = new FakeBroker(10);
        broker.publish(Samples.event("home", 1, "a-1"));
        broker.publish(Samples.event("home", 3, "a-3"));
        settle(broker);
        pass(GapWatch.PATIENCE.plusSeconds(1));
        recorder.work(now);
        settle(broker);

        assertThat(reported()).containsOnlyOnce(OwnEvent.Type.GAP_FOUND);
    }

    private List<Long> missingReported() {
        return history.own.stream()
                .filter(event -> event.type() == OwnEvent.Type.GAP_FOUND)
                .map(event -> (Long) event.more().get("missing"))
                .toList();
    }

    @Test
    void eachGapWithoutAWatermarkHasAMinuteOfItsOwn() {
        FakeBroker broker = new FakeBroker(10);
        broker.publish(Samples.event("home", 1, "a-1"));
        broker.publish(Samples.event("home", 3, "a-3"));
        settle(broker);
        pass(Duration.ofSeconds(50));
        broker.publish(Samples.event("home", 6, "a-6"));
        settle(broker);
        pass(Duration.ofSeconds(20));
        recorder.work(now);
        settle(broker);
        assertThat(missingReported()).as("numbers 4 and 5 may be on their way").containsExactly(1L);
        assertThat(recorder.gaps().missing("home", now.monotonicNanos())).containsExactly(new NumberRange(2, 2));

        pass(Duration.ofSeconds(45));
        recorder.work(now);
        settle(broker);
        assertThat(missingReported()).containsExactly(1L, 3L);
        pass(Duration.ofHours(1));
        broker.publish(Samples.event("home", 9, "a-9"));
        settle(broker);
        recorder.work(now);
        settle(broker);
        assertThat(missingReported()).as("7 and 8 may be on their way").containsExactly(1L, 3L);
    }

    @Test
    void newGapIsReportedAlsoIfAnOlderOneHealedMeanwhile() {
        FakeBroker broker = new FakeBroker(10);
        broker.publish(Samples.event("home", 1, "a-1"));
        broker.publish(Samples.message("reedgate/home/diagnostics/watermark", "4"));
        settle(broker);
        broker.publish(Samples.event("home", 2, "a-2"));
        broker.publish(Samples.event("home", 3, "a-3"));
        settle(broker);
        broker.publish(Samples.message("reedgate/home/diagnostics/watermark", "5"));
        settle(broker);

        assertThat(missingReported()).containsExactly(3L, 2L);
    }

    private void gapFromTwoTo(long last, FakeBroker broker) {
        recorder.connected();
        broker.publish(Samples.event("home", 1, "a-1"));
        broker.publish(Samples.event("home", last + 1, "a-" + (last + 1)));
        broker.publish(Samples.message("reedgate/home/diagnostics/watermark", Long.toString(last + 1)));
        settle(broker);
        assertThat(states).containsEntry("home", "incomplete");
    }

    private void prune(long to) {
        history.pruned = new Pruned(1, Map.of("home", new NumberRange(1, to)), 0, 0);
        recorder.prune(now);
        recorder.work(now);
        settle(new FakeBroker(1));
    }

    @Test
    void gapThatIsPrunedIsGoneAndNotHealed() {
        FakeBroker broker = new FakeBroker(10);
        gapFromTwoTo(8, broker);

        prune(8);
        recorder.work(now);
        settle(broker);

        assertThat(reported()).containsOnlyOnce(OwnEvent.Type.GAP_GONE).doesNotContain(OwnEvent.Type.GAP_HEALED);
        OwnEvent gone = history.own.get(history.own.size() - 1);
        assertThat(gone.more())
                .containsEntry("gone", 7L)
                .containsEntry("reason", "the history was pruned before they came");
        assertThat(states).containsEntry("home", "ok");
        assertThat(recorder.gaps().incomplete()).isEmpty();
    }

    @Test
    void restOfAGapThatIsStoredAfterThePruningHeals() {
        FakeBroker broker = new FakeBroker(10);
        gapFromTwoTo(4, broker);
        prune(2);
        assertThat(states).containsEntry("home", "incomplete");

        broker.publish(Samples.event("home", 3, "a-3"));
        broker.publish(Samples.event("home", 4, "a-4"));
        settle(broker);

        assertThat(reported()).containsOnlyOnce(OwnEvent.Type.GAP_HEALED).containsOnlyOnce(OwnEvent.Type.GAP_GONE);
        assertThat(states).containsEntry("home", "ok");
    }

    @Test
    void gapIsNotHealedBecauseTheHistoryWasBegunAnew() {
        FakeBroker broker = new FakeBroker(10);
        gapFromTwoTo(8, broker);
        history.isDown = true;
        broker.publish(Samples.event("home", 10, "a-10"));
        settle(broker);
        history.isDown = false;
        history.events.clear();
        history.watermarks.clear();
        pass(Duration.ofSeconds(2));
        settle(broker);

        assertThat(history.events.get("home")).containsOnlyKeys(10L);
        assertThat(reported()).doesNotContain(OwnEvent.Type.GAP_HEALED);
        assertThat(states).containsEntry("home", "ok");
    }

    /** A message that only counts its acknowledgements. */
    private static Delivery counting(List<String> acknowledged) {
        return new Delivery() {
            @Override
            public RawMessage message() {
                return Samples.message("reedgate-monitor/main/log/home", "{}");
            }

            @Override
            public void acknowledge() {
                acknowledged.add("end");
            }
        };
    }

    @Test
    void numbersThatAreGoneAreAcknowledgedOnceStoredAndReportedAtTheEndOfTheGap() {
        FakeBroker broker = new FakeBroker(10);
        recorder.connected();
        broker.publish(Samples.event("home", 1, "a-1"));
        broker.publish(Samples.event("home", 9, "a-9"));
        broker.publish(Samples.message("reedgate/home/diagnostics/watermark", "9"));
        settle(broker);
        assertThat(recorder.gaps().incomplete()).containsExactly("home");
        assertThat(recorder.gaps().missing("home", now.monotonicNanos())).containsExactly(new NumberRange(2, 8));

        List<String> acknowledged = new ArrayList<>();
        history.isDown = true;
        recorder.received(new GoneNumbers("home", List.of(new NumberRange(2, 5))), counting(acknowledged));
        recorder.work(now);
        assertThat(acknowledged).isEmpty();
        history.isDown = false;
        pass(Duration.ofSeconds(2));
        settle(broker);
        assertThat(acknowledged).containsExactly("end");
        assertThat(reported()).as("more may follow").doesNotContain(OwnEvent.Type.GAP_GONE);
        assertThat(recorder.gaps().missing("home", now.monotonicNanos())).containsExactly(new NumberRange(6, 8));

        recorder.received(new GoneNumbers("home", List.of(new NumberRange(6, 8))), counting(acknowledged));
        recorder.work(now);
        settle(broker);
        assertThat(history.own)
                .filteredOn(event -> event.type() == OwnEvent.Type.GAP_GONE)
                .singleElement()
                .satisfies(event -> assertThat(event.more())
                        .containsEntry("gone", 7L)
                        .containsEntry("from", 2L)
                        .containsEntry("to", 8L)
                        .containsEntry("reason", "not in the gateway's log"));
        assertThat(reported()).endsWith(OwnEvent.Type.GAP_GONE, OwnEvent.Type.GAP_HEALED);
        assertThat(states).containsEntry("home", "ok");
        assertThat(recorder.gaps().incomplete()).isEmpty();
    }

    @Test
    void numbersThatAreGoneAreReportedAfterAMinuteIfTheGapGoesOn() {
        FakeBroker broker = new FakeBroker(10);
        broker.publish(Samples.event("home", 1, "a-1"));
        broker.publish(Samples.event("home", 9, "a-9"));
        settle(broker);
        recorder.received(new GoneNumbers("home", List.of(new NumberRange(2, 5))), counting(new ArrayList<>()));
        recorder.work(now);
        pass(GoneReports.PAUSE);
        recorder.work(now);
        settle(broker);

        assertThat(reported()).containsOnlyOnce(OwnEvent.Type.GAP_GONE).doesNotContain(OwnEvent.Type.GAP_HEALED);
    }

    @Test
    void conflictIsReportedWithItsSigns() {
        FakeBroker broker = new FakeBroker(10);
        recorder.connected();
        broker.publish(Samples.event("home", 1, "a-1"));
        broker.publish(Samples.event("home", 1, "b-1"));
        settle(broker);

        assertThat(history.own).anySatisfy(event -> {
            assertThat(event.type()).isEqualTo(OwnEvent.Type.CONFLICT);
            assertThat(event.message()).contains("number 1").contains("publishes as this gateway");
        });
        assertThat(states).containsEntry("home", "conflict");
    }

    @Test
    void ownEventsAreSentAgainOnEachConnectionUntilTheyAreAcknowledged() {
        FakeBroker broker = new FakeBroker(10);
        recorder.connected();
        recorder.report(new OwnEvent(OwnEvent.Type.STARTED, null, "Monitor started", Map.of(), Samples.NOW));
        settle(broker);
        assertThat(sent).hasSize(1);

        recorder.disconnected();
        recorder.connected();
        recorder.report(new OwnEvent(OwnEvent.Type.LINK_RESTORED, null, "restored", Map.of(), Samples.NOW));
        settle(broker);
        assertThat(sent).extracting(History.NumberedEvent::seq).containsExactly(1L, 1L, 2L);

        recorder.published(1);
        recorder.published(2);
        settle(broker);
        recorder.disconnected();
        recorder.connected();
        recorder.report(new OwnEvent(OwnEvent.Type.LINK_RESTORED, null, "restored", Map.of(), Samples.NOW));
        settle(broker);
        assertThat(sent).extracting(History.NumberedEvent::seq).containsExactly(1L, 1L, 2L, 3L);
    }

    @Test
    void valuesForWhichThereIsNoRoomAreCountedAndReportedAsRejected() {
        FakeBroker broker = new FakeBroker(10);
        history.hasRoomForValues = false;
        broker.publish(Samples.message("reedgate/home/panel/state", "disarmed"));
        settle(broker);

        assertThat(broker.waiting()).isZero();
        assertThat(recorder.figures()).containsEntry("rejected", 1L);
        assertThat(reported()).containsOnlyOnce(OwnEvent.Type.REJECTED);
    }

    @Test
    void whatIsPrunedIsCounted() {
        recorder.work(now);
        history.pruned = new Pruned(7, Map.of("home", new NumberRange(1, 9)), 5, 3);

        recorder.prune(now);
        recorder.prune(now);

        assertThat(recorder.figures())
                .containsEntry("pruned", 7L)
                .containsEntry("pruned_rejected", 5L)
                .containsEntry("pruned_conflicts", 3L);
    }

    @Test
    void tooMuchThatWaitsForTheHistoryEndsTheConnectionAndLosesNothing() {
        FakeBroker broker = new FakeBroker(10_000);
        history.isDown = true;
        for (int seq = 1; seq <= 5_000; seq++) {
            broker.publish(Samples.event("home", seq, "a-" + seq));
        }
        settle(broker);
        assertThat(recorder.isFull()).isTrue();

        history.isDown = false;
        pass(Duration.ofSeconds(2));
        settle(broker);

        assertThat(recorder.isFull()).isFalse();
        assertThat(history.events.get("home")).hasSize(5_000);
    }

    @Test
    void whateverFailsEveryEventIsStoredExactlyOnce() {
        int crashes = 0;
        for (long seed = 0; seed < 400; seed++) {
            crashes += history(new Random(seed), seed);
        }
        assertThat(crashes).as("crashes in all histories").isGreaterThan(500);
    }

    /** One random history: deliveries, redeliveries, crashes, an unreachable store, lost answers to commits. */
    private static int history(Random random, long seed) {
        RecorderTest test = new RecorderTest();
        test.acknowledged = number -> test.recorder.published(number);
        FakeBroker broker = new FakeBroker(1 + random.nextInt(60));
        long seq = 0;
        int crashes = 0;
        for (int step = 0; step < 150; step++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> {
                    for (int i = 0; i <= random.nextInt(20); i++) {
                        seq++;
                        broker.publish(Samples.event("home", seq, "a-" + seq));
                    }
                }
                case 4 -> broker.publish(Samples.message("reedgate/home/diagnostics/watermark", Long.toString(seq)));
                case 5 -> test.history.isDown = random.nextBoolean();
                case 6 -> test.history.failsAfterCommit = true;
                case 7 -> {
                    broker.reconnect();
                    test.recorder.disconnected();
                    test.recorder.connected();
                }
                case 8 -> {
                    // killed, with whatever it held; the broker delivers it to the next one
                    broker.reconnect();
                    test.recorder = test.recorder();
                    test.recorder.connected();
                    crashes++;
                }
                case 9 -> {
                    // the gateway sends again what the broker had acknowledged
                    long again = 1L + random.nextInt((int) seq + 1);
                    seq = Math.max(seq, again);
                    broker.publish(Samples.event("home", again, "a-" + again));
                }
                default -> {
                    broker.deliver().forEach(test.recorder::received);
                    test.recorder.work(test.now);
                }
            }
            test.pass(Duration.ofMillis(random.nextInt(800)));
        }
        test.history.isDown = false;
        for (int i = 0; i < 30; i++) {
            test.pass(Duration.ofSeconds(2));
            test.settle(broker);
        }
        Map<Long, RecordedEvent> stored = test.history.events.getOrDefault("home", Map.of());
        assertThat(stored).as("seed %d", seed).hasSize((int) seq);
        stored.forEach((number, event) -> assertThat(event.id()).isEqualTo("a-" + number));
        assertThat(test.history.conflicts).as("seed %d", seed).isZero();
        assertThat(broker.waiting()).as("seed %d", seed).isZero();
        assertThat(broker.acknowledgedTwice()).as("seed %d", seed).isZero();
        return crashes;
    }
}
