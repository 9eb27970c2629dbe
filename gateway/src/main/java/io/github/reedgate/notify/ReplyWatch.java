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

    /** How far it looks back first. */
    static final String FIRST = "10m";

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
            since = heard.lastId().isEmpty() ? since : heard.lastId();
            return pressed(heard, incident);
        }
        if (!warned && answer.outcome() instanceof Answer.Failed failed) {
            warned = true;
            LOG.warn("whether {} acknowledges can't be seen: {}", target.id(), failed.reason());
        }
        return Optional.empty();
    }

    /** Who disarms has acknowledged, whatever else was pressed. */
    private Optional<NoticeNews> pressed(Answer.Heard heard, @Nullable String open) {
        if (open == null) {
            return Optional.empty();
        }
        return target.taps().buttons().stream()
                .filter(button ->
                        heard.messages().stream().anyMatch(text -> words.isWord(text, target.id(), open, button)))
                .max(Comparator.naturalOrder())
                .map(button -> new NoticeNews.Pressed(target.id(), open, button));
    }
}
