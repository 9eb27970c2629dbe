package io.github.reedgate.cli;

import java.util.OptionalInt;

/** Where the lines of a Raspberry Pi come out on its header of 40 pins. */
final class HeaderPin {

    /** The pin of each line from 0 to 27. */
    private static final int[] PINS = {
        27, 28, 3, 5, 7, 29, 31, 26, 24, 21, 19, 23, 32, 33, 8, 10, 36, 11, 12, 35, 38, 40, 15, 16, 18, 22, 37, 13
    };

    private HeaderPin() {}

    /**
     * The pin of a line; empty for a line that is not on the header.
     *
     * @param offset the line's offset, which is its BCM number
     */
    static OptionalInt of(int offset) {
        return offset >= 0 && offset < PINS.length ? OptionalInt.of(PINS[offset]) : OptionalInt.empty();
    }
}
