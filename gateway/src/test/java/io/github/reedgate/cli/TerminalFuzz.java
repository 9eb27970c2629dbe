package io.github.reedgate.cli;

import java.nio.charset.StandardCharsets;

/** Fuzz target: text of others is shown on one line without anything that steers a terminal. */
public final class TerminalFuzz {

    private TerminalFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        for (String text :
                new String[] {new String(input, StandardCharsets.UTF_8), new String(input, StandardCharsets.UTF_16BE)
                }) {
            String shown = SafeText.line(text, 80);
            if (!shown.codePoints().allMatch(SafeText::isVisible)) {
                throw new IllegalStateException("what steers a terminal is left in " + shown);
            }
        }
    }
}
