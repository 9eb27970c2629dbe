package io.github.reedgate.demo;

import java.util.ArrayList;
import java.util.List;

/** What was done to the door. Owned by one thread. */
final class Deeds {

    private final List<String> moves = new ArrayList<>();
    private int movesWithoutBroker;
    private int glitches;

    /** The door was opened or closed. */
    void moved(boolean open, boolean brokerUp) {
        moves.add(open ? "opened" : "closed");
        if (!brokerUp) {
            movesWithoutBroker++;
        }
    }

    /** The line was disturbed while the door stood still. */
    void disturbed() {
        glitches++;
    }

    List<String> moves() {
        return List.copyOf(moves);
    }

    long openings() {
        return moves.stream().filter(move -> move.equals("opened")).count();
    }

    int movesWithoutBroker() {
        return movesWithoutBroker;
    }

    int glitches() {
        return glitches;
    }

    boolean isOpen() {
        return !moves.isEmpty() && moves.get(moves.size() - 1).equals("opened");
    }

    /** The state word that is true now; the door is closed at first. */
    String doorIs() {
        return isOpen() ? "open" : "closed";
    }
}
