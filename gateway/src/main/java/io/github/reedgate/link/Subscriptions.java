package io.github.reedgate.link;

import java.util.List;
import java.util.Optional;

/**
 * What is subscribed to on each connection. Immutable.
 *
 * @param watermarkTopic the one topic that is looked at once, for {@link LinkEvent.Watermark}; empty for none
 * @param topics what is told as {@link LinkEvent.Received}; no wildcards; may be empty
 * @param remembered topics of which the retained value is told the same way, ahead of all else; may be empty
 */
public record Subscriptions(Optional<String> watermarkTopic, List<String> topics, List<String> remembered) {

    /** Nothing. */
    public static final Subscriptions NONE = new Subscriptions(Optional.empty(), List.of());

    /** No retained value is of interest but the watermark. */
    public Subscriptions(Optional<String> watermarkTopic, List<String> topics) {
        this(watermarkTopic, topics, List.of());
    }

    /** Copies the lists. */
    public Subscriptions {
        topics = List.copyOf(topics);
        remembered = List.copyOf(remembered);
    }
}
