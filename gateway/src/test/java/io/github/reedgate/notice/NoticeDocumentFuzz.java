package io.github.reedgate.notice;

import java.nio.charset.StandardCharsets;

/** Fuzz target: a stored notification and a stored plan are read or refused; what is read can be written. */
public final class NoticeDocumentFuzz {

    private NoticeDocumentFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        NoticeDocument.read(text).ifPresent(NoticeDocument::text);
        Notice.read(text).ifPresent(Notice::document);
    }
}
