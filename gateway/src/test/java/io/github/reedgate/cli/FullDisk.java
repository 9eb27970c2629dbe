package io.github.reedgate.cli;

import java.io.IOException;
import java.io.OutputStream;

/** A disk without space, as {@code /dev/full}. */
final class FullDisk extends OutputStream {

    private volatile boolean wasUsed;

    /** Whether anything was written to it. */
    boolean wasUsed() {
        return wasUsed;
    }

    @Override
    public void write(int one) throws IOException {
        wasUsed = true;
        throw new IOException("No space left on device");
    }
}
