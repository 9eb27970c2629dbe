package io.github.reedgate.alarm;

import java.nio.charset.StandardCharsets;

/** Fuzz target: the stored state of the alarm panel is read or refused, and never throws. */
public final class PanelDocumentFuzz {

    private PanelDocumentFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        PanelDocument.read(new String(input, StandardCharsets.UTF_8)).ifPresent(PanelDocument::text);
    }
}
