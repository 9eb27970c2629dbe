package io.github.reedgate.app;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Fuzz target: a line on the control socket gets an answer of one line, whatever it is. */
public final class ControlRequestFuzz {

    private ControlRequestFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) throws InterruptedException {
        String request = new String(input, StandardCharsets.UTF_8);
        if (request.startsWith("test-alarm")) {
            return; // waits a second at least
        }
        String answer = new ControlRequests(new InputQueue(16), Duration.ZERO).answer(request);
        if (answer.indexOf('\n') >= 0) {
            throw new IllegalStateException("more than one line");
        }
    }
}
