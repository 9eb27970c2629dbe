package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import io.github.reedgate.delivery.LeftOut;
import io.github.reedgate.delivery.SetAside;
import io.github.reedgate.event.EventType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes the events about the delivery. Owned by the loop thread. */
final class DeliveryNews {

    /** A broker that forgets again and again is reported once in this time; the log has a line each time. */
    private static final Duration FORGETTING_PAUSE = Duration.ofHours(1);

    /** Longest topic that is named whole: the event about a message has to be shorter than the message. */
    private static final int MOST_TOPIC = 80;

    private OptionalLong forgotNanos = OptionalLong.empty();

    /**
     * A message was set aside; empty if it was itself the news of another one, which would never end. Kept short: a broker
     * that takes the smallest of events has to take this one.
     */
    static Optional<Input> setAside(SetAside aside) {
        Map<String, String> properties = aside.message().userProperties();
        if (EventType.SET_ASIDE.word().equals(properties.get("event_type"))) {
            return Optional.empty();
        }
        String topic = aside.message().topic();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("topic", topic.substring(Math.max(0, topic.length() - MOST_TOPIC)));
        more.put("characters", aside.message().payload().length());
        more.put("why", aside.why().word());
        more.put("tries", aside.tries());
        String seq = properties.get("seq");
        if (seq != null) {
            more.put("about_seq", Long.parseLong(seq));
        }
        String what = switch (aside.why()) {
            case TOO_LARGE -> "larger than the broker takes; raise its maximum packet size";
            case REFUSED -> "the broker refuses it; see its log";
            case CONNECTION_CLOSED -> "the broker closes the connection for it; allow larger packets";
        };
        return Optional.of(
                new Input.DeliveryNews(EventType.SET_ASIDE, "Message set aside: " + what + other(aside, ", "), more));
    }

    /** Why a message was set aside and what to do about it, for people, however long. */
    static String reason(SetAside aside) {
        return aside.reason() + other(aside, "; ");
    }

    /** What else helps: of a description to Home Assistant there are short ones. */
    private static String other(SetAside aside, String separator) {
        String topic = aside.message().topic();
        return topic.endsWith("/config") && topic.contains("/device/")
                ? separator + "or set homeassistant.discovery.format: component"
                : "";
    }

    /** Numbers that the broker has forgotten are not sent again; empty if that was reported a short while ago. */
    Optional<Input> leftOut(LeftOut left, long nowNanos) {
        if (forgotNanos.isPresent() && nowNanos - forgotNanos.getAsLong() < FORGETTING_PAUSE.toNanos()) {
            return Optional.empty();
        }
        forgotNanos = OptionalLong.of(nowNanos);
        Map<String, Object> range = new LinkedHashMap<>();
        range.put("from", left.fromSeq());
        range.put("to", left.toSeq());
        return Optional.of(new Input.DeliveryNews(
                EventType.BROKER_FORGOT,
                "The broker has forgotten more than is sent again: events " + left.fromSeq() + " to " + left.toSeq()
                        + " are in the gateway's log only",
                Map.of("not_resent", range)));
    }
}
