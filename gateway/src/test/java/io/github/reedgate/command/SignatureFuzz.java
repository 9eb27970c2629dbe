package io.github.reedgate.command;

import java.nio.charset.StandardCharsets;

/** Fuzz target: codes, signing keys and stored nonces are read or refused; nonces that are kept read as the same. */
public final class SignatureFuzz {

    private SignatureFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Code.of(text);
        SigningKey.of(text);
        String kept = Nonces.restored(text, 0).text();
        if (!Nonces.restored(kept, 0).text().equals(kept)) {
            throw new IllegalStateException("written and read again, the nonces differ");
        }
    }
}
