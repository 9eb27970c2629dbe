package io.github.reedgate.config;

/** The text of one value cannot be used; says why and, if it can be guessed, what was meant. */
public final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String shown;
    private final String what;
    private final String hint;

    /**
     * A refusal.
     *
     * @param shown the value as it may be shown to people: shortened, without secrets
     * @param what what is wrong, continuing a sentence that starts with the value
     * @param hint how to mend it; empty if unknown
     */
    public BadValueException(String shown, String what, String hint) {
        super("'" + shown + "' " + what);
        this.shown = shown;
        this.what = what;
        this.hint = hint;
    }

    /** A refusal that shows the value itself. */
    public static BadValueException of(String text, String what, String hint) {
        return new BadValueException(Shown.value(text), what, hint);
    }

    /** The sentence for people. */
    String sentence(String allowed) {
        return "'" + shown + "' " + what + "; allowed: " + allowed + (hint.isEmpty() ? "" : "; " + hint);
    }
}
