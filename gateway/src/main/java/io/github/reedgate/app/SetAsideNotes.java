package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.SetAside;
import io.github.reedgate.time.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes which messages were set aside: in the log, in the store and as events. Owned by the loop thread; a restart forgets the count. */
final class SetAsideNotes {

    private static final Logger LOG = LoggerFactory.getLogger(SetAsideNotes.class);

    private final AsideList list = new AsideList();
    private long count;

    /** Notes messages that were set aside just now; returns what the core is told of them. */
    List<Input> take(List<SetAside> all, Journal journal, Timestamp now) {
        List<Input> news = new ArrayList<>();
        for (SetAside each : all) {
            String reason = DeliveryNews.reason(each);
            LOG.warn("a message was set aside and is not tried any more: {}", reason);
            list.add(each, now.wall());
            journal.note(AsideList.NOTE, list.text());
            journal.note("set_aside", Long.toString(++count));
            journal.note("last_set_aside", reason);
            journal.note("last_set_aside_time", now.wall().toString());
            DeliveryNews.setAside(each).ifPresent(news::add);
        }
        return news;
    }

    /** The messages that were set aside last since the start, each as a JSON object, the oldest first. */
    List<String> latest() {
        return list.all();
    }
}
