package io.github.reedgate.demo;

import java.util.ArrayList;
import java.util.List;

/** What was done to the door and to the window. Owned by one thread. */
final class Deeds {

    private final List<String> moves = new ArrayList<>();
    private int movesWithoutBroker;
    private int openings;
    private int glitches;
    private boolean doorOpen;
    private boolean windowOpen;

    /** The door was opened or closed. */
    void moved(boolean open, boolean brokerUp) {
        doorOpen = open;
        openings += open ? 1 : 0;
        move(open, brokerUp);
    }

    /** The window was opened or closed. */
    void windowMoved(boolean open, boolean brokerUp) {
        windowOpen = open;
        move(open, brokerUp);
    }

    private void move(boolean open, boolean brokerUp) {
        moves.add(open ? "opened" : "closed");
        if (!brokerUp) {
            movesWithoutBroker++;
        }
    }

    /** The line was disturbed while the door stood still. */
    void disturbed() {
        glitches++;
    }

    /** All moves, of both, in their order. */
    List<String> moves() {
        return List.copyOf(moves);
    }

    /** How often the door was opened. */
    int openings() {
        return openings;
    }

    int movesWithoutBroker() {
        return movesWithoutBroker;
    }

    int glitches() {
        return glitches;
    }

    boolean isOpen() {
        return doorOpen;
    }

    boolean isWindowOpen() {
        return windowOpen;
    }

    /** The state word that is true for the door now; it is closed at first. */
    String doorIs() {
        return doorOpen ? "open" : "closed";
    }
}
