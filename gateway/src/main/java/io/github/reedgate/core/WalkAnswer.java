package io.github.reedgate.core;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answer to a {@link WalkOrder}. Immutable. */
public sealed interface WalkAnswer {

    /** Nothing was done. */
    record Refused(Reason reason) implements WalkAnswer {}

    /** Why nothing was done. */
    enum Reason {
        /** The panel is armed, or an alarm lasts. */
        NOT_DISARMED,
        /** Another one runs. */
        RUNNING,
        /** There is no such test. */
        UNKNOWN;

        /** The word in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How far it is.
     *
     * @param number its number
     * @param end why it is over, or null while it runs
     * @param sensors all sensors, in their order
     */
    record Report(long number, WalkTest.@Nullable End end, List<Sight> sensors) implements WalkAnswer {

        /** Copies the list. */
        public Report {
            sensors = List.copyOf(sensors);
        }
    }

    /**
     * One sensor in a walk test.
     *
     * @param id its id
     * @param name its name
     * @param state its state word now
     * @param opened when it opened last since the test began, or null if it did not
     * @param closed when it closed last since the test began, or null if it did not
     */
    record Sight(
            String id,
            String name,
            String state,
            @Nullable Instant opened,
            @Nullable Instant closed) {}
}
