package io.github.reedgate.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Where commands print: UTF-8, with whatever could move a terminal's cursor, hide text or turn the direction of writing made
 * visible as an escape. {@code println} prints one line, so that a value with a line end in it can't pretend to be another
 * message. Only {@link #painted} lets the few control sequences through that the commands use themselves. A failure to write
 * is kept and never thrown. Any thread may use it.
 */
public final class Printer extends PrintWriter {

    private final SafeWriter writer;

    private Printer(SafeWriter writer) {
        super(writer, true);
        this.writer = writer;
    }

    /** Prints to a stream. */
    public static Printer to(OutputStream stream) {
        return new Printer(new SafeWriter(stream));
    }

    /**
     * Prints text with control sequences of our own in it: colours, moves of the cursor, the bell. What others wrote has to be
     * escaped in it already ({@link SafeText}).
     */
    public static void painted(PrintWriter out, String text) {
        if (out instanceof Printer printer) {
            printer.trusting(() -> printer.print(text));
        } else {
            out.print(text);
        }
    }

    /** Runs something that prints text of our own only, perhaps with control sequences; other threads have to wait. */
    void trusting(Runnable printing) {
        synchronized (lock) {
            boolean before = writer.trust(true);
            try {
                printing.run();
            } finally {
                writer.trust(before);
            }
        }
    }

    @Override
    public void println(String line) {
        super.println(SafeText.oneLine(String.valueOf(line)));
    }

    @Override
    public void println(Object line) {
        println(String.valueOf(line));
    }

    /** Writes what is held back; true if anything could not be written. */
    @Override
    public boolean checkError() {
        flush();
        return writer.failure().isPresent();
    }

    /** Why something could not be written; the first reason. */
    Optional<IOException> failure() {
        return writer.failure();
    }
}
