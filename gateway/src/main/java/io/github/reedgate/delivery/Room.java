package io.github.reedgate.delivery;

/**
 * How many messages may be unacknowledged at a broker. Immutable.
 *
 * @param window all of them; 1 or more
 * @param inTurn those of a backlog; 1 or more
 */
public record Room(int window, int inTurn) {

    /** At a broker that takes so many; 1 or more. */
    public static Room of(int receiveMaximum) {
        int window = Math.min(Courier.WINDOW, receiveMaximum);
        return new Room(window, window - Math.min(Courier.RESERVE, window / 4));
    }
}
