package io.github.reedgate.store;

import io.github.reedgate.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Fuzz target: the further fields of a stored event are read, or refused with an {@link IOException}; what is read can be written. */
public final class StoredFieldsFuzz {

    private StoredFieldsFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Json.write(Json.read(text));
        } catch (IOException e) {
            // refused
        }
        try {
            Json.readTexts(text);
        } catch (IOException e) {
            // refused
        }
    }
}
