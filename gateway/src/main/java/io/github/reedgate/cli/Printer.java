package io.github.reedgate.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Where commands print: UTF-8, with whatever could move a terminal's cursor, hide text or turn the direction of writing made
 * visible as an escape. {@code println} prints one line, so that a value with a line end in it can't pretend to be another
 * message. Only {@link #painted} lets the few control sequences through that the commands use themselves. A failure to write
 * is kept and never thrown. Any thread may use it.
 */
public final class Printer extends PrintWriter {

    private static final int FOLD_INDENT = 2;

    private final SafeWriter writer;
    private final IntSupplier columns;
    private final boolean folds;

    private Printer(SafeWriter writer, IntSupplier columns, boolean folds) {
        super(writer, true);
        this.writer = writer;
        this.columns = columns;
        this.folds = folds;
    }

    /** Prints to a stream that is no terminal. */
    public static Printer to(OutputStream stream) {
        return to(stream, () -> Integer.MAX_VALUE);
    }

    /**
     * Prints to a stream of a width.
     *
     * @param columns gives the width in columns when somebody asks; {@link Integer#MAX_VALUE} for no limit
     */
    static Printer to(OutputStream stream, IntSupplier columns) {
        return new Printer(new SafeWriter(stream), columns, false);
    }

    /** The same for standard error, which only people read: {@code println} folds each line to the width, see {@link Folded}. */
    static Printer folding(OutputStream stream, IntSupplier columns) {
        return new Printer(new SafeWriter(stream), columns, true);
    }

    /** How many columns a line for people may have; {@link Integer#MAX_VALUE} if there is no limit. May block as a process starts. */
    static int columns(PrintWriter out) {
        return out instanceof Printer printer ? printer.columns.getAsInt() : Integer.MAX_VALUE;
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
        String text = SafeText.oneLine(String.valueOf(line));
        if (folds) {
            Folded.lines(text, columns.getAsInt(), FOLD_INDENT).forEach(super::println);
        } else {
            super.println(text);
        }
    }

    /** Prints one line as it is, however long: lines of the log. */
    void printlnWhole(String line) {
        super.println(SafeText.oneLine(line));
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
