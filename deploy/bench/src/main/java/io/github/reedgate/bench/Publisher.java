package io.github.reedgate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A process under measurement, driven over standard input: each line is a {@link Beat}, each answer a line with the times of
 * the events in nanoseconds. Standard output carries nothing else.
 */
abstract class Publisher {

    /** Causes an event and returns when it began, on the clock of {@link System#nanoTime()}. */
    abstract long cause();

    /** Ends what {@link #cause} began, half a beat later. */
    abstract void relax();

    /** Serves until standard input ends. */
    final void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        String line = in.readLine();
        while (line != null) {
            out.println(beat(Beat.parse(line)));
            out.flush();
            line = in.readLine();
        }
    }

    private String beat(Beat beat) {
        SplittableRandom random = new SplittableRandom(beat.seed());
        StringBuilder times = new StringBuilder();
        for (int i = 0; i < beat.count(); i++) {
            pause(beat, random);
            times.append(i == 0 ? "" : " ").append(cause());
            pause(beat, random);
            relax();
        }
        return times.toString();
    }

    private static void pause(Beat beat, SplittableRandom random) {
        long nanos = random.nextLong(beat.halfMicros() * 800L, beat.halfMicros() * 1_200L);
        long endNanos = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
