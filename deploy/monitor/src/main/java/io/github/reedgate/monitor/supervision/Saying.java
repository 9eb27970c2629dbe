package io.github.reedgate.monitor.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one message says about a gateway. Immutable. */
public sealed interface Saying {

    /**
     * The topic {@code availability}.
     *
     * @param online true for {@code online}, false for {@code offline}, which is also the Last Will
     */
    record Availability(boolean online) implements Saying {}

    /** The topic {@code availability} was emptied: somebody removed the gateway from the broker. */
    record Removed() implements Saying {}

    /**
     * The topic {@code diagnostics}.
     *
     * @param time the gateway's wall clock when it published
     */
    record Heartbeat(Instant time) implements Saying {}

    /**
     * The topic {@code panel/state}.
     *
     * @param mood what the word means for supervision
     */
    record Panel(PanelMood mood) implements Saying {}

    /** The topic {@code panel/state} was emptied: the gateway has no panel any more. */
    record NoPanel() implements Saying {}

    /**
     * The topic {@code panel/detail}.
     *
     * @param incident id of the incident that is not over, or null
     * @param open ids of open sensors; may be empty
     * @param deadline when the delay that runs is over by the gateway's wall clock, or null
     * @param delay from the panel's change to its deadline; a day if that is not known
     */
    record PanelDetail(
            @Nullable String incident,
            List<String> open,
            @Nullable Instant deadline,
            Duration delay) implements Saying {

        /** Copies the list. */
        public PanelDetail {
            open = List.copyOf(open);
        }
    }

    /**
     * The topic {@code event}.
     *
     * @param type the event's type; any text
     * @param boot number of the gateway's start
     * @param seq its number
     * @param sensor name of the sensor for people, or null
     * @param incident id of the incident, or null
     */
    record Happened(
            String type,
            long boot,
            long seq,
            @Nullable String sensor,
            @Nullable String incident) implements Saying {}

    /** Any other topic of the gateway: it lives. */
    record Spoke() implements Saying {}
}
