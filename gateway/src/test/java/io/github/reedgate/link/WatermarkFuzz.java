package io.github.reedgate.link;

/** Fuzz target: the watermark that a broker shows is a number from 0, or none. */
public final class WatermarkFuzz {

    private WatermarkFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (WatermarkQuestion.number(input).orElse(0) < 0) {
            throw new IllegalStateException("a negative number");
        }
    }
}
