package io.github.reedgate.app;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.link.LinkEvent.SubscriptionRefused.Why;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A topic that the gateway does not hear at present, though it wants to. Immutable.
 *
 * @param topic which
 * @param why what kind of trouble it is
 * @param since since when
 * @param until when it is tried again by itself; empty if only with the next connection
 */
record LostSubscription(String topic, Why why, Instant since, Optional<Instant> until) {

    /** The word for {@link #why} that is sent. */
    String word() {
        return why.name().toLowerCase(Locale.ROOT);
    }

    /** What happened and what to do about it, for people. */
    String reason() {
        return words(why);
    }

    /** What a kind of trouble is, and what to do about it, for people. */
    static String words(Why why) {
        return switch (why) {
            case UNREADABLE -> "messages came there that the gateway can't take; find out who publishes there";
            case CONNECTION_CLOSED ->
                "the broker closed the connection over it; let the gateway's user read it in the broker's access rules";
            case NO_ANSWER -> "the broker did not acknowledge it; see the broker's log";
            case REFUSED -> "the broker refused it; let the gateway's user read it in the broker's access rules";
        };
    }

    /** The fields {@code why}, {@code since} and, if there is one, {@code until} of each, by its topic. */
    static Map<String, Map<String, String>> fields(Collection<LostSubscription> all) {
        Map<String, Map<String, String>> fields = new LinkedHashMap<>();
        for (LostSubscription each : all) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("why", each.word());
            one.put("since", ClockText.utc(each.since()));
            each.until().ifPresent(time -> one.put("until", ClockText.utc(time)));
            fields.put(each.topic(), one);
        }
        return fields;
    }
}
