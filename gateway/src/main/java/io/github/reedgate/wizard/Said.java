package io.github.reedgate.wizard;

import io.github.reedgate.setup.SensorPlan;
import java.util.List;

/** Something that is shown to the person. */
public sealed interface Said {

    /** A sentence or more; it is broken at words to the terminal's width. An empty one is an empty line. */
    record Text(String text) implements Said {}

    /** A line that is shown as it is, such as one of a file. */
    record Verbatim(String line) implements Said {}

    /** Where the wires of these sensors go. */
    record Wires(List<SensorPlan> sensors) implements Said {

        /** Copies the list. */
        public Wires {
            sensors = List.copyOf(sensors);
        }
    }

    /** A text as a code for a camera. */
    record Code(String text) implements Said {}
}
