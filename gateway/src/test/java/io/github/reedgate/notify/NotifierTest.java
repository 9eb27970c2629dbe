package io.github.reedgate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.notice.Button;
import io.github.reedgate.notice.Grade;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeNews;
import io.github.reedgate.notice.NoticePlan;
import io.github.reedgate.notice.Told;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What waits for targets, in virtual time: nothing is lost, nothing is sent twice at a time, failures are told. */
class NotifierTest {

    private static final Answer.Outcome YES = new Answer.Accepted("answered 200", "m1");
    private static final Answer.Failed BROKEN = new Answer.Failed(Trouble.SERVER, "answered 500");
    private static final Answer.Failed DENIED = new Answer.Failed(Trouble.DENIED, "answered 401");
    private static final Answer.Failed NETWORK_DOWN = new Answer.Failed(Trouble.NETWORK, "can't be reached");
    private static final Answer.Failed UNFIT = new Answer.Failed(Trouble.UNFIT, "answered 400");
    private static final NotifyTarget BUTTONED = Sayings.offering(
            Sayings.target("button", NotifyTarget.Kind.NTFY, "http://127.0.0.1:3", Duration.ofSeconds(20)),
            new NotifyTarget.Taps(Optional.empty(), Optional.of("replies"), true));
    private static final ReplyWords WORDS = new ReplyWords(new byte[ReplyWords.KEY_BYTES]);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Map<Long, String> kept = new TreeMap<>();
    private final List<Dispatch> sent = new ArrayList<>();
    private final List<Inquiry> asked = new ArrayList<>();
    private final List<NoticeNews> news = new ArrayList<>();
    private Notifier notifier = notifier();
    private long now = 5_000_000_000L;

    private Notifier notifier() {
        NoticeStore store = new NoticeStore() {

            @Override
            public void keep(long id, String document) {
                kept.put(id, document);
            }

            @Override
            public void forget(long id) {
                kept.remove(id);
            }
        };
        List<NotifyTarget> targets =
                List.of(Sayings.ntfy("http://127.0.0.1:1"), Sayings.webhook("http://127.0.0.1:2"), BUTTONED);
        Post post = new Post() {

            @Override
            public void send(Dispatch dispatch) {
                sent.add(dispatch);
            }

            @Override
            public void ask(Inquiry inquiry) {
                asked.add(inquiry);
            }
        };
        return new Notifier(targets, post, store, () -> 0.5, WORDS);
    }

    private void add(Notice notice) {
        notifier.add(notice, now);
        advance();
    }

    private void advance() {
        Delay.Clocks clocks = new Delay.Clocks(3, 86_400_000, Sayings.TIME, true);
        news.addAll(notifier.advance(clocks, now));
    }

    private void answer(Answer.Outcome outcome) {
        Dispatch last = sent.get(sent.size() - 1);
        answer(last, outcome);
    }

    private void answer(Dispatch dispatch, Answer.Outcome outcome) {
        List<NoticeNews> told = notifier.take(new Answer(dispatch.target().id(), dispatch.attempt(), outcome), now);
        told.forEach(one -> {
            if (one instanceof NoticeNews.Accepted accepted) {
                kept.remove(accepted.id());
            } else if (one instanceof NoticeNews.GivenUp given) {
                kept.remove(given.id());
            }
        });
        news.addAll(told);
        advance();
    }

    private void pass(Duration time) {
        now += time.toNanos();
        advance();
    }

    private List<Long> seqs() {
        return sent.stream()
                .map(dispatch -> dispatch.notice().event().stamp().seq())
                .toList();
    }

    @Test
    void noticeIsKeptUntilItIsAccepted() {
        add(Sayings.alarm("phone", 1));
        assertThat(kept.keySet()).hasSize(1);
        assertThat(sent).hasSize(1);

        answer(YES);
        assertThat(news)
                .singleElement()
                .isEqualTo(new NoticeNews.Accepted(1, Sayings.alarm("phone", 1), "answered 200", "m1", 1));
        assertThat(kept.keySet()).isEmpty();
        assertThat(notifier.deadlineNanos()).isEmpty();
    }

    @Test
    void oneOfEachKindIsOnItsWayAtATime() {
        add(Sayings.routine("phone", 1));
        add(Sayings.routine("phone", 2));
        add(Sayings.alarm("phone", 3));
        add(Sayings.alarm("phone", 4));
        add(Sayings.alarm("hook", 5));
        assertThat(seqs())
                .as("an alarm waits for no routine, and for no other target")
                .containsExactly(1L, 3L, 5L);

        answer(sent.get(0), YES);
        assertThat(seqs()).containsExactly(1L, 3L, 5L, 2L);
        answer(sent.get(1), YES);
        assertThat(seqs()).containsExactly(1L, 3L, 5L, 2L, 4L);
    }

    @Test
    void whatFailsIsTriedAgainLaterAndLater() {
        add(Sayings.alarm("phone", 1));
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            answer(BROKEN);
            waits.add(Duration.ofNanos(notifier.deadlineNanos().orElseThrow() - now));
            pass(waits.get(i).minusNanos(1));
            assertThat(sent).hasSize(i + 1);
            pass(Duration.ofNanos(1));
            assertThat(sent).hasSize(i + 2);
        }
        assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(kept.keySet()).hasSize(1);
    }

    @Test
    void failureIsToldWithTheThirdAndItsEndWithItsLength() {
        add(Sayings.alarm("phone", 1));
        answer(BROKEN);
        pass(SECOND);
        answer(BROKEN);
        assertThat(news).isEmpty();
        pass(SECOND.multipliedBy(2));
        answer(BROKEN);
        assertThat(news).containsExactly(new NoticeNews.Failing("phone", "answered 500", 1));
        pass(SECOND.multipliedBy(4));
        answer(BROKEN);
        pass(SECOND.multipliedBy(8));
        answer(YES);

        assertThat(news).hasSize(3).last().isEqualTo(new NoticeNews.Restored("phone", Duration.ofSeconds(15)));
    }

    @Test
    void whatSomebodyHasToMendIsToldAtOnce() {
        add(Sayings.alarm("phone", 1));
        answer(DENIED);

        assertThat(news).containsExactly(new NoticeNews.Failing("phone", "answered 401", 1));
    }

    private static Answer.Failed busy(Duration asked) {
        return new Answer.Failed(Trouble.BUSY, "answered 429", Optional.of(asked));
    }

    private Duration untilNext() {
        return Duration.ofNanos(notifier.deadlineNanos().orElseThrow() - now);
    }

    @Test
    void alarmIsTriedAtOnceWhateverWasAnsweredToATrifle() {
        for (Answer.Failed answer :
                List.of(busy(Duration.ofHours(1)), busy(Duration.ofDays(365)), DENIED, BROKEN, UNFIT, NETWORK_DOWN)) {
            for (Notice trifle : List.of(test(1), fault(1), Sayings.routine("phone", 1))) {
                notifier = notifier();
                sent.clear();
                add(trifle);
                answer(answer);

                add(Sayings.alarm("phone", 2));
                assertThat(seqs()).as("%s after %s", answer, trifle.grade()).containsExactly(1L, 2L);
                answer(YES);
                if (answer.asked().isPresent()) {
                    assertThat(untilNext()).as("that counts for trifles").isEqualTo(RetryWait.MOST_ASKED);
                } else {
                    assertThat(seqs())
                            .as("the server works, so it is tried again")
                            .containsExactly(1L, 2L, 1L);
                }
            }
        }
    }

    @Test
    void alarmIsTriedAtOnceWhateverWasAnsweredToAnAlarm() {
        for (Answer.Failed answer : List.of(busy(Duration.ofHours(1)), DENIED, BROKEN, UNFIT, NETWORK_DOWN)) {
            notifier = notifier();
            sent.clear();
            notifier.planned(plan("i9", 1), now);
            add(Sayings.alarm("phone", 1));
            answer(answer);
            add(Sayings.repeat("phone", 9, 1));
            answer(answer);
            add(Sayings.alarm("phone", 2));
            answer(answer);
            add(Sayings.alarm("phone", 3));

            assertThat(seqs()).as(answer.reason()).containsExactly(1L, 9L, 2L, 3L);
            answer(YES);
        }
    }

    @Test
    void alarmOvertakesATrifleAndARepetitionThatAreStillOnTheirWay() {
        notifier.planned(plan("i2", 1), now);
        add(test(1));
        add(Sayings.repeat("phone", 2, 1));
        add(fault(3));
        add(Sayings.alarm("phone", 4));

        assertThat(seqs())
                .as("a server that is slow to answer is asked all the same")
                .containsExactly(1L, 2L, 4L);
        answer(sent.get(2), YES);
        assertThat(news).hasSize(1);
        answer(sent.get(0), YES);
        assertThat(seqs()).endsWith(3L);
    }

    @Test
    void noWaitOfAnAlarmIsLongerThanAMinute() {
        add(Sayings.alarm("phone", 1));
        for (Answer.Failed answer : List.of(busy(Duration.ofHours(1)), busy(Duration.ofSeconds(30)))) {
            answer(answer);
            assertThat(untilNext()).isEqualTo(RetryWait.MOST_ASKED_OF_ALARM);
            pass(untilNext());
        }
        for (int i = 0; i < 20; i++) {
            answer(i % 2 == 0 ? DENIED : busy(Duration.ofHours(1)));
            assertThat(untilNext()).isLessThanOrEqualTo(RetryWait.LONGEST);
            pass(untilNext());
        }
        assertThat(sent).hasSize(23);
    }

    @Test
    void alarmThatTheServerNeverTakesHoldsUpNoOther() {
        add(Sayings.alarm("phone", 1));
        answer(BROKEN);
        add(Sayings.alarm("phone", 2));
        answer(BROKEN);
        pass(RetryWait.LONGEST);
        for (int i = 0; i < 3 && seqs().get(sent.size() - 1) != 2; i++) {
            answer(BROKEN);
            pass(RetryWait.LONGEST);
        }
        assertThat(seqs()).last().isEqualTo(2L);
        answer(YES);
        assertThat(seqs())
                .as("the server works, so the other one is tried")
                .last()
                .isEqualTo(1L);
    }

    @Test
    void serverThatAsksForTimeGetsItUpToAnHourForATrifle() {
        add(Sayings.routine("phone", 1));
        answer(busy(Duration.ofSeconds(30)));
        assertThat(untilNext()).isEqualTo(SECOND.multipliedBy(30));
        pass(SECOND.multipliedBy(30));
        answer(busy(Duration.ofDays(365)));
        assertThat(untilNext()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void trifleThatSomebodyHasToMendIsTriedEveryFiveMinutes() {
        add(Sayings.routine("phone", 1));
        for (int i = 0; i < 4; i++) {
            answer(DENIED);
            pass(Duration.ofMinutes(10));
        }
        answer(DENIED);
        assertThat(untilNext()).isEqualTo(RetryWait.MENDING);
    }

    @Test
    void testsHaveASmallBudgetOfTheirOwn() {
        for (long seq = 1; seq <= 360; seq++) {
            add(test(seq));
            if (sent.size() == seq) {
                answer(YES);
            }
            pass(SECOND.multipliedBy(10));
        }
        assertThat(sent).as("an hour of them, every ten seconds").hasSize(HourlyLimit.MOST_TESTS);
        assertThat(news.stream().filter(NoticeNews.Dropped.class::isInstance))
                .as("told once, or other targets would be told of little else")
                .hasSize(1);
        sent.clear();
        for (long seq = 1; seq <= HourlyLimit.MOST; seq++) {
            add(fault(seq));
            answer(YES);
        }
        assertThat(sent).as("they use up nothing of what faults need").hasSize(HourlyLimit.MOST);
        pass(Duration.ofHours(1));
        add(test(1_000));
        assertThat(seqs()).last().isEqualTo(1_000L);
    }

    @Test
    void routineLeavesSomethingOfTheHourForFaults() {
        for (long seq = 1; seq <= 100; seq++) {
            add(move(seq));
            if (sent.size() == seq) {
                answer(YES);
            }
        }
        assertThat(sent).hasSize(HourlyLimit.MOST_ROUTINE);
        for (long seq = 1; seq <= 100; seq++) {
            add(fault(seq));
            if (sent.size() == HourlyLimit.MOST_ROUTINE + seq) {
                answer(YES);
            }
        }
        assertThat(sent).hasSize(HourlyLimit.MOST);
    }

    private static Notice test(long seq) {
        return notice(EventType.TEST, Grade.ALARM, seq);
    }

    private static Notice fault(long seq) {
        return notice(EventType.LINK_LOST, Grade.FAULT, seq);
    }

    private static Notice move(long seq) {
        return notice(EventType.OPENED, Grade.ROUTINE, seq);
    }

    private static Notice notice(EventType type, Grade grade, long seq) {
        Event.Stamp stamp = new Event.Stamp("f" + seq, seq, 3, Sayings.TIME, true, 86_400_000);
        Event event = new Event(type, stamp, "home", null, null, null, "Something of no incident", Map.of());
        return new Notice("phone", grade, event.message(), 0, false, 0, event);
    }

    @Test
    void messageThatTheServerRefusesAsSuchIsGivenUpAndHoldsNothingUp() {
        add(Sayings.alarm("phone", 1));
        add(Sayings.alarm("phone", 2));
        answer(UNFIT);
        assertThat(seqs()).as("what was never tried goes first").containsExactly(1L, 2L);
        answer(BROKEN);
        for (int i = 0; i < 2 * (Lane.MOST_REFUSALS - 1); i++) {
            pass(RetryWait.LONGEST);
            answer(seqs().get(sent.size() - 1) == 1 ? UNFIT : BROKEN);
        }
        pass(RetryWait.LONGEST);
        assertThat(news)
                .contains(new NoticeNews.GivenUp(1, Sayings.alarm("phone", 1), "answered 400", Lane.MOST_REFUSALS));
        assertThat(seqs()).last().isEqualTo(2L);
        answer(YES);
        assertThat(kept.keySet()).isEmpty();
    }

    @Test
    void repetitionThatWaitsIsOvertakenByNewerNews() {
        add(Sayings.alarm("phone", 1));
        add(Sayings.repeat("phone", 1, 1));
        add(Sayings.repeat("phone", 1, 2));
        assertThat(kept).as("the first one, and the newest repetition").hasSize(2);
        Notice end = new Notice("phone", Grade.ROUTINE, "Disarmed", 0, false, 0, Sayings.event(9, "i1"));
        add(end);

        answer(YES);
        assertThat(sent).last().extracting(Dispatch::notice).isEqualTo(end);
        answer(YES);
        assertThat(sent).as("nobody is rung up for an alarm that is over").hasSize(2);
        assertThat(kept.keySet()).isEmpty();
    }

    @Test
    void newsOfAnIncidentWaitForItsAlarm() {
        add(Sayings.alarm("phone", 1));
        answer(BROKEN);
        notifier.planned(plan("i1", 1), now);
        add(Sayings.repeat("phone", 1, 1));
        notifier.planned(null, now);
        Notice end = new Notice("phone", Grade.ROUTINE, "Disarmed", 0, false, 0, Sayings.event(9, "i1"));
        add(end);
        add(fault(10));
        assertThat(seqs()).as("others don't").containsExactly(1L, 10L);
        answer(YES);
        pass(SECOND);
        answer(YES);

        assertThat(seqs())
                .as("an alarm that is over is not the last that people hear")
                .containsExactly(1L, 10L, 1L, 9L);
    }

    @Test
    void repetitionOfAnIncidentThatIsOverIsNotTriedAgain() {
        notifier.planned(plan("i1", 1), now);
        add(Sayings.repeat("phone", 1, 1));
        add(Sayings.alarm("phone", 2));
        notifier.planned(plan("i2", 1), now);
        assertThat(kept.keySet()).as("it is on its way").hasSize(2);
        answer(sent.get(0), BROKEN);
        assertThat(kept.keySet()).hasSize(1);
        pass(SECOND);
        assertThat(seqs()).containsExactly(1L, 2L);
    }

    @Test
    void repetitionOfAnotherIncidentStays() {
        add(Sayings.alarm("phone", 1));
        add(Sayings.repeat("phone", 1, 1));
        add(Sayings.alarm("phone", 2));

        assertThat(kept.keySet()).hasSize(3);
    }

    @Test
    void tooManyGiveWayOldestRoutineFirstAndAreCounted() {
        add(Sayings.alarm("phone", 1));
        LongStream.rangeClosed(2, 11).forEach(seq -> add(Sayings.routine("phone", seq)));
        LongStream.rangeClosed(12, Lane.MOST + 10).forEach(seq -> add(Sayings.alarm("phone", seq)));
        assertThat(kept.keySet()).hasSize(Lane.MOST);
        assertThat(dropped()).as("told at once, and then once a minute").containsExactly(1, 0);
        add(Sayings.alarm("phone", 999));
        assertThat(kept.keySet())
                .hasSize(Lane.MOST)
                .as("those on their way stay")
                .contains(1L, 2L)
                .as("the oldest alarms go")
                .doesNotContain(12L, 13L);
        pass(Drops.PAUSE);
        assertThat(dropped()).containsExactly(9, 2);
    }

    /** How many routine notices, and alarms, were told to be dropped. */
    private List<Integer> dropped() {
        List<NoticeNews.Dropped> all = news.stream()
                .filter(NoticeNews.Dropped.class::isInstance)
                .map(NoticeNews.Dropped.class::cast)
                .toList();
        return List.of(
                all.stream().mapToInt(NoticeNews.Dropped::routine).sum(),
                all.stream().mapToInt(NoticeNews.Dropped::alarms).sum());
    }

    @Test
    void whatIsNoAlarmIsLimitedToSoManyAnHour() {
        for (long seq = 1; seq <= HourlyLimit.MOST + 5; seq++) {
            add(fault(seq));
            answer(YES);
        }
        assertThat(sent).hasSize(HourlyLimit.MOST);
        add(Sayings.alarm("phone", 99));
        answer(YES);
        add(Sayings.routine("phone", 100));
        answer(YES);
        assertThat(seqs()).as("an alarm, and what became of it").endsWith(99L, 100L);
        pass(Duration.ofHours(1));
        assertThat(dropped()).containsExactly(5, 0);
        add(fault(101));
        assertThat(seqs()).endsWith(101L);
        assertThat(kept.keySet()).hasSize(1);
    }

    @Test
    void attemptThatNeverAnswersIsGivenUpAndItsLateAnswerIgnored() {
        add(Sayings.alarm("phone", 1));
        Dispatch mute = sent.get(0);
        pass(mute.target().timeout().plus(Lane.GRACE).minusNanos(1));
        assertThat(sent).hasSize(1);
        pass(Duration.ofNanos(1));
        pass(SECOND);
        assertThat(sent).hasSize(2);

        answer(mute, YES);
        assertThat(news).isEmpty();
        assertThat(kept.keySet()).hasSize(1);
        answer(YES);
        assertThat(kept.keySet()).isEmpty();
    }

    @Test
    void nextStartGoesOnWithWhatWaited() {
        add(Sayings.routine("phone", 1));
        add(Sayings.alarm("phone", 2));
        add(Sayings.alarm("hook", 3));
        kept.put(4L, "");
        kept.put(5L, Sayings.alarm("gone", 5).document());
        sent.clear();
        notifier = notifier();
        notifier.restore(kept, now);
        advance();

        assertThat(kept).as("what nobody can be told is kept no longer").containsOnlyKeys(1L, 2L, 3L);
        assertThat(seqs()).containsExactly(2L, 1L, 3L);
        assertThat(sent.get(0).notice()).isEqualTo(Sayings.alarm("phone", 2));
        add(Sayings.alarm("phone", 6));
        assertThat(kept).as("no number is used twice").containsOnlyKeys(1L, 2L, 3L, 6L);
    }

    @Test
    void noticeOfAnyEventIsReadAsItWasWritten() {
        Event event = new Event(
                EventType.NOTIFY_FAILED,
                new Event.Stamp("id", 1L << 40, 2, Instant.parse("1970-01-01T00:00:00.000000001Z"), false, 7),
                "home",
                null,
                null,
                null,
                "“quotes” \" \\ \u0000 \n 🚪",
                Map.of("flag", true, "count", 5L, "list", List.of("a", "b"), "map", Map.of("x", 1L)));
        Notice notice = new Notice("phone", Grade.FAULT, "text", 3, true, 77, event);

        assertThat(Notice.read(notice.document())).hasValue(notice);
        assertThat(Notice.read(notice.document().substring(1))).isEmpty();
        assertThat(Notice.read("{}")).isEmpty();
        assertThat(Notice.read("")).isEmpty();
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        Notice notice = new Notice("phone", Grade.FAULT, "🚪".repeat(5_000), 0, false, 0, Sayings.event(1, "i"));

        assertThat(notice.text()).hasSize(2 * (Notice.MOST_CHARS - 1) + 1).endsWith("🚪…");
    }

    @Test
    void delayIsToldByTheClockThatKnows() {
        Notice notice = Sayings.alarm("phone", 1);
        Instant wall = Sayings.TIME.plusSeconds(600);

        Delay sameStart = Delay.of(notice, new Delay.Clocks(3, 86_460_000, wall, true));
        assertThat(sameStart).isEqualTo(new Delay(Duration.ofMinutes(1), wall.minusSeconds(60), Duration.ZERO));
        assertThat(Delay.of(notice, new Delay.Clocks(3, 86_460_000, wall, false))
                        .happened())
                .isNull();
        Delay nextStart = Delay.of(notice, new Delay.Clocks(4, 1_000, wall, true));
        assertThat(nextStart).isEqualTo(new Delay(Duration.ofMinutes(10), Sayings.TIME, Duration.ZERO));
        assertThat(nextStart.isOver(Duration.ofMinutes(5))).isTrue();
        assertThat(Delay.of(notice, new Delay.Clocks(4, 1_000, Instant.EPOCH, false))
                        .isOver(Duration.ofMinutes(5)))
                .as("not known")
                .isTrue();
        Delay repetition = Delay.of(Sayings.repeat("phone", 1, 3), new Delay.Clocks(3, 86_760_500, wall, true));
        assertThat(repetition.isOver(Duration.ofMinutes(5)))
                .as("on time, 6 minutes after the event")
                .isFalse();
    }

    @Test
    void waitsAreSpreadAroundTheirMiddle() {
        assertThat(RetryWait.next(1, BROKEN, true, 0)).isEqualTo(Duration.ofMillis(750));
        assertThat(RetryWait.next(1, BROKEN, false, 0.999_999))
                .isBetween(Duration.ofMillis(1_249), Duration.ofMillis(1_250));
        assertThat(RetryWait.next(1_000_000, BROKEN, true, 0.5)).isEqualTo(RetryWait.LONGEST);
    }

    private static NoticePlan plan(String incident, int times) {
        Told first = new Told(Sayings.event(1, incident), "Front door opened");
        return new NoticePlan(incident, first, 0, List.of(new NoticePlan.Due("button", null, times)));
    }

    private void hear(String... messages) {
        Inquiry last = asked.get(asked.size() - 1);
        Answer.Heard heard = new Answer.Heard(List.of(messages), messages.length == 0 ? "" : "id" + messages.length);
        news.addAll(notifier.take(new Answer("button", last.attempt(), heard), now));
        advance();
    }

    @Test
    void buttonIsAskedForAsLongAsThereIsSomethingToAcknowledge() {
        pass(Duration.ofHours(1));
        notifier.planned(plan("i1", 0), now);
        pass(Duration.ofHours(1));
        assertThat(asked).as("it was not told yet").isEmpty();

        notifier.planned(plan("i1", 1), now);
        pass(ReplyWatch.PAUSE.minusNanos(1));
        assertThat(asked).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(asked)
                .containsExactly(new Inquiry(BUTTONED, "replies", asked.get(0).attempt(), ReplyWatch.FIRST));
        hear();
        pass(ReplyWatch.PAUSE);
        hear("something else", "");
        pass(ReplyWatch.PAUSE);
        assertThat(asked).extracting(Inquiry::since).containsExactly(ReplyWatch.FIRST, ReplyWatch.FIRST, "id2");

        notifier.planned(null, now);
        hear(WORDS.word("button", "i1", Button.ACKNOWLEDGE));
        pass(Duration.ofHours(1));
        assertThat(news).as("too late").isEmpty();
        assertThat(asked).hasSize(3);
        assertThat(notifier.deadlineNanos()).isEmpty();
    }

    @Test
    void lookThatCouldNotReadAllGoesOnBehindItSoon() {
        notifier.planned(plan("i1", 1), now);
        pass(ReplyWatch.PAUSE);
        for (String id : List.of("a", "", "b")) {
            Answer.Heard heard = new Answer.Heard(List.of(), id, 1_000, true);
            notifier.take(new Answer("button", asked.get(asked.size() - 1).attempt(), heard), now);
            pass(ReplyWatch.PAGE_PAUSE);
        }
        assertThat(asked)
                .extracting(Inquiry::since)
                .as("never twice from the same place")
                .containsExactly(ReplyWatch.FIRST, "a", ReplyWatch.LATEST, "b");
        hear(WORDS.word("button", "i1", Button.ACKNOWLEDGE));
        assertThat(news).containsExactly(new NoticeNews.Pressed("button", "i1", Button.ACKNOWLEDGE));
    }

    @Test
    void onlyTheWordOfThisIncidentAndTargetAcknowledges() {
        notifier.planned(plan("i2", 1), now);
        pass(ReplyWatch.PAUSE);
        hear(
                WORDS.word("button", "i1", Button.ACKNOWLEDGE),
                WORDS.word("phone", "i2", Button.DISARM),
                new ReplyWords("another key".getBytes(StandardCharsets.UTF_8)).word("button", "i2", Button.DISARM),
                WORDS.word("button", "i2", Button.ACKNOWLEDGE) + " ",
                WORDS.word("button", "i2", Button.ACKNOWLEDGE).replace("acknowledge", "disarm"),
                "DISARM",
                "ACKNOWLEDGE");
        assertThat(news).isEmpty();

        pass(ReplyWatch.PAUSE);
        hear("noise", WORDS.word("button", "i2", Button.ACKNOWLEDGE));
        assertThat(news).containsExactly(new NoticeNews.Pressed("button", "i2", Button.ACKNOWLEDGE));
    }

    @Test
    void whoeverPressesBothButtonsDisarms() {
        notifier.planned(plan("i1", 1), now);
        pass(ReplyWatch.PAUSE);
        hear(WORDS.word("button", "i1", Button.DISARM), WORDS.word("button", "i1", Button.ACKNOWLEDGE));
        assertThat(news).containsExactly(new NoticeNews.Pressed("button", "i1", Button.DISARM));
    }

    @Test
    void buttonThatIsNotOfferedDoesNothing() {
        NotifyTarget quiet =
                Sayings.offering(BUTTONED, new NotifyTarget.Taps(Optional.empty(), Optional.of("replies"), false));
        ReplyWatch watch = new ReplyWatch(quiet, "replies", WORDS);
        watch.planned(plan("i1", 1), now);
        now += ReplyWatch.PAUSE.toNanos();
        assertThat(watch.next(7, now)).isPresent();
        Answer.Heard heard = new Answer.Heard(List.of(WORDS.word("button", "i1", Button.DISARM)), "id");
        assertThat(watch.take(new Answer("button", 7, heard), now)).isEmpty();
    }

    @Test
    void onlyAlarmsOfAnIncidentHaveButtons() {
        add(Sayings.alarm("button", 1));
        add(Sayings.alarm("phone", 2));
        assertThat(sent)
                .extracting(Dispatch::words)
                .containsExactly(
                        Map.of(
                                Button.ACKNOWLEDGE, WORDS.word("button", "i1", Button.ACKNOWLEDGE),
                                Button.DISARM, WORDS.word("button", "i1", Button.DISARM)),
                        Map.of());
        answer(sent.get(0), YES);
        add(Sayings.routine("button", 3));
        assertThat(sent).last().extracting(Dispatch::words).isEqualTo(Map.of());
    }

    @Test
    void lookThatFailsOrNeverAnswersIsMadeAgain() {
        notifier.planned(plan("i1", 1), now);
        pass(ReplyWatch.PAUSE);
        news.addAll(notifier.take(new Answer("button", asked.get(0).attempt(), BROKEN), now));
        pass(ReplyWatch.PAUSE);
        assertThat(asked).hasSize(2);
        pass(BUTTONED.timeout().plus(Lane.GRACE));
        assertThat(asked).hasSize(3);
        hear(WORDS.word("button", "i1", Button.ACKNOWLEDGE));
        assertThat(news).hasSize(1);
    }
}
