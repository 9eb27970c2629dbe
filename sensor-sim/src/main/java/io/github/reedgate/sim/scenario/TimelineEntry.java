package io.github.reedgate.sim.scenario;

import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.LineEdge;

/** Something that happens in a {@link ScenarioTimeline}. */
public sealed interface TimelineEntry {

    /** When, in nanoseconds since the scenario's beginning. */
    long atNanos();

    /**
     * A line changed its level. Immutable.
     *
     * @param edge which one, and whether it is heard
     */
    record Edge(LineEdge edge) implements TimelineEntry {
        @Override
        public long atNanos() {
            return edge.atNanos();
        }
    }

    /**
     * A door moved; the truth that the edges after it tell of, unless the contact is stuck. Immutable.
     *
     * @param atNanos when
     * @param door which
     * @param position where it is now
     */
    record Move(long atNanos, String door, DoorPosition position) implements TimelineEntry {}

    /**
     * A mark was passed. Immutable.
     *
     * @param atNanos when
     * @param text its text
     */
    record Mark(long atNanos, String text) implements TimelineEntry {}
}
