package io.github.reedgate.setup;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Where the lines of a Raspberry Pi come out on its header of 40 pins, which is the same on every model from the Pi 2 on. A
 * line is named by its offset, which is its BCM number; a pin by its place on the header.
 */
public final class HeaderPin {

    /** How many pins there are. */
    public static final int COUNT = 40;

    /** How many lines come out on them: 0 to 27. */
    public static final int LINES = 28;

    /** The pin of each line from 0 to 27. */
    private static final int[] PINS = {
        27, 28, 3, 5, 7, 29, 31, 26, 24, 21, 19, 23, 32, 33, 8, 10, 36, 11, 12, 35, 38, 40, 15, 16, 18, 22, 37, 13
    };

    private static final List<Integer> GROUND = List.of(6, 9, 14, 20, 25, 30, 34, 39);
    private static final List<Integer> FIVE_VOLTS = List.of(2, 4);
    private static final List<Integer> THREE_VOLTS = List.of(1, 17);

    private HeaderPin() {}

    /**
     * The pin of a line; empty for a line that is not on the header.
     *
     * @param offset the line's offset, which is its BCM number
     */
    public static OptionalInt of(int offset) {
        return offset >= 0 && offset < PINS.length ? OptionalInt.of(PINS[offset]) : OptionalInt.empty();
    }

    /**
     * The line that comes out on a pin; empty for a pin with a supply or ground, and for what is no pin.
     *
     * @param pin 1 to 40
     */
    public static OptionalInt line(int pin) {
        return IntStream.range(0, PINS.length).filter(line -> PINS[line] == pin).findFirst();
    }

    /**
     * What is on a pin: {@code GPIO17}, {@code GND}, {@code 3V3} or {@code 5V}.
     *
     * @param pin 1 to 40
     */
    public static String label(int pin) {
        if (GROUND.contains(pin)) {
            return "GND";
        }
        if (FIVE_VOLTS.contains(pin)) {
            return "5V";
        }
        return THREE_VOLTS.contains(pin) ? "3V3" : "GPIO" + line(pin).orElseThrow();
    }

    /** The ground pin with the fewest pins between. */
    public static int groundNear(int pin) {
        return nearest(GROUND, pin);
    }

    /** The pin with 3.3 V that has the fewest pins between. */
    public static int supplyNear(int pin) {
        return nearest(THREE_VOLTS, pin);
    }

    private static int nearest(List<Integer> candidates, int pin) {
        return candidates.stream()
                .min((one, other) -> Integer.compare(Math.abs(one - pin), Math.abs(other - pin)))
                .orElseThrow();
    }
}
