package io.github.reedgate.alarm;

import io.github.reedgate.contact.Position;
import java.time.Duration;

/** What can happen to the panel. Immutable. */
public sealed interface PanelInput {

    /** Somebody who may do so commands it. */
    record Commanded(PanelCommand command) implements PanelInput {}

    /** A sensor's contact has come to rest in another position, whether or not that was told. */
    record Moved(String sensor, Position position) implements PanelInput {}

    /** A sensor's first position since the gateway's start. */
    record Found(String sensor, Position position) implements PanelInput {}

    /** A sensor's contact has come to rest in a position, and nothing is to follow: somebody tests it. */
    record Tested(String sensor, Position position) implements PanelInput {}

    /** A sensor can't be read any more; that it is open is not known, nor that it is closed. */
    record Lost(String sensor) implements PanelInput {}

    /**
     * A sensor can't be trusted any more, or less than before, and its owner wants that to be an alarm.
     *
     * @param sensor its id
     * @param words what is wrong, to follow its name
     */
    record Troubled(String sensor, String words) implements PanelInput {}

    /** A deadline may have passed. */
    record TimePassed() implements PanelInput {}

    /** The gateway was down for so long before its start: delays that run on while it is down end earlier. */
    record WasDown(Duration length) implements PanelInput {}
}
