package io.github.reedgate.notice;

import java.nio.charset.StandardCharsets;

/** Fuzz target: a stored notification is read or refused; what is read can be written. */
public final class NoticeFuzz {

    private NoticeFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        Notice.read(new String(input, StandardCharsets.UTF_8)).ifPresent(Notice::document);
    }
}
