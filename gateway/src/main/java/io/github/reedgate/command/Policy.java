package io.github.reedgate.command;

/**
 * Which commands need a code; disarming always does. Immutable.
 *
 * @param codeToArm whether arming does; true by default
 * @param codeToAcknowledge whether acknowledging does; true by default
 */
public record Policy(boolean codeToArm, boolean codeToAcknowledge) {

    /** Every command needs one. */
    public static final Policy STRICT = new Policy(true, true);

    boolean needsCode(Action action) {
        return switch (action.right()) {
            case ARM -> codeToArm;
            case ACKNOWLEDGE -> codeToAcknowledge;
            case DISARM -> true;
        };
    }
}
