package io.github.reedgate.wizard.host;

import io.github.reedgate.text.JsonObject;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Outcome.Part;
import io.github.reedgate.wizard.Outcome.Wrong;
import io.github.reedgate.wizard.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Waits until the gateway has read its sensors, and sends a test alarm. Used by one thread; blocks for two minutes at most. */
public final class Alarm {

    private static final Duration UNTIL_READ = Duration.ofSeconds(60);
    private static final int BROKER_SECONDS = 30;
    private static final Duration UNTIL_PUSHED = Duration.ofSeconds(20);

    private final Control control;
    private final Nap nap;
    private final LongSupplier nanoTime;

    /** The port to the running gateway. */
    @FunctionalInterface
    public interface Control {

        /**
         * Asks it.
         *
         * @throws IOException if it does not answer
         */
        String ask(Path stateDir, String request) throws IOException;
    }

    /** The port to waiting. */
    @FunctionalInterface
    public interface Nap {

        /** Waits for a moment, about 300 ms. */
        void take() throws InterruptedException;
    }

    /** With a running gateway. */
    public Alarm(Control control, Nap nap, LongSupplier nanoTime) {
        this.control = control;
        this.nap = nap;
        this.nanoTime = nanoTime;
    }

    /**
     * Waits until the doors are read, and sends it if that is wanted.
     *
     * @param stateDir the gateway's state folder
     * @param sensors how many sensors it has
     * @param hasTargets true if it has notification targets
     * @param isWanted false if none is sent
     */
    Outcome send(Path stateDir, int sensors, boolean hasTargets, boolean isWanted) throws InterruptedException {
        List<Said> said = new ArrayList<>();
        if (!await(stateDir, UNTIL_READ, status -> read(status) >= sensors)) {
            return new Wrong(
                    Part.OTHER,
                    "the gateway did not tell the state of its doors within " + UNTIL_READ.toSeconds() + " s",
                    "see its log: journalctl -u reedgate -n 50");
        }
        said.add(new Said.Text(sensors == 1 ? "The door is read." : "All " + sensors + " doors are read."));
        if (!isWanted) {
            said.add(new Said.Text(
                    "No test alarm was sent. Send one when it disturbs nobody: sudo reedgate test-alarm"));
            return new Outcome.Well(said);
        }
        try {
            String answer = control.ask(stateDir, "test-alarm " + BROKER_SECONDS);
            if (!answer.startsWith("ok ")) {
                return new Wrong(
                        Part.ADDRESS,
                        "the broker did not acknowledge the test alarm within " + BROKER_SECONDS + " s",
                        "sudo reedgate doctor finds out why");
            }
            said.add(new Said.Text(
                    "The broker has acknowledged a test alarm after " + answer.split(" ", -1)[1] + " ms."));
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Wrong(Part.OTHER, "the gateway does not answer any more: " + e.getMessage(), "see its log");
        }
        if (hasTargets) {
            boolean isPushed = await(stateDir, UNTIL_PUSHED, status -> waiting(status) == 0);
            said.add(
                    new Said.Text(
                            isPushed
                                    ? "No push waits any more: the phone has rung, or rings now."
                                    : "The push waits still. What the server said: sudo reedgate log --type notified,notify_failed"));
        }
        return new Outcome.Well(said);
    }

    /** What is to become true of the gateway's status. */
    private interface Wish {

        boolean isTrue(Map<String, Object> status);
    }

    private boolean await(Path stateDir, Duration limit, Wish wish) throws InterruptedException {
        long begunNanos = nanoTime.getAsLong();
        do {
            try {
                String answer = control.ask(stateDir, "status");
                if (answer.startsWith("ok ") && wish.isTrue(JsonObject.read(answer.substring("ok ".length())))) {
                    return true;
                }
            } catch (IOException e) {
                // it has not come up yet
                nap.take();
                continue;
            }
            nap.take();
        } while (nanoTime.getAsLong() - begunNanos < limit.toNanos());
        return false;
    }

    private static long read(Map<String, Object> status) {
        return status.keySet().stream()
                .filter(topic -> topic.endsWith("/state") && !topic.endsWith("/panel/state"))
                .count();
    }

    private static long waiting(Map<String, Object> status) {
        return status.get("notices_waiting") instanceof Number number ? number.longValue() : 0;
    }
}
