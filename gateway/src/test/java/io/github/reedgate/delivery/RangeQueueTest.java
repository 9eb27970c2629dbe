package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.LogAnswers;
import io.github.reedgate.message.LogRequest;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import io.github.reedgate.message.ReplyTo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers to requests for the log, in virtual time. */
class RangeQueueTest {

    private static final int PLENTY = 56;
    private static final String TOPIC = "reedgate-monitor/office/log/home";

    private final TreeMap<Long, LogRow> log = new TreeMap<>();
    private final List<SeqRange> reads = new ArrayList<>();
    private final FakeLink link = new FakeLink();
    private final RangeQueue queue = new RangeQueue(this::read, link, new LogAnswers("home"));
    private long nowNanos;
    private long newest;
    private boolean diskFails;
    private boolean diskIsSlow;
    private @Nullable LogPage page;

    private void read(long request, SeqRange range, int limit) {
        reads.add(range);
        List<LogRow> rows = diskFails
                ? List.of()
                : log.subMap(range.from(), true, range.to(), true).values().stream()
                        .limit(limit)
                        .toList();
        SeqRange covered = rows.size() < limit
                ? range
                : new SeqRange(range.from(), rows.get(rows.size() - 1).seq());
        page = new LogPage(request, covered, rows, !diskFails);
    }

    private void record(long from, long to) {
        LongStream.rangeClosed(from, to).forEach(seq -> log.put(seq, row(seq, "opened")));
        newest = Math.max(newest, to);
    }

    private static LogRow row(long seq, String type) {
        return new LogRow(
                seq,
                "id-" + seq,
                1,
                Instant.parse("2026-11-22T21:14:03.120Z"),
                true,
                5,
                type,
                "door",
                "Door",
                "open",
                "Door opened",
                null,
                false);
    }

    private void connect() {
        queue.linkUp(link.up(FakeLink.NO_LIMIT));
    }

    private void disconnect() {
        link.down();
        queue.linkDown(nowNanos);
    }

    private LogAnswers.@Nullable Failure ask(long from, long to) {
        return ask(from, to, TOPIC);
    }

    private LogAnswers.@Nullable Failure ask(long from, long to, String topic) {
        return queue.request(new LogRequest(new SeqRange(from, to), new ReplyTo(topic, "AAH/")), newest, nowNanos)
                .orElse(null);
    }

    /** One round of the loop, which takes in a page that has come. */
    private void turn(int room) {
        LogPage come = page;
        if (come != null && !diskIsSlow) {
            page = null;
            queue.loaded(come);
        }
        queue.advance(room, nowNanos);
    }

    /** Lets time pass in milliseconds; the broker answers at once. */
    private void pass(Duration time, int room) {
        for (long millis = 0; millis < time.toMillis(); millis++) {
            turn(room);
            acceptAll();
            turn(room);
            nowNanos += Duration.ofMillis(1).toNanos();
        }
    }

    private void acceptAll() {
        while (link.unanswered() > 0) {
            queue.published(link.answer(PublishOutcome.ACCEPTED));
        }
    }

    private List<String> sent() {
        return link.sent().stream().map(each -> brief(each.message())).toList();
    }

    private static String brief(Message message) {
        String seq = message.userProperties().get("seq");
        return seq == null ? message.payload() : seq;
    }

    @Test
    void eachEventOfTheRangeIsSentAndThenTheEnd() {
        record(1, 5);
        connect();

        assertThat(ask(2, 4)).isNull();
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent()).containsExactly("2", "3", "4", "{\"from\":2,\"to\":4,\"missing\":[],\"end\":true}");
        assertThat(link.sent()).allSatisfy(each -> {
            assertThat(each.message().topic()).isEqualTo(TOPIC);
            assertThat(each.correlation()).isEqualTo("AAH/");
            assertThat(each.message().qos()).isEqualTo(QoS.AT_LEAST_ONCE);
            assertThat(each.message().retain()).isFalse();
        });
        assertThat(link.sent().get(0).message().payload())
                .startsWith("{\"event_type\":\"opened\",\"id\":\"id-2\",\"seq\":2,\"boot\":1,\"gateway\":\"home\",")
                .contains("\"time\":\"2026-11-22T21:14:03.120Z\"", "\"replayed\":true");
    }

    @Test
    void eventOfATypeThatIsNotKnownIsSentAsItIs() {
        log.put(1L, row(1, "invented_later"));
        newest = 1;
        connect();
        ask(1, 1);
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(link.sent().get(0).message().payload()).startsWith("{\"event_type\":\"invented_later\",");
        assertThat(sent()).last().isEqualTo("{\"from\":1,\"to\":1,\"missing\":[],\"end\":true}");
    }

    @Test
    void whatTheLogDoesNotHaveIsMissing() {
        record(1, 20);
        log.headMap(4L).clear();
        log.subMap(9L, 12L).clear();
        connect();

        ask(1, 20);
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent())
                .hasSize(15)
                .last()
                .isEqualTo("{\"from\":1,\"to\":20,\"missing\":[[1,3],[9,11]],\"end\":true}");
    }

    @Test
    void rowWhoseFieldsCantBeReadIsMissing() {
        record(1, 3);
        log.put(
                2L,
                new LogRow(2, "id", 1, Instant.EPOCH, true, 5, "opened", null, null, null, "Door opened", "{]", false));
        connect();

        ask(1, 3);
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent()).containsExactly("1", "3", "{\"from\":1,\"to\":3,\"missing\":[[2,2]],\"end\":true}");
    }

    @Test
    void answerEndsAtTheNewestNumberThatWasKnownWhenItWasAskedFor() {
        record(1, 3);
        connect();

        ask(2, 10);
        record(4, 6);
        ask(5, 10);
        ask(20, 30);
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent())
                .containsExactly(
                        "2",
                        "3",
                        "{\"from\":2,\"to\":3,\"missing\":[],\"end\":true}",
                        "5",
                        "6",
                        "{\"from\":5,\"to\":6,\"missing\":[],\"end\":true}",
                        "{\"from\":20,\"to\":6,\"missing\":[],\"end\":true}");
        assertThat(reads)
                .doesNotContain(new SeqRange(20, 30))
                .allSatisfy(range -> assertThat(range.to()).isLessThanOrEqualTo(6));
    }

    @Test
    void diskThatCantBeReadMakesNothingMissing() {
        record(1, 100);
        connect();
        ask(1, 100);
        turn(PLENTY);
        turn(PLENTY);
        diskFails = true;
        pass(Duration.ofSeconds(3), PLENTY);

        assertThat(sent())
                .hasSize(65)
                .last()
                .isEqualTo("{\"error\":\"unreadable\",\"from\":1,\"to\":100,\"end\":true}");
    }

    @Test
    void noMoreThanAHundredAreSentInASecond() {
        record(1, 1000);
        connect();
        ask(1, 1000);
        for (int second = 1; second <= 10; second++) {
            pass(Duration.ofSeconds(1), PLENTY);
            assertThat(link.count()).isBetween(second * 98, second * 100);
        }
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent()).hasSize(1001).last().isEqualTo("{\"from\":1,\"to\":1000,\"missing\":[],\"end\":true}");
    }

    @Test
    void nothingIsSentOrReadWhileOthersNeedTheRoom() {
        record(1, 3);
        connect();
        ask(1, 3);

        pass(Duration.ofSeconds(5), 0);
        assertThat(link.count()).isZero();
        assertThat(reads).isEmpty();
        assertThat(queue.deadlineNanos(0)).isEmpty();

        pass(Duration.ofSeconds(1), 1);
        assertThat(sent()).hasSize(4);
    }

    @Test
    void roomIsTheMostThatIsInFlight() {
        record(1, 100);
        connect();
        ask(1, 100);
        for (int i = 0; i < 1000; i++) {
            turn(3);
            nowNanos += Duration.ofMillis(10).toNanos();
        }
        assertThat(link.unanswered()).isEqualTo(3);
        for (int i = 0; i < 1000; i++) {
            turn(PLENTY);
            nowNanos += Duration.ofMillis(10).toNanos();
        }
        assertThat(link.unanswered()).isEqualTo(RangeQueue.WINDOW);
        assertThat(queue.deadlineNanos(PLENTY)).as("only an answer helps").isEmpty();
    }

    @Test
    void endWaitsUntilTheBrokerHasAllEvents() {
        record(1, 2);
        connect();
        ask(1, 2);
        for (int i = 0; i < 10; i++) {
            turn(PLENTY);
            nowNanos += Duration.ofSeconds(1).toNanos();
        }
        assertThat(sent()).containsExactly("1", "2");
        assertThat(queue.deadlineNanos(PLENTY)).isEmpty();

        acceptAll();
        turn(PLENTY);
        assertThat(sent()).hasSize(3);
    }

    @Test
    void fifthThatWaitsIsRefusedAndToldSo() {
        record(1, 10);
        connect();
        for (int i = 1; i <= 1 + RangeQueue.MOST_WAITING; i++) {
            assertThat(ask(i, i)).isNull();
        }

        assertThat(ask(6, 7)).isEqualTo(LogAnswers.Failure.BUSY);
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent())
                .hasSize(11)
                .contains("{\"error\":\"busy\",\"from\":6,\"to\":7,\"end\":true}")
                .doesNotContain("6");
        assertThat(ask(6, 6)).as("there is room again").isNull();
    }

    @Test
    void tooManyNumbersAreRefusedAndToldSo() {
        record(1, 10);
        connect();

        assertThat(ask(1, 1001)).isEqualTo(LogAnswers.Failure.TOO_MANY_NUMBERS);
        assertThat(ask(1, 9_999_999_999_999_999L)).isEqualTo(LogAnswers.Failure.TOO_MANY_NUMBERS);
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent())
                .containsExactly(
                        "{\"error\":\"too_many_numbers\",\"from\":1,\"to\":1001,\"end\":true}",
                        "{\"error\":\"too_many_numbers\",\"from\":1,\"to\":9999999999999999,\"end\":true}");
        assertThat(reads).isEmpty();
    }

    @Test
    void refusalsAreBoundedToo() {
        connect();
        for (int i = 0; i < 100; i++) {
            assertThat(ask(1, 1001)).isEqualTo(LogAnswers.Failure.TOO_MANY_NUMBERS);
        }
        pass(Duration.ofSeconds(2), PLENTY);

        assertThat(link.count()).isEqualTo(RangeQueue.MOST_REFUSALS);
    }

    @Test
    void requestEndsWithItsConnection() {
        record(1, 10);
        connect();
        ask(1, 10);
        ask(1, 2);
        pass(Duration.ofMillis(35), PLENTY);
        int before = link.count();
        disconnect();

        assertThat(ask(1, 2)).as("without a connection").isEqualTo(LogAnswers.Failure.BUSY);
        connect();
        pass(Duration.ofSeconds(5), PLENTY);
        assertThat(link.count()).isEqualTo(before).isPositive();

        ask(3, 3);
        pass(Duration.ofSeconds(1), PLENTY);
        assertThat(sent().subList(before, link.count()))
                .containsExactly("3", "{\"from\":3,\"to\":3,\"missing\":[],\"end\":true}");
    }

    @Test
    void pageOfAFormerConnectionIsIgnored() {
        record(1, 3);
        connect();
        diskIsSlow = true;
        ask(1, 3);
        turn(PLENTY);
        LogPage late = Objects.requireNonNull(page);
        disconnect();
        connect();
        ask(2, 2);
        turn(PLENTY);
        queue.loaded(late);
        diskIsSlow = false;
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent()).containsExactly("2", "{\"from\":2,\"to\":2,\"missing\":[],\"end\":true}");
    }

    @Test
    void topicThatTheBrokerRefusesGetsNoMore() {
        record(1, 50);
        connect();
        ask(1, 50);
        ask(7, 7);
        turn(PLENTY);
        turn(PLENTY);
        assertThat(queue.published(link.answer(PublishOutcome.NOT_AUTHORIZED))).isPresent();
        nowNanos += Duration.ofSeconds(1).toNanos();
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent()).containsExactly("1", "7", "{\"from\":7,\"to\":7,\"missing\":[],\"end\":true}");
    }

    @Test
    void eventThatTheBrokerFindsTooLargeIsSaidInTheEnd() {
        record(1, 2);
        connect();
        ask(1, 2);
        turn(PLENTY);
        turn(PLENTY);
        assertThat(queue.published(link.answer(PublishOutcome.TOO_LARGE))).isPresent();
        nowNanos += Duration.ofSeconds(1).toNanos();
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent()).containsExactly("1", "2", "{\"error\":\"too_large\",\"from\":1,\"to\":2,\"end\":true}");
    }

    /** The numbers that are missing can make one message that is too long for the broker. */
    @Test
    void endThatTheBrokerFindsTooLargeIsReplacedByALineThatSaysSo() {
        record(1, 2);
        connect();
        ask(1, 2);
        pass(Duration.ofMillis(15), PLENTY);
        while (link.count() < 3) {
            turn(PLENTY);
            while (link.count() < 3 && link.unanswered() > 0) {
                queue.published(link.answer(PublishOutcome.ACCEPTED));
            }
            nowNanos += Duration.ofMillis(10).toNanos();
        }
        assertThat(queue.published(link.answer(PublishOutcome.TOO_LARGE))).isPresent();
        pass(Duration.ofSeconds(1), PLENTY);

        assertThat(sent())
                .containsExactly(
                        "1",
                        "2",
                        "{\"from\":1,\"to\":2,\"missing\":[],\"end\":true}",
                        "{\"error\":\"too_large\",\"from\":1,\"to\":2,\"end\":true}");
    }

    @Test
    void brokerThatEndsTheConnectionForATopicIsNotMadeToDoSoAgainAndAgain() {
        record(1, 3);
        connect();
        ask(1, 3);
        turn(PLENTY);
        turn(PLENTY);
        assertThat(link.unanswered()).isEqualTo(1);
        disconnect();
        connect();

        assertThat(ask(1, 3)).isEqualTo(LogAnswers.Failure.BUSY);
        nowNanos += RangeQueue.PAUSE.toNanos();
        assertThat(ask(1, 3)).isNull();
    }

    @Test
    void eachFurtherEndOfTheConnectionDuringAnAnswerDoublesThePause() {
        record(1, 3);
        Duration pause = RangeQueue.PAUSE;
        for (int ends = 1; ends <= 10; ends++) {
            breakOffAnswer();
            nowNanos += pause.toNanos() - 1;
            assertThat(ask(1, 3)).as("after end %d", ends).isEqualTo(LogAnswers.Failure.BUSY);
            nowNanos++;
            pause = ends < 6 ? pause.multipliedBy(2) : RangeQueue.LONGEST_PAUSE;
        }

        disconnect();
        connect();
        nowNanos += RangeQueue.LONGEST_PAUSE.toNanos();
        breakOffAnswer();
        nowNanos += RangeQueue.PAUSE.toNanos();
        assertThat(ask(1, 3)).as("an hour without such an end").isNull();
    }

    @Test
    void endDuringAnAnswerOfWhichTheBrokerTookAPartCountsAsWell() {
        record(1, 3);
        connect();
        ask(1, 3);
        turn(PLENTY);
        turn(PLENTY);
        queue.published(link.answer(PublishOutcome.ACCEPTED));
        nowNanos += Duration.ofMillis(10).toNanos();
        turn(PLENTY);
        assertThat(link.unanswered()).isEqualTo(1);
        disconnect();
        connect();

        assertThat(ask(1, 3)).isEqualTo(LogAnswers.Failure.BUSY);
    }

    /** Asks, and loses the connection while the first event is in flight. */
    private void breakOffAnswer() {
        connect();
        assertThat(ask(1, 3)).isNull();
        turn(PLENTY);
        turn(PLENTY);
        assertThat(link.unanswered()).isPositive();
        disconnect();
        connect();
    }

    @Test
    void nothingIsDueWhileNobodyAsks() {
        assertThat(queue.deadlineNanos(PLENTY)).isEmpty();
        connect();
        pass(Duration.ofSeconds(1), PLENTY);
        assertThat(queue.deadlineNanos(PLENTY)).isEqualTo(OptionalLong.empty());
        assertThat(reads).isEmpty();

        record(1, 1);
        ask(1, 1);
        pass(Duration.ofSeconds(1), PLENTY);
        assertThat(sent()).hasSize(2);
        assertThat(queue.deadlineNanos(PLENTY)).isEmpty();
    }

    @Test
    void nextEventIsDueWhenItMayBeSent() {
        record(1, 2);
        connect();
        ask(1, 2);
        turn(PLENTY);
        turn(PLENTY);

        assertThat(queue.deadlineNanos(PLENTY))
                .hasValue(nowNanos + Duration.ofSeconds(1).toNanos() / RangeQueue.MOST_IN_A_SECOND);
    }
}
