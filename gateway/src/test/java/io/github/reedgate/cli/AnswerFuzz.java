package io.github.reedgate.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Fuzz target: what a broker or the gateway's socket answers is read or refused, and never throws otherwise. */
public final class AnswerFuzz {

    private AnswerFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        EventSummary.of(input);
        try {
            WalkProgress.read("ok " + new String(input, StandardCharsets.UTF_8));
        } catch (IOException e) {
            // refused
        }
    }
}
