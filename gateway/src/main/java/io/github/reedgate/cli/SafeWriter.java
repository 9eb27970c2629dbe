package io.github.reedgate.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes text as UTF-8, unsafe characters as {@code \}{@code uXXXX}, which JSON reads as the same. Guarded by its lock. */
final class SafeWriter extends Writer {

    /** Colours, moves of the cursor and erasures. */
    private static final Pattern SEQUENCE = Pattern.compile("\u001B\\[[0-9;]{0,12}[mKHJA]");

    private static final int HELD_BYTES = 8192;

    private final OutputStream stream;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final SafeText.Marks marks = new SafeText.Marks();
    /** The beginning of what the next text may complete: half a surrogate pair, or a carriage return. */
    private String unfinished = "";

    private boolean isTrusted;
    private @Nullable IOException failure;

    SafeWriter(OutputStream stream) {
        this.stream = stream;
    }

    /** Whether control sequences are let through from now on; returns whether they were. */
    boolean trust(boolean trust) {
        synchronized (lock) {
            boolean before = isTrusted;
            isTrusted = trust;
            return before;
        }
    }

    Optional<IOException> failure() {
        synchronized (lock) {
            return Optional.ofNullable(failure);
        }
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        synchronized (lock) {
            String text = unfinished + new String(characters, offset, length);
            unfinished = "";
            if (!text.isEmpty() && isUnfinished(text.charAt(text.length() - 1)) && !isTrusted) {
                unfinished = text.substring(text.length() - 1);
                text = text.substring(0, text.length() - 1);
            }
            hold(isTrusted ? trusted(text) : safe(text));
        }
    }

    private static boolean isUnfinished(char last) {
        return Character.isHighSurrogate(last) || last == '\r';
    }

    private String trusted(String text) {
        StringBuilder all = new StringBuilder();
        Matcher sequences = SEQUENCE.matcher(text);
        int at = 0;
        while (sequences.find()) {
            all.append(trustedPart(text.substring(at, sequences.start()))).append(sequences.group());
            at = sequences.end();
        }
        return all.append(trustedPart(text.substring(at))).toString();
    }

    /** The bell and a return to the beginning of the line are ours, too. */
    private String trustedPart(String text) {
        StringBuilder all = new StringBuilder();
        for (String part : text.split("(?<=[\r\u0007])|(?=[\r\u0007])", -1)) {
            all.append(part.equals("\r") || part.equals("\u0007") ? part : safe(part));
        }
        return all.toString();
    }

    private String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            boolean isLineEnd =
                    character == '\n' || (character == '\r' && at < text.length() && text.charAt(at) == '\n');
            if (isLineEnd || character == '\t' || (marks.isFew(character) && SafeText.isVisible(character))) {
                safe.appendCodePoint(character);
            } else {
                SafeText.escape(safe, character);
            }
        }
        return safe.toString();
    }

    private void hold(String text) {
        held.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        if (held.size() >= HELD_BYTES) {
            pass();
        }
    }

    /** What can't be written is lost; later text may get through. */
    private void pass() {
        try {
            held.writeTo(stream);
            stream.flush();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        held.reset();
    }

    @Override
    public void flush() {
        synchronized (lock) {
            pass();
        }
    }

    /** Ends the text; the stream stays open, for it is the process's. */
    @Override
    public void close() {
        synchronized (lock) {
            String rest = unfinished;
            unfinished = "";
            hold(safe(rest));
            pass();
        }
    }
}
