package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.WatermarkOutcome;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.QoS;
import io.github.reedgate.message.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again to a broker that has forgotten, and when the watermark is renewed. */
class BrokerMemoryTest {

    private static final Topics TOPICS = Topics.of("reedgate", "home");

    private final FakeLink link = new FakeLink();
    private final Kept kept = new Kept();
    private BrokerMemory memory = memory();
    private long nowNanos = 1_000_000_000L;
    private int seen;

    /** A log that has every number up to the last one, but those that were dropped from it. */
    private static final class Kept implements Ledger {
        long acknowledged;
        long last;
        boolean lost;
        boolean waiting;
        boolean knows = true;
        Optional<String> proved = Optional.empty();
        final Set<Long> gone = new TreeSet<>();
        final List<long[]> requests = new ArrayList<>();

        void allUpTo(long seq) {
            acknowledged = seq;
            last = seq;
        }

        @Override
        public OptionalLong acknowledged() {
            return lost ? OptionalLong.empty() : OptionalLong.of(acknowledged);
        }

        @Override
        public long lastSeq() {
            return last;
        }

        @Override
        public boolean nothingWaits() {
            return !waiting;
        }

        @Override
        public void fetch(long request, long fromSeq, long toSeq, int limit) {
            requests.add(new long[] {request, fromSeq, toSeq, limit});
        }

        List<Recalled> answer(long[] request) {
            return LongStream.rangeClosed(request[1], request[2])
                    .filter(seq -> !gone.contains(seq))
                    .limit(request[3])
                    .mapToObj(seq -> new Recalled(seq, event(seq)))
                    .toList();
        }

        @Override
        public void sendsSoon() {
            // whoever holds events does that
        }

        @Override
        public void sendsNoMore() {
            // whoever holds events does that
        }

        @Override
        public boolean isPrepared() {
            return true;
        }

        @Override
        public boolean knowsItSent(long seq) {
            return knows;
        }

        @Override
        public void keepProvedServer(String server) {
            proved = Optional.of(server);
        }

        private static Message event(long seq) {
            return new Message(
                    TOPICS.event(),
                    "{\"seq\":" + seq + ",\"replayed\":false}",
                    QoS.AT_LEAST_ONCE,
                    false,
                    Message.JSON,
                    Map.of());
        }
    }

    private BrokerMemory memory() {
        return new BrokerMemory(new Watermark(TOPICS.watermark(), kept.proved), link, new Messages(TOPICS), kept);
    }

    private void up() {
        memory.linkUp(link.up(FakeLink.NO_LIMIT));
    }

    private void down() {
        link.down();
        memory.linkDown();
    }

    private Optional<String> remembers(long seq) {
        return memory.answered(link.remembers(seq), nowNanos);
    }

    private Optional<String> tells(WatermarkOutcome outcome) {
        return memory.answered(link.remembersNothing(outcome), nowNanos);
    }

    private Optional<String> answer(PublishOutcome outcome) {
        LinkEvent.Published answer = link.answer(outcome);
        assertThat(BrokerMemory.madeHere(answer)).isTrue();
        return memory.published(answer, nowNanos);
    }

    private void fetch() {
        long[] request = kept.requests.remove(0);
        memory.fetched(request[0], kept.answer(request), nowNanos);
    }

    /** What was published since this was asked last: {@code =n} for the watermark, {@code n} for an event sent again. */
    private List<String> sent() {
        List<String> all = link.sentSince(seen).stream()
                .map(FakeLink.Sent::message)
                .map(message -> message.topic().equals(TOPICS.watermark())
                        ? "=" + message.payload()
                        : message.payload().replace("{\"seq\":", "").replace(",\"replayed\":true}", ""))
                .toList();
        seen = link.count();
        return all;
    }

    private static List<String> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Long::toString).toList();
    }

    private void acceptAll() {
        while (link.unanswered() > 0) {
            assertThat(answer(PublishOutcome.ACCEPTED)).isEmpty();
        }
    }

    @Test
    void freshBrokerGetsTheWatermarkAndNothingElse() {
        up();
        kept.allUpTo(3);
        memory.advance(nowNanos);
        assertThat(sent()).isEmpty();
        assertThat(tells(WatermarkOutcome.NONE)).isEmpty();
        assertThat(sent()).containsExactly("=3");
        assertThat(kept.requests).isEmpty();
    }

    @Test
    void watermarkWaitsUntilTheDiskKnowsThatEventsWereSent() {
        up();
        kept.knows = false;
        kept.allUpTo(3);
        tells(WatermarkOutcome.NONE);
        memory.advance(nowNanos);
        assertThat(sent()).isEmpty();
        assertThat(memory.deadlineNanos()).isEmpty();
        kept.knows = true;
        memory.advance(nowNanos);
        assertThat(sent()).containsExactly("=3");
        acceptAll();
        kept.knows = false;
        kept.waiting = true;
        kept.allUpTo(4);
        assertThat(memory.deadlineNanos()).as("nothing is due again and again").isEmpty();
    }

    @Test
    void brokerThatRemembersTheLastNumberGetsNothing() {
        kept.allUpTo(3);
        up();
        assertThat(remembers(3)).isEmpty();
        assertThat(sent()).isEmpty();
        assertThat(memory.isIdle()).isTrue();
    }

    @Test
    void whatIsAcknowledgedOnThisConnectionIsNotCalledForgotten() {
        kept.allUpTo(5);
        up();
        kept.allUpTo(7);
        remembers(5);
        assertThat(kept.requests).isEmpty();
        assertThat(sent()).containsExactly("=7");
    }

    @Test
    void gapIsSentAgainInOrderAndTheWatermarkFollows() {
        kept.allUpTo(40);
        up();
        assertThat(remembers(10)).hasValueSatisfying(text -> assertThat(text).contains("number 10 of 40"));
        assertThat(sent()).isEmpty();
        fetch();
        assertThat(sent()).isEqualTo(numbers(11, 26));
        answer(PublishOutcome.ACCEPTED);
        assertThat(sent()).containsExactly("27", "=11");
        answer(PublishOutcome.ACCEPTED);
        assertThat(sent()).containsExactly("28");
        acceptAll();
        assertThat(sent()).startsWith("29", "30").endsWith("40", "=40").hasSize(13);
        assertThat(kept.requests).isEmpty();
    }

    @Test
    void whatWasAcknowledgedBesideAGapThatIsStillOwedIsSentAgainWithIt() {
        kept.allUpTo(4);
        up();
        remembers(2);
        fetch();
        assertThat(sent()).containsExactly("3", "4");
        kept.allUpTo(6);
        down();
        up();
        remembers(2); // the second crash took 5 and 6 along, which no watermark ever covered
        fetch();
        assertThat(sent()).containsExactly("3", "4", "5", "6");
    }

    @Test
    void lastWatermarkComesWhenNothingIsOwedAnyMore() {
        kept.allUpTo(4);
        up();
        remembers(2);
        fetch();
        answer(PublishOutcome.ACCEPTED);
        answer(PublishOutcome.ACCEPTED);
        assertThat(sent()).containsExactly("3", "4", "=3");
        answer(PublishOutcome.ACCEPTED);
        assertThat(sent()).containsExactly("=4");
        answer(PublishOutcome.ACCEPTED);
        assertThat(memory.isIdle()).isTrue();
        assertThat(memory.deadlineNanos()).isEmpty();
    }

    @Test
    void longGapIsFetchedPageByPage() {
        kept.allUpTo(500);
        up();
        remembers(0);
        List<String> again = new ArrayList<>();
        while (!kept.requests.isEmpty()) {
            assertThat(kept.requests).hasSize(1);
            fetch();
            acceptAll();
            nowNanos += 1_000_000_000L;
            memory.advance(nowNanos);
            acceptAll();
            again.addAll(sent());
        }
        again.removeIf(each -> each.startsWith("="));
        assertThat(again).isEqualTo(numbers(1, 500));
    }

    @Test
    void whatTheLogHasNotAnyMoreIsPassedOver() {
        kept.allUpTo(6);
        kept.gone.addAll(List.of(1L, 2L, 4L, 6L));
        up();
        remembers(0);
        fetch();
        assertThat(sent()).containsExactly("3", "5", "=2");
        acceptAll();
        assertThat(kept.requests).hasSize(1);
        fetch();
        acceptAll();
        assertThat(sent()).last().isEqualTo("=6");
    }

    @Test
    void brokerThatForgotEverythingGetsTheLastThousandNumbers() {
        up();
        tells(WatermarkOutcome.NONE);
        kept.allUpTo(3000);
        memory.advance(nowNanos);
        acceptAll();
        memory.shown(link.showsWatermark());
        assertThat(kept.proved).contains("broker:1883");
        sent();
        memory = memory();
        up();
        assertThat(tells(WatermarkOutcome.NONE)).isPresent();
        assertThat(sent()).containsExactly("=2000");
        assertThat(kept.requests.get(0)[1]).isEqualTo(2001);
        assertThat(kept.requests.get(0)[2]).isEqualTo(3000);
    }

    @Test
    void brokenConnectionLeavesTheRestForTheNextOne() {
        kept.allUpTo(30);
        up();
        remembers(10);
        fetch();
        for (int i = 0; i < 4; i++) {
            answer(PublishOutcome.ACCEPTED);
        }
        down();
        sent();
        up();
        kept.allUpTo(35);
        assertThat(remembers(11)).isPresent();
        // 12 to 14 were acknowledged, but the broker may have forgotten them again
        assertThat(kept.requests.get(0)).startsWith(kept.requests.get(0)[0], 12, 30);
        fetch();
        acceptAll();
        while (!kept.requests.isEmpty()) {
            fetch();
        }
        acceptAll();
        assertThat(sent())
                .contains("12", "14", "30")
                .doesNotContain("31")
                .last()
                .isEqualTo("=35");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "NO_ANSWER", "MALFORMED"})
    void whatIsOwedIsSentEvenIfTheNextBrokerCannotBeAsked(WatermarkOutcome outcome) {
        kept.allUpTo(12);
        up();
        remembers(10);
        down();
        up();
        assertThat(tells(outcome)).isEmpty();
        kept.requests.remove(0);
        fetch();
        assertThat(sent()).containsExactly("=10", "11", "12");
    }

    @Test
    void pageThatComesAfterTheConnectionEndedIsIgnored() {
        kept.allUpTo(12);
        up();
        remembers(10);
        down();
        fetch();
        up();
        assertThat(sent()).isEmpty();
        remembers(10);
        fetch();
        assertThat(sent()).containsExactly("11", "12");
    }

    @Test
    void refusedEventStaysOwedAndIsToldAndNothingFollowsIt() {
        kept.allUpTo(40);
        up();
        remembers(10);
        fetch();
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).contains("no, NOT_AUTHORIZED");
        acceptAll();
        assertThat(sent()).isEqualTo(numbers(11, 26));
        down();
        up();
        remembers(10);
        assertThat(kept.requests.get(0)[1]).isEqualTo(11);
    }

    @Test
    void refusedWatermarkIsToldOnceOnAConnection() {
        kept.allUpTo(3);
        up();
        tells(WatermarkOutcome.NONE);
        assertThat(answer(PublishOutcome.NOT_AUTHORIZED)).contains("no, NOT_AUTHORIZED");
        kept.allUpTo(4);
        memory.advance(nowNanos);
        assertThat(sent()).containsExactly("=3");
        assertThat(memory.deadlineNanos()).isEmpty();
        down();
        up();
        tells(WatermarkOutcome.NONE);
        assertThat(sent()).containsExactly("=4");
    }

    @Test
    void oneWatermarkIsOnItsWayAtATime() {
        up();
        remembers(0);
        for (int seq = 1; seq <= 5; seq++) {
            kept.allUpTo(seq);
            memory.advance(nowNanos);
        }
        assertThat(sent()).containsExactly("=1");
        answer(PublishOutcome.ACCEPTED);
        assertThat(sent()).containsExactly("=5");
    }

    @Test
    void watermarkIsPutOffWhileEventsWait() {
        up();
        remembers(0);
        kept.waiting = true;
        kept.allUpTo(1);
        memory.advance(nowNanos);
        acceptAll();
        kept.allUpTo(2);
        memory.advance(nowNanos);
        assertThat(sent()).containsExactly("=1");
        nowNanos = memory.deadlineNanos().orElseThrow();
        memory.advance(nowNanos);
        assertThat(sent()).containsExactly("=2");
    }

    @Test
    void lostStoreAsksForNothingAndPublishesNothing() {
        kept.lost = true;
        kept.last = 100;
        up();
        assertThat(remembers(50)).isEmpty();
        memory.advance(nowNanos);
        assertThat(sent()).isEmpty();
        assertThat(kept.requests).isEmpty();
    }

    @Test
    void answersOfAnEarlierConnectionAreIgnored() {
        kept.allUpTo(12);
        up();
        LinkEvent.Watermark late = link.remembers(3);
        tells(WatermarkOutcome.NONE);
        LinkEvent.Published latePublished = link.answer(PublishOutcome.NOT_AUTHORIZED);
        up();
        assertThat(memory.answered(late, nowNanos)).isEmpty();
        assertThat(memory.published(latePublished, nowNanos)).isEmpty();
        sent();
        tells(WatermarkOutcome.NONE);
        assertThat(sent()).containsExactly("=12");
    }

    @Test
    void brokerThatTakesFewMessagesAtATimeIsSentFew() {
        kept.allUpTo(40);
        memory.linkUp(link.up(20));
        remembers(10);
        fetch();
        assertThat(sent()).isEqualTo(numbers(11, 15));
    }

    /** Lets time pass for as long as something is sent again; what was sent again, in its order. */
    private List<String> resent(Duration limit) {
        List<String> again = new ArrayList<>();
        long endNanos = nowNanos + limit.toNanos();
        while (nowNanos - endNanos < 0) {
            acceptAll();
            while (!kept.requests.isEmpty()) {
                fetch();
                acceptAll();
            }
            again.addAll(sent());
            nowNanos = Math.min(endNanos, memory.deadlineNanos().orElse(endNanos));
            memory.advance(nowNanos);
        }
        again.removeIf(each -> each.startsWith("="));
        return again;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 1000, 262_777})
    void brokerThatRemembersALowNumberGetsTheLastThousandOnlyAndIsToldSo(long remembered) {
        kept.allUpTo(263_778);
        up();
        assertThat(remembers(remembered))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("not those from number " + (remembered + 1) + " to 262778"));
        assertThat(memory.takeLeftOut()).contains(new LeftOut(remembered + 1, 262_778));
        assertThat(memory.takeLeftOut()).as("told once").isEmpty();
        assertThat(resent(Duration.ofMinutes(1))).isEqualTo(numbers(262_779, 263_778));
    }

    @Test
    void gapOfAThousandIsSentAgainWhole() {
        kept.allUpTo(263_778);
        up();
        assertThat(remembers(262_778))
                .hasValueSatisfying(text -> assertThat(text).doesNotContain("but not"));
        assertThat(memory.takeLeftOut()).isEmpty();
        assertThat(resent(Duration.ofMinutes(1))).hasSize(1000);
    }

    @Test
    void noMoreThanAHundredAreSentAgainInASecond() {
        kept.allUpTo(5000);
        up();
        remembers(1);
        assertThat(resent(Duration.ofMillis(999))).hasSize(100);
        assertThat(resent(Duration.ofSeconds(1))).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 30})
    void brokerThatForgetsOnEachConnectionIsNotSentMoreThanTenThousandAnHour(int secondsUp) {
        kept.allUpTo(100_000);
        List<String> again = new ArrayList<>();
        for (int connection = 0; connection < 3600 / secondsUp; connection++) {
            up();
            remembers(1 + connection % 7);
            again.addAll(resent(Duration.ofSeconds(secondsUp)));
            kept.allUpTo(100_000 + connection);
            down();
            acceptNothing();
        }
        assertThat(again).hasSizeBetween(1000, 10_000);
        assertThat(again.stream().mapToLong(Long::parseLong).min().orElseThrow())
                .isGreaterThan(99_000);
    }

    private void acceptNothing() {
        sent();
        kept.requests.clear();
    }
}
