package io.github.reedgate.sim.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines of bounded length. Used by one thread; blocks until a line is there. */
final class RequestReader {

    /** The longest line, in bytes without its end. */
    static final int LONGEST_LINE_BYTES = 4_096;

    /** The largest text, in bytes. */
    static final int LARGEST_TEXT_BYTES = 1_048_576;

    private final InputStream in;

    /** Reads from a stream, which should be buffered. */
    RequestReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without LF or CR LF, decoded as UTF-8 with malformed bytes replaced; empty at the end of the stream.
     *
     * @throws TooLongException if the line is longer than allowed; the stream is of no use afterwards
     */
    Optional<String> line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            if (bytes.size() == LONGEST_LINE_BYTES) {
                throw new TooLongException("the line is longer than " + LONGEST_LINE_BYTES + " bytes");
            }
            bytes.write(next);
            next = in.read();
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }

    /** The lines up to one that is a single dot, or the end of the stream. */
    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        long size = 0;
        Optional<String> line = line();
        while (line.isPresent() && !line.get().equals(".")) {
            size += line.get().length() + 1;
            if (size > LARGEST_TEXT_BYTES) {
                throw new TooLongException("the text is longer than " + LARGEST_TEXT_BYTES + " bytes");
            }
            text.append(line.get()).append('\n');
            line = line();
        }
        return text.toString();
    }

    /** A request is longer than allowed. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        /** With what is too long. */
        TooLongException(String message) {
            super(message);
        }
    }
}
