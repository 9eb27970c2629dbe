package io.github.reedgate.notify;

import io.github.reedgate.notice.Button;
import io.github.reedgate.notice.Grade;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeNews;
import io.github.reedgate.notice.NoticePlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every notice until its target has it, and sends them. Whatever is taken is kept on disk first or at the same moment,
 * so it outlives the process; one that was on its way then is sent again. Owned by the loop thread; never blocks; time is an
 * argument.
 */
public final class Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, ReplyWatch> watches = new LinkedHashMap<>();
    private final ReplyWords words;
    private final Post post;
    private final NoticeStore store;
    private long lastId;
    private long attempts;

    /**
     * A notifier for which nothing waits.
     *
     * @param targets who can be told
     * @param post sends
     * @param store keeps
     * @param random draws evenly from 0 to 1
     * @param words what buttons send
     */
    public Notifier(List<NotifyTarget> targets, Post post, NoticeStore store, DoubleSupplier random, ReplyWords words) {
        this.post = post;
        this.store = store;
        this.words = words;
        for (NotifyTarget target : targets) {
            lanes.put(target.id(), new Lane(target, random, store::forget));
            target.taps()
                    .replyTopic()
                    .ifPresent(topic -> watches.put(target.id(), new ReplyWatch(target, topic, words)));
        }
    }

    /**
     * Takes in what an earlier start had kept; what can't be read or was for a target that is gone is kept no longer.
     *
     * @param kept documents by number; the numbers of new notices begin above them
     * @param nowNanos the time
     */
    public void restore(Map<Long, String> kept, long nowNanos) {
        int waiting = 0;
        int gone = 0;
        for (Map.Entry<Long, String> one : new TreeMap<>(kept).entrySet()) {
            lastId = Math.max(lastId, one.getKey());
            Optional<Notice> notice = Notice.read(one.getValue());
            Optional<Lane> lane = notice.flatMap(it -> Optional.ofNullable(lanes.get(it.target())));
            if (notice.isPresent() && lane.isPresent()) {
                lane.get().add(one.getKey(), notice.get(), nowNanos);
                waiting++;
            } else {
                store.forget(one.getKey());
                gone++;
            }
        }
        if (waiting > 0 || gone > 0) {
            LOG.info("{} notices wait from before; {} are spoilt or for targets that are gone", waiting, gone);
        }
    }

    /** Takes a notification and stores it; it is sent by {@link #advance}. */
    public void add(Notice notice, long nowNanos) {
        keep(notice, nowNanos).ifPresent(id -> send(id, notice, nowNanos));
    }

    /** Stores a notification over a restart, to be given to {@link #send} later; empty if none of its kind is taken now. */
    public OptionalLong keep(Notice notice, long nowNanos) {
        Lane lane = lanes.get(notice.target());
        if (lane == null || !lane.admits(notice, nowNanos)) {
            return OptionalLong.empty();
        }
        store.keep(++lastId, notice.document());
        return OptionalLong.of(lastId);
    }

    /** A notification that was stored may leave; it is sent by {@link #advance}. */
    public void send(long id, Notice notice, long nowNanos) {
        Lane lane = lanes.get(notice.target());
        if (lane != null) {
            lane.add(id, notice, nowNanos);
        }
    }

    /** Who is told next of an incident has changed; null if nobody is. */
    public void planned(@Nullable NoticePlan plan, long nowNanos) {
        lanes.values().forEach(lane -> lane.planned(plan == null ? null : plan.incident()));
        watches.values().forEach(watch -> watch.planned(plan, nowNanos));
    }

    /** Takes an answer in; gives what is to be told of it. */
    public List<NoticeNews> take(Answer answer, long nowNanos) {
        List<NoticeNews> news = new ArrayList<>();
        Lane lane = lanes.get(answer.target());
        if (lane != null) {
            news.addAll(lane.take(answer, nowNanos));
        }
        ReplyWatch watch = watches.get(answer.target());
        if (watch != null) {
            watch.take(answer, nowNanos).ifPresent(news::add);
        }
        return news;
    }

    /** When {@link #advance} is due; empty if nothing waits. */
    public OptionalLong deadlineNanos() {
        OptionalLong next = OptionalLong.empty();
        for (Lane lane : lanes.values()) {
            next = earlier(next, lane.deadlineNanos());
        }
        for (ReplyWatch watch : watches.values()) {
            next = earlier(next, watch.deadlineNanos());
        }
        return next;
    }

    static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return other.getAsLong() - one.getAsLong() < 0 ? other : one;
    }

    /** Sends what is due; gives what is to be told of others. */
    public List<NoticeNews> advance(Delay.Clocks clocks, long nowNanos) {
        List<NoticeNews> news = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            news.addAll(lane.giveUpAttempts(nowNanos));
            for (Lane.Attempt one : lane.next(() -> ++attempts, nowNanos)) {
                Notice notice = one.notice();
                post.send(new Dispatch(
                        lane.target(), one.number(), notice, Delay.of(notice, clocks), words(lane.target(), notice)));
            }
            lane.takeDrops(nowNanos).ifPresent(news::add);
        }
        watches.values().forEach(watch -> watch.next(++attempts, nowNanos).ifPresent(post::ask));
        return news;
    }

    /** What the buttons of an alarm that can be acknowledged send. */
    private Map<Button, String> words(NotifyTarget target, Notice notice) {
        String incident = notice.incident();
        if (incident == null || notice.grade() != Grade.ALARM) {
            return Map.of();
        }
        Map<Button, String> all = new EnumMap<>(Button.class);
        target.taps().buttons().forEach(button -> all.put(button, words.word(target.id(), incident, button)));
        return all;
    }

    /** Whether an answer is awaited. */
    public boolean isSending() {
        return lanes.values().stream().anyMatch(Lane::isSending);
    }

    /** How many notices wait. */
    public int waiting() {
        return lanes.values().stream().mapToInt(Lane::waiting).sum();
    }
}
