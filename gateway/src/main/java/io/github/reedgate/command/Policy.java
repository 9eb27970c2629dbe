package io.github.reedgate.command;

/**
 * Which commands need a code or a signature, and what is taken; disarming always needs one. Immutable.
 *
 * @param codeToArm whether arming does; true by default
 * @param codeToAcknowledge whether acknowledging does; true by default
 * @param accepted codes, signatures or both
 */
public record Policy(boolean codeToArm, boolean codeToAcknowledge, Accepted accepted) {

    /** Every command needs one or the other. */
    public static final Policy STRICT = new Policy(true, true);

    /** One that takes codes and signatures. */
    public Policy(boolean codeToArm, boolean codeToAcknowledge) {
        this(codeToArm, codeToAcknowledge, Accepted.BOTH);
    }

    boolean needsCode(Action action) {
        return switch (action.right()) {
            case ARM -> codeToArm;
            case ACKNOWLEDGE -> codeToAcknowledge;
            case DISARM -> true;
        };
    }

    /** False if a code is not even looked at. */
    public boolean takesCodes() {
        return accepted != Accepted.SIGNED;
    }

    boolean takesSignatures() {
        return accepted != Accepted.CODE;
    }
}
