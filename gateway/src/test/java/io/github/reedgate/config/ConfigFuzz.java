package io.github.reedgate.config;

import io.github.reedgate.fuzz.Scratch;

/** Fuzz target: the configuration file is read whole, or refused with a {@link ConfigException}. */
public final class ConfigFuzz {

    private static final Scratch SCRATCH = new Scratch();

    private ConfigFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            new ConfigReader().read(SCRATCH.file("reedgate.yaml", input));
        } catch (ConfigException e) {
            for (String line : String.valueOf(e.getMessage()).split("\n", -1)) {
                if (line.chars().anyMatch(each -> each < ' ')) {
                    throw new IllegalStateException("a message has a control character", e);
                }
            }
        }
    }
}
