package io.github.reedgate.demo;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads keys from a terminal that hands them over at once. A special key, an arrow for instance, sends an escape and then letters:
 * they count as one key, so that no arrow arms the panel. Owned by one thread.
 */
final class KeyReader {

    /** What {@link #next()} returns at the end of the input. */
    static final int END = -1;

    /** What {@link #next()} returns for a special key. */
    static final int SPECIAL = 0;

    private static final int ESCAPE = 27;

    private final InputStream in;

    KeyReader(InputStream in) {
        this.in = in;
    }

    /** Returns the next key's character, {@link #SPECIAL} or {@link #END}. Blocks until there is one. */
    int next() throws IOException {
        int key = in.read();
        if (key != ESCAPE) {
            return key;
        }
        // the rest of a sequence comes with its escape; alone it is the key Esc
        if (in.available() > 0) {
            int kind = in.read();
            if (kind == '[' || kind == 'O') {
                skipToFinalByte();
            }
        }
        return SPECIAL;
    }

    private void skipToFinalByte() throws IOException {
        int next;
        do {
            next = in.available() > 0 ? in.read() : END;
        } while (next != END && (next < 0x40 || next > 0x7E));
    }
}
