package io.github.reedgate.link;

import io.github.reedgate.fuzz.Scratch;
import java.util.Map;

/** Fuzz target: a password is read from its file, or refused with a {@link LinkException}. */
public final class SecretFuzz {

    private static final Scratch SCRATCH = new Scratch();

    private SecretFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        BrokerSettings settings = TestSettings.url("mqtt://localhost").build();
        SCRATCH.file("mqtt.password", input);
        try {
            new CredentialSource(
                            settings,
                            Map.of(
                                    "REEDGATE_BROKER_USER",
                                    "anna",
                                    "CREDENTIALS_DIRECTORY",
                                    SCRATCH.folder().toString()))
                    .read();
        } catch (LinkException e) {
            // refused
        }
    }
}
