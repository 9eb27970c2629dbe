package io.github.reedgate.core;

import java.nio.charset.StandardCharsets;

/** Fuzz target: what the core stored of doors left open and of troubles is read as far as it makes sense, and never throws. */
public final class MemoryFuzz {

    private MemoryFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        LeftOpenMemory.read(text);
        TroubleMemory.read(text);
    }
}
