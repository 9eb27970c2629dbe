package io.github.reedgate.command;

import java.util.Optional;

/** What can be ordered. The word sent is the name as it is. */
public enum Action {
    /** Arm what is watched while people are in the house. */
    ARM_HOME(Right.ARM),
    /** Arm everything. */
    ARM_AWAY(Right.ARM),
    /** Arm what is watched while people sleep. */
    ARM_NIGHT(Right.ARM),
    /** Disarm, and end an alarm. */
    DISARM(Right.DISARM),
    /** Say that an alarm was noticed. */
    ACKNOWLEDGE(Right.ACKNOWLEDGE);

    private final Right right;

    Action(Right right) {
        this.right = right;
    }

    /** The right that a user needs for it. */
    public Right right() {
        return right;
    }

    /** The action of that word, in capitals as it is sent; empty if there is none. */
    static Optional<Action> of(String word) {
        for (Action action : values()) {
            if (action.name().equals(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
