package io.github.reedgate.monitor.heal;

import java.util.LinkedHashMap;
import java.util.Map;

/** What healing has done since the start of the program. Owned by the recorder's thread. */
final class HealCounters {

    /** Requests that were sent. */
    long asked;

    /** Missing events that came in answers. */
    long healed;

    /** Numbers that gateways no longer have. */
    long gone;

    /** Requests that were not answered in time. */
    long unanswered;

    /** Requests that the broker delivered to no client, because the gateway does not subscribe to them. */
    long unsubscribed;

    /** Answers that end with an error. */
    long refused;

    /** Messages of answers that were rejected: they can't be read, or the gateway lies. */
    long rejected;

    /** Messages that answer no request that is known. */
    long strays;

    /** All of them by name, in order; the map is the caller's. */
    Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("log_requests", asked);
        figures.put("healed", healed);
        figures.put("gone", gone);
        figures.put("unanswered_requests", unanswered);
        figures.put("unsubscribed_requests", unsubscribed);
        figures.put("refused_requests", refused);
        figures.put("rejected_answers", rejected);
        figures.put("stray_answers", strays);
        return figures;
    }
}
