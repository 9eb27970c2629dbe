package io.github.reedgate.link;

import java.util.List;
import java.util.Optional;

/**
 * What is subscribed to on each connection. Immutable.
 *
 * @param watermarkTopic the one topic that is looked at once, for {@link LinkEvent.Watermark}; empty for none
 * @param topics what is told as {@link LinkEvent.Received}; no wildcards; may be empty
 */
public record Subscriptions(Optional<String> watermarkTopic, List<String> topics) {

    /** Nothing. */
    public static final Subscriptions NONE = new Subscriptions(Optional.empty(), List.of());

    /** Copies the list. */
    public Subscriptions {
        topics = List.copyOf(topics);
    }
}
