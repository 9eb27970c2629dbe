package io.github.reedgate.notify;

import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeNews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one target. New alarms, repeated alarms and all else have a track each: one attempt of each kind is made at a
 * time, so no alarm waits for a trifle. A new alarm is tried at once, whatever was answered before. What fails is tried again
 * and again; only a message that the server refuses as such is given up. Owned by the loop thread; time is an argument.
 */
final class Lane {

    /** How many notices may wait; then the oldest that matter least are dropped. */
    static final int MOST = 200;

    /** After so many failures in a row it is told that the target fails; at once if somebody has to mend something. */
    static final int FAILURES_TOLD = 3;

    /** How often a message is sent that the server refuses as such. */
    static final int MOST_REFUSALS = 5;

    /** How long after its time-out an attempt that never answers is given up. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private final NotifyTarget target;
    private final DoubleSupplier random;
    private final LongConsumer forget;
    private final HourlyLimit limit = new HourlyLimit();
    private final Drops drops;
    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private final Track alarms = new Track();
    private final Track repeats = new Track();
    private final Track others = new Track();
    private final List<Track> tracks = List.of(alarms, repeats, others);
    private @Nullable Long failingNanos;
    private boolean told;
    private @Nullable String open;

    /** A notification, since when it waits, and how often it was sent, and refused as such. */
    private record Waiting(Notice notice, long addedNanos, int tries, int refusals) {

        Urgency urgency() {
            return Urgency.of(notice);
        }
    }

    /**
     * An attempt that begins.
     *
     * @param number its number
     * @param notice what is sent
     */
    record Attempt(long number, Notice notice) {}

    /**
     * A lane in which nothing waits.
     *
     * @param target whom it leads to
     * @param random draws evenly from 0 to 1
     * @param forget told the numbers of notices that are kept no longer, unless they are in the news
     */
    Lane(NotifyTarget target, DoubleSupplier random, LongConsumer forget) {
        this.target = target;
        this.drops = new Drops(target.id());
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
        return tracks.stream().anyMatch(Track::isBusy);
    }

    private boolean isSending(long id) {
        return tracks.stream().anyMatch(track -> track.isSending(id));
    }

    private Track track(Urgency urgency) {
        return switch (urgency) {
            case TEST, ROUTINE, FAULT -> others;
            case REPEAT -> repeats;
            case ALARM -> alarms;
        };
    }

    /** Whether a notification is taken; one that is not is counted as dropped. */
    boolean admits(Notice notice, long nowNanos) {
        boolean isTaken = limit.admits(notice, nowNanos);
        if (!isTaken) {
            drops.count(Urgency.of(notice));
        }
        return isTaken;
    }

    /** Takes a notice; out of date ones, and the oldest if there are too many, are kept no longer. */
    void add(long id, Notice notice, long nowNanos) {
        dropResting(one -> one.isOvertakenBy(notice));
        waiting.put(id, new Waiting(notice, nowNanos, 0, 0));
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
            if (!isSending(id) && outdated.test(one.notice())) {
                gone.add(id);
            }
        });
        gone.forEach(this::drop);
    }

    private void drop(long id) {
        waiting.remove(id);
        forget.accept(id);
    }

    private void dropOne() {
        Optional<Map.Entry<Long, Waiting>> least = waiting.entrySet().stream()
                .filter(entry -> !isSending(entry.getKey()))
                .min(Comparator.comparing(entry -> entry.getValue().urgency()));
        least.ifPresent(entry -> {
            drop(entry.getKey());
            drops.count(entry.getValue().urgency());
        });
    }

    /**
     * What a track sends next, whenever that is: what was tried least often, and of these the oldest. News of an incident wait
     * for its alarm: an alarm that is over must not be the last that people hear.
     */
    private Optional<Map.Entry<Long, Waiting>> upNext(Track track) {
        Map<String, Urgency> highest = new HashMap<>();
        Map.Entry<Long, Waiting> next = null;
        for (Map.Entry<Long, Waiting> entry : waiting.entrySet()) {
            Waiting one = entry.getValue();
            Urgency urgency = one.urgency();
            String incident = one.notice().incident();
            boolean isFree = incident == null
                    || highest.merge(incident, urgency, (a, b) -> a.compareTo(b) > 0 ? a : b) == urgency;
            boolean isFirst = next == null || one.tries() < next.getValue().tries();
            if (isFree && isFirst && track(urgency) == track) {
                next = entry;
            }
        }
        return Optional.ofNullable(next);
    }

    /** An alarm's first attempt waits for nothing. */
    private static long dueNanos(Track track, Waiting one) {
        boolean isNew = one.tries() == 0 && one.urgency().isAlarm();
        return isNew ? one.addedNanos() : track.dueNanos(one.addedNanos());
    }

    /** When {@link #next} may have something, or an attempt is to be given up; empty if nothing waits. */
    OptionalLong deadlineNanos() {
        OptionalLong nearest = OptionalLong.empty();
        for (Track track : tracks) {
            OptionalLong one = track.isBusy()
                    ? OptionalLong.of(endNanos(track))
                    : upNext(track).stream()
                            .mapToLong(entry -> dueNanos(track, entry.getValue()))
                            .findFirst();
            nearest = Notifier.earlier(nearest, one);
        }
        return nearest;
    }

    private long endNanos(Track track) {
        return track.sentNanos() + target.timeout().plus(GRACE).toNanos();
    }

    /**
     * What is to be sent now, alarms first; it counts as sent.
     *
     * @param numbers gives each attempt its number; never 0
     */
    List<Attempt> next(LongSupplier numbers, long nowNanos) {
        List<Attempt> begun = new ArrayList<>();
        for (Track track : tracks) {
            Map.Entry<Long, Waiting> one = track.isBusy() ? null : upNext(track).orElse(null);
            if (one != null && nowNanos - dueNanos(track, one.getValue()) >= 0) {
                track.begin(one.getKey(), numbers.getAsLong(), nowNanos);
                begun.add(new Attempt(track.attempt(), one.getValue().notice()));
            }
        }
        return begun;
    }

    /** An attempt that has not answered long after its time-out counts as failed: the answer will never come. */
    List<NoticeNews> giveUpAttempts(long nowNanos) {
        Answer.Failed mute = new Answer.Failed(Trouble.NO_ANSWER, "never answered");
        return tracks.stream()
                .filter(track -> track.isBusy() && nowNanos - endNanos(track) >= 0)
                .flatMap(track -> take(new Answer(target.id(), track.attempt(), mute), nowNanos).stream())
                .toList();
    }

    /** Takes an answer in; one to an attempt that was given up is ignored. */
    List<NoticeNews> take(Answer answer, long nowNanos) {
        Optional<Track> track =
                tracks.stream().filter(one -> one.isAttempt(answer.attempt())).findFirst();
        if (track.isEmpty()) {
            return List.of();
        }
        long id = track.get().end();
        Waiting one = waiting.get(id);
        if (one == null) {
            return List.of();
        }
        if (answer.outcome() instanceof Answer.Failed failed) {
            return failed(track.get(), id, one, failed, nowNanos);
        }
        return accepted(track.get(), id, one, (Answer.Accepted) answer.outcome(), nowNanos);
    }

    private List<NoticeNews> accepted(Track track, long id, Waiting one, Answer.Accepted accepted, long nowNanos) {
        List<NoticeNews> news = new ArrayList<>();
        waiting.remove(id);
        news.add(new NoticeNews.Accepted(id, one.notice(), accepted.proof(), accepted.messageId(), one.tries() + 1));
        Long since = failingNanos;
        if (told && since != null) {
            news.add(new NoticeNews.Restored(target.id(), Duration.ofNanos(nowNanos - since)));
        }
        told = false;
        failingNanos = null;
        track.succeeded();
        tracks.forEach(Track::serverWorks);
        return news;
    }

    private List<NoticeNews> failed(Track track, long id, Waiting one, Answer.Failed failed, long nowNanos) {
        List<NoticeNews> news = new ArrayList<>();
        failingNanos = failingNanos == null ? Long.valueOf(nowNanos) : failingNanos;
        track.failed();
        int refusals = one.refusals() + (failed.trouble() == Trouble.UNFIT ? 1 : 0);
        if (refusals >= MOST_REFUSALS) {
            waiting.remove(id);
            news.add(new NoticeNews.GivenUp(id, one.notice(), failed.reason(), one.tries() + 1));
            track.succeeded();
            failingNanos = told ? failingNanos : null;
            return news;
        }
        waiting.put(id, new Waiting(one.notice(), one.addedNanos(), one.tries() + 1, refusals));
        if (isOver(one.notice())) {
            drop(id);
        }
        boolean isAlarm = one.urgency().isAlarm();
        Duration wait = RetryWait.next(track.failures(), failed, isAlarm, random.getAsDouble());
        track.waits(wait, failed.asked().isPresent(), nowNanos);
        if (!told && (track.failures() >= FAILURES_TOLD || failed.trouble().hasToBeMended())) {
            told = true;
            news.add(new NoticeNews.Failing(target.id(), failed.reason(), waiting.size()));
        }
        return news;
    }

    /** What was dropped, if anything and if that is to be reported now. */
    Optional<NoticeNews> takeDrops(long nowNanos) {
        return drops.take(nowNanos);
    }
}
