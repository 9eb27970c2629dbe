package io.github.reedgate.command;

import java.util.Optional;

/**
 * What a person enters to show who they are: 4 to 64 characters, each printable ASCII. Never shown: its text is not the
 * code's. Immutable.
 */
public final class Code implements Proof {

    /** What a code may be, for messages. */
    public static final String ALLOWED =
            "4 to 64 letters, digits and signs of ASCII, no space at either end, not 'None' or 'null'";

    private static final int SHORTEST = 4;
    private static final int LONGEST = 64;

    private final String characters;

    private Code(String characters) {
        this.characters = characters;
    }

    /** The code of these characters; empty if they are no code. */
    public static Optional<Code> of(String characters) {
        boolean printable = characters.chars().allMatch(each -> each >= ' ' && each <= '~');
        boolean isCode = printable
                && characters.length() >= SHORTEST
                && characters.length() <= LONGEST
                && characters.equals(characters.strip())
                && !meansNone(characters);
        return isCode ? Optional.of(new Code(characters)) : Optional.empty();
    }

    /** True if a home server says with this that nobody entered a code: nothing, or what its templates make of nothing. */
    static boolean meansNone(String characters) {
        return characters.isEmpty() || characters.equals("None") || characters.equals("null");
    }

    /** The characters themselves, for hashing only. */
    public char[] reveal() {
        return characters.toCharArray();
    }

    /** Says that there is a code, not which. */
    @Override
    public String toString() {
        return "(code)";
    }
}
