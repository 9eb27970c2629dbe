package io.github.reedgate.notify;

import io.github.reedgate.notice.NoticeNews;
import io.github.reedgate.notice.NoticePlan;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether somebody has pressed a button of a target's, as long as there is an incident that it was told of. Owned by the loop
 * thread; time is an argument.
 */
final class ReplyWatch {

    /** How often it looks. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** How soon it looks again if there was more than it could read. */
    static final Duration PAGE_PAUSE = Duration.ofSeconds(5);

    /** How far it looks back first. */
    static final String FIRST = "10m";

    /** How far it looks back if it could read much and yet no message: what can't be read is too old for it soon. */
    static final String LATEST = "1m";

    /** How often it is reported that others write to the topic. */
    static final Duration OTHERS_PAUSE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReplyWatch.class);

    private final NotifyTarget target;
    private final String replyTopic;
    private final ReplyWords words;
    private @Nullable String incident;
    private String since = FIRST;
    private long dueNanos;
    private long attempt;
    private long askedNanos;
    private boolean warned;
    private int others;
    private @Nullable Long othersToldNanos;

    ReplyWatch(NotifyTarget target, String replyTopic, ReplyWords words) {
        this.target = target;
        this.replyTopic = replyTopic;
        this.words = words;
    }

    /** Who is told next has changed. */
    void planned(@Nullable NoticePlan plan, long nowNanos) {
        String open = plan != null && plan.wasTold(target.id()) ? plan.incident() : null;
        if (open == null || !open.equals(incident)) {
            since = FIRST;
            dueNanos = nowNanos + PAUSE.toNanos();
            warned = false;
        }
        incident = open;
    }

    OptionalLong deadlineNanos() {
        if (incident == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(attempt == 0 ? dueNanos : endNanos());
    }

    private long endNanos() {
        return askedNanos + target.timeout().plus(Lane.GRACE).toNanos();
    }

    /** What is to be asked now, if anything. */
    Optional<Inquiry> next(long number, long nowNanos) {
        if (attempt != 0 && nowNanos - endNanos() >= 0) {
            attempt = 0; // it will never answer
        }
        if (incident == null || attempt != 0 || nowNanos - dueNanos < 0) {
            return Optional.empty();
        }
        attempt = number;
        askedNanos = nowNanos;
        return Optional.of(new Inquiry(target, replyTopic, number, since));
    }

    /** Takes an answer in; one that is for others is ignored. */
    Optional<NoticeNews> take(Answer answer, long nowNanos) {
        if (attempt == 0 || answer.attempt() != attempt) {
            return Optional.empty();
        }
        attempt = 0;
        dueNanos = nowNanos + PAUSE.toNanos();
        if (answer.outcome() instanceof Answer.Heard heard) {
            takePlace(heard, nowNanos);
            countOthers(heard, nowNanos);
            return pressed(heard, incident);
        }
        if (!warned && answer.outcome() instanceof Answer.Failed failed) {
            warned = true;
            LOG.warn("whether {} acknowledges can't be seen: {}", target.id(), failed.reason());
        }
        return Optional.empty();
    }

    /** Goes on behind what was read; never begins at the same place again. */
    private void takePlace(Answer.Heard heard, long nowNanos) {
        if (!heard.lastId().isEmpty()) {
            since = heard.lastId();
        } else if (heard.hasMore()) {
            since = LATEST;
        }
        if (heard.hasMore()) {
            dueNanos = nowNanos + PAGE_PAUSE.toNanos();
        }
    }

    private void countOthers(Answer.Heard heard, long nowNanos) {
        others += heard.tooLong()
                + (int) heard.messages().stream()
                        .filter(text -> !ReplyWords.hasForm(text))
                        .count();
        Long last = othersToldNanos;
        if (others > 0 && (last == null || nowNanos - last >= OTHERS_PAUSE.toNanos())) {
            LOG.warn(
                    "others write to the reply topic of {}: {} messages were no button's word and were passed over;"
                            + " take another long random name for reply_topic, or protect the topic",
                    target.id(),
                    others);
            others = 0;
            othersToldNanos = nowNanos;
        }
    }

    /** Who disarms has acknowledged, whatever else was pressed. */
    private Optional<NoticeNews> pressed(Answer.Heard heard, @Nullable String open) {
        if (open == null) {
            return Optional.empty();
        }
        return target.taps().buttons().stream()
                .filter(button -> words.isAmong(heard.messages(), target.id(), open, button))
                .max(Comparator.naturalOrder())
                .map(button -> new NoticeNews.Pressed(target.id(), open, button));
    }
}
