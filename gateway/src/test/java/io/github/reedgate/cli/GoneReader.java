package io.github.reedgate.cli;

import java.io.IOException;
import java.io.OutputStream;

/** A pipe that nobody reads any more, as behind {@code | head -1}. */
final class GoneReader extends OutputStream {

    @Override
    public void write(int one) throws IOException {
        throw new IOException("Broken pipe");
    }
}
