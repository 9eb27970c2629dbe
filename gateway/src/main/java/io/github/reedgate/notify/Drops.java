package io.github.reedgate.notify;

import io.github.reedgate.notice.NoticeNews;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what was dropped for a target, and says when that is to be reported. Owned by the loop thread; time is an argument. */
final class Drops {

    /** How often dropped alarms are reported. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** How often it is reported that nothing but trifles was: else trifles of one target would be news for the others. */
    static final Duration TRIFLES_PAUSE = Duration.ofHours(1);

    private final String target;
    private int trifles;
    private int alarms;
    private @Nullable Long toldNanos;

    Drops(String target) {
        this.target = target;
    }

    void count(Urgency urgency) {
        if (urgency.isAlarm()) {
            alarms++;
        } else {
            trifles++;
        }
    }

    /** What was dropped since the last report, if anything and if that is to be reported now. */
    Optional<NoticeNews> take(long nowNanos) {
        Long last = toldNanos;
        Duration pause = alarms > 0 ? PAUSE : TRIFLES_PAUSE;
        if (trifles + alarms == 0 || (last != null && nowNanos - last < pause.toNanos())) {
            return Optional.empty();
        }
        NoticeNews drops = new NoticeNews.Dropped(target, trifles, alarms);
        trifles = 0;
        alarms = 0;
        toldNanos = nowNanos;
        return Optional.of(drops);
    }
}
