package io.github.reedgate.secrets;

import io.github.reedgate.fuzz.Scratch;
import java.nio.file.Path;

/** Fuzz target: certificates and keys are read, or refused with a {@link SecretException}. */
public final class PemFuzz {

    private static final Scratch SCRATCH = new Scratch();

    private PemFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        Path file = SCRATCH.file("file.pem", input);
        try {
            TlsFiles.trust(file);
        } catch (SecretException e) {
            // refused
        }
        try {
            TlsFiles.identity(file, file);
        } catch (SecretException e) {
            // refused
        }
    }
}
