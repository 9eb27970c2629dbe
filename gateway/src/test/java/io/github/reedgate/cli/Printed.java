package io.github.reedgate.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What was printed. Any thread may use it. */
final class Printed extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int one) {
        bytes.write(one);
    }

    @Override
    public synchronized void write(byte[] some, int offset, int length) {
        bytes.write(some, offset, length);
    }

    /** Forgets what was printed. */
    synchronized void reset() {
        bytes.reset();
    }

    synchronized byte[] toByteArray() {
        return bytes.toByteArray();
    }

    @Override
    public synchronized String toString() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
