package io.github.reedgate.command;

import java.nio.charset.StandardCharsets;

/** Fuzz target: a command that anybody may send is read or refused, and never throws. */
public final class CommandFuzz {

    private CommandFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        CommandText.read(new String(input, StandardCharsets.UTF_8));
        CommandText.read(new String(input, StandardCharsets.ISO_8859_1));
    }
}
