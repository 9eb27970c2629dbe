package io.github.reedgate.contact;

import io.github.reedgate.line.Level;

/**
 * How a reed switch is wired; the only place that knows normally open from normally closed.
 *
 * @param normallyOpen true for a switch whose circuit is closed by the magnet (form A, the usual reed), so that a closed
 *     door is a closed circuit; false for one that the magnet opens (form B)
 * @param openCircuitLevel the level of the line while the circuit is open: HIGH with a pull-up and the switch to ground,
 *     LOW with a pull-down and the switch to the supply
 */
public record Wiring(boolean normallyOpen, Level openCircuitLevel) {

    /** The contact's position that a level means. */
    public Position position(Level level) {
        boolean circuitOpen = level == openCircuitLevel;
        return circuitOpen == normallyOpen ? Position.OPEN : Position.CLOSED;
    }

    /** The level that a position means; the inverse of {@link #position}. */
    public Level level(Position position) {
        boolean circuitOpen = (position == Position.OPEN) == normallyOpen;
        return circuitOpen ? openCircuitLevel : openCircuitLevel.inverted();
    }
}
