package io.github.reedgate.notify;

import io.github.reedgate.notice.Grade;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeNews;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one target. One at a time is on its way, alarms first, then the oldest. What fails is tried again and again;
 * only a message that the server refuses as such is given up. Owned by the loop thread; time is an argument.
 */
final class Lane {

    /** How many notices may wait; then the oldest that matter least are dropped. */
    static final int MOST = 200;

    /** After so many failures in a row it is told that the target fails; at once if somebody has to mend something. */
    static final int FAILURES_TOLD = 3;

    /** How often a message is sent that the server refuses as such. */
    static final int MOST_REFUSALS = 5;

    /** So many notices an hour are taken that belong to no alarm: a broken thing must not use up what the server takes. */
    static final int MOST_AN_HOUR = 30;

    /** A new alarm does not wait longer than this behind a failure, unless the server asked for it. */
    static final Duration ALARM_WAIT = Duration.ofSeconds(5);

    /** How long after its time-out an attempt that never answers is given up. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration HOUR = Duration.ofHours(1);

    private final NotifyTarget target;
    private final DoubleSupplier random;
    private final LongConsumer forget;
    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private final Deque<Long> routineNanos = new ArrayDeque<>();
    private long sending;
    private long attempt;
    private long sentNanos;
    private long dueNanos;
    private int failures;
    private long failingNanos;
    private boolean asked;
    private boolean told;
    private @Nullable String open;
    private int droppedRoutine;
    private int droppedAlarms;

    /** A notice and how often it was sent, and refused as such. */
    private record Waiting(Notice notice, int tries, int refusals) {}

    /**
     * A lane in which nothing waits.
     *
     * @param target whom it leads to
     * @param random draws evenly from 0 to 1
     * @param forget told the numbers of notices that are kept no longer, unless they are in the news
     */
    Lane(NotifyTarget target, DoubleSupplier random, LongConsumer forget) {
        this.target = target;
        this.random = random;
        this.forget = forget;
    }

    NotifyTarget target() {
        return target;
    }

    int waiting() {
        return waiting.size();
    }

    boolean isSending() {
        return attempt != 0;
    }

    /** Whether a notice is taken: one that belongs to no alarm is not, and is counted, if there were too many in an hour. */
    boolean admits(Notice notice, long nowNanos) {
        if (notice.grade() == Grade.ALARM || notice.incident() != null) {
            return true;
        }
        routineNanos.removeIf(at -> nowNanos - at >= HOUR.toNanos());
        if (routineNanos.size() >= MOST_AN_HOUR) {
            droppedRoutine++;
            return false;
        }
        routineNanos.add(nowNanos);
        return true;
    }

    /** Takes a notice; out of date ones, and the oldest if there are too many, are kept no longer. */
    void add(long id, Notice notice, long nowNanos) {
        dropResting(one -> one.isOvertakenBy(notice));
        if (failures == 0) {
            dueNanos = waiting.isEmpty() ? nowNanos : dueNanos;
        } else if (notice.grade() == Grade.ALARM && !asked) {
            dueNanos = earlier(dueNanos, Math.max(0, sentNanos + ALARM_WAIT.toNanos() - nowNanos) + nowNanos);
        }
        waiting.put(id, new Waiting(notice, 0, 0));
        if (waiting.size() > MOST) {
            dropOne();
        }
    }

    /** From now on only this incident is to be told again; null if none is. */
    void planned(@Nullable String incident) {
        open = incident;
        dropResting(this::isOver);
    }

    private boolean isOver(Notice notice) {
        return notice.repeat() > 0 && !Objects.equals(notice.incident(), open);
    }

    private void dropResting(Predicate<Notice> outdated) {
        List<Long> gone = new ArrayList<>();
        waiting.forEach((id, one) -> {
            if (id != sending && outdated.test(one.notice())) {
                gone.add(id);
            }
        });
        gone.forEach(this::drop);
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private void drop(long id) {
        waiting.remove(id);
        forget.accept(id);
    }

    private void dropOne() {
        for (Grade grade : Grade.values()) {
            Optional<Long> oldest = oldest(grade, true);
            if (oldest.isPresent()) {
                drop(oldest.get());
                droppedAlarms += grade == Grade.ALARM ? 1 : 0;
                droppedRoutine += grade == Grade.ALARM ? 0 : 1;
                return;
            }
        }
    }

    private Optional<Long> oldest(Grade grade, boolean resting) {
        return waiting.entrySet().stream()
                .filter(entry -> entry.getValue().notice().grade() == grade)
                .map(Map.Entry::getKey)
                .filter(id -> !resting || id != sending)
                .findFirst();
    }

    /** When {@link #next} may have something, or an attempt is to be given up; empty if nothing waits. */
    OptionalLong deadlineNanos() {
        if (isSending()) {
            return OptionalLong.of(endNanos());
        }
        return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(dueNanos);
    }

    private long endNanos() {
        return sentNanos + target.timeout().plus(GRACE).toNanos();
    }

    /**
     * What is to be sent now, if anything; it counts as sent.
     *
     * @param number the attempt's number; not 0
     */
    Optional<Notice> next(long number, long nowNanos) {
        if (isSending() || waiting.isEmpty() || nowNanos - dueNanos < 0) {
            return Optional.empty();
        }
        long id = oldest(Grade.ALARM, false).orElseGet(waiting::firstKey);
        sending = id;
        attempt = number;
        sentNanos = nowNanos;
        return Optional.ofNullable(waiting.get(id)).map(Waiting::notice);
    }

    /** An attempt that has not answered long after its time-out counts as failed: the answer will never come. */
    List<NoticeNews> giveUpAttempt(long nowNanos) {
        if (!isSending() || nowNanos - endNanos() < 0) {
            return List.of();
        }
        return take(new Answer(target.id(), attempt, new Answer.Failed(Trouble.NO_ANSWER, "never answered")), nowNanos);
    }

    /** Takes an answer in; one to an attempt that was given up is ignored. */
    List<NoticeNews> take(Answer answer, long nowNanos) {
        Waiting one = waiting.get(sending);
        if (!isSending() || answer.attempt() != attempt || one == null) {
            return List.of();
        }
        long id = sending;
        sending = 0;
        attempt = 0;
        if (answer.outcome() instanceof Answer.Failed failed) {
            return failed(id, one, failed, nowNanos);
        }
        return accepted(id, one, (Answer.Accepted) answer.outcome(), nowNanos);
    }

    private List<NoticeNews> accepted(long id, Waiting one, Answer.Accepted accepted, long nowNanos) {
        List<NoticeNews> news = new ArrayList<>();
        waiting.remove(id);
        news.add(new NoticeNews.Accepted(id, one.notice(), accepted.proof(), accepted.messageId(), one.tries() + 1));
        if (told) {
            news.add(new NoticeNews.Restored(target.id(), Duration.ofNanos(nowNanos - failingNanos)));
        }
        told = false;
        failures = 0;
        asked = false;
        dueNanos = nowNanos;
        return news;
    }

    private List<NoticeNews> failed(long id, Waiting one, Answer.Failed failed, long nowNanos) {
        List<NoticeNews> news = new ArrayList<>();
        failingNanos = failures == 0 && !told ? nowNanos : failingNanos;
        failures++;
        int refusals = one.refusals() + (failed.trouble() == Trouble.UNFIT ? 1 : 0);
        if (refusals >= MOST_REFUSALS) {
            waiting.remove(id);
            news.add(new NoticeNews.GivenUp(id, one.notice(), failed.reason(), one.tries() + 1));
            failures = 0;
            dueNanos = nowNanos;
            return news;
        }
        waiting.put(id, new Waiting(one.notice(), one.tries() + 1, refusals));
        if (isOver(one.notice())) {
            drop(id);
        }
        asked = failed.asked().isPresent();
        dueNanos = nowNanos
                + RetryWait.next(failures, failed, random.getAsDouble()).toNanos();
        if (!told && (failures >= FAILURES_TOLD || failed.trouble().hasToBeMended())) {
            told = true;
            news.add(new NoticeNews.Failing(target.id(), failed.reason(), waiting.size()));
        }
        return news;
    }

    /** What was dropped since the last call, if anything. */
    Optional<NoticeNews> takeDrops() {
        if (droppedRoutine + droppedAlarms == 0) {
            return Optional.empty();
        }
        NoticeNews drops = new NoticeNews.Dropped(target.id(), droppedRoutine, droppedAlarms);
        droppedRoutine = 0;
        droppedAlarms = 0;
        return Optional.of(drops);
    }
}
