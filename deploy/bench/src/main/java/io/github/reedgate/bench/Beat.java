package io.github.reedgate.bench;

/**
 * How a publisher is to be driven: so many events, after each half of the distance between two a random wait. Immutable.
 *
 * @param count how many events
 * @param halfMicros half the mean time from one event to the next, in microseconds
 * @param seed where chance begins: waits are 0.8 to 1.2 times {@code halfMicros}
 */
record Beat(int count, int halfMicros, long seed) {

    /** As one line of text. */
    String line() {
        return count + " " + halfMicros + " " + seed;
    }

    /** Reads what {@link #line} wrote. */
    static Beat parse(String line) {
        String[] words = line.split(" ", -1);
        return new Beat(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]));
    }
}
