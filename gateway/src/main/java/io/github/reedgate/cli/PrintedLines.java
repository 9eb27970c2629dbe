package io.github.reedgate.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * An {@link Printer} as the standard stream of those who know no other: the log, stack traces of the virtual machine, libraries.
 * Any thread may use it.
 */
final class PrintedLines extends PrintStream {

    private final Printer printer;

    PrintedLines(Printer printer) {
        super(new Decoded(printer), true, StandardCharsets.UTF_8);
        this.printer = printer;
    }

    @Override
    public void println(String line) {
        printer.printlnWhole(String.valueOf(line));
        printer.flush();
    }

    @Override
    public void println(Object line) {
        println(String.valueOf(line));
    }

    @Override
    public boolean checkError() {
        return printer.checkError();
    }

    /** Bytes of UTF-8 become text again. */
    private static final class Decoded extends OutputStream {

        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private final Printer printer;
        private byte[] rest = {};

        private Decoded(Printer printer) {
            this.printer = printer;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            ByteBuffer in = ByteBuffer.allocate(rest.length + length);
            in.put(rest).put(bytes, offset, length).flip();
            CharBuffer text = CharBuffer.allocate(in.remaining() + 1);
            decoder.decode(in, text, false);
            rest = new byte[in.remaining()];
            in.get(rest);
            printer.print(text.flip().toString());
        }

        @Override
        public void flush() {
            printer.flush();
        }
    }
}
