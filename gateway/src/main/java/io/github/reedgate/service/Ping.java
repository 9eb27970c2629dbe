package io.github.reedgate.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a URL each minute while the program is well, so that somebody else notices when it is not. Its daemon thread {@code ping-loop}
 * blocks on the network. The first failure and the first success after it are told.
 */
public final class Ping implements AutoCloseable {

    /** How often the URL is called. */
    public static final Duration EVERY = Duration.ofMinutes(1);

    /** How long a call may take. */
    public static final Duration LIMIT = Duration.ofSeconds(15);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Ping.class);

    private final String program;
    private final Call call;
    private final BooleanSupplier isWell;
    private final Consumer<Change> changes;
    private final Duration every;
    private final Duration look;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ping-loop");
    private boolean failing;

    /** Calls the URL; empty if that went well, else why not. */
    @FunctionalInterface
    public interface Call {

        /**
         * Blocks until there is an answer.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        Optional<String> make() throws InterruptedException;
    }

    /**
     * The URL can't be called any more, or can be called again.
     *
     * @param isFailing true if it can't be called
     * @param message what happened, for people; one line without the URL's path
     */
    public record Change(boolean isFailing, String message) {}

    /**
     * A ping that does not run yet.
     *
     * @param program what the URL watches, such as {@code the gateway}
     * @param isWell true while the parts of the program are healthy; asked by the ping's thread before each call
     * @param changes takes changes, on the ping's thread
     * @param every how often, from the end of one call to the next
     */
    public Ping(String program, Call call, BooleanSupplier isWell, Consumer<Change> changes, Duration every) {
        this.program = program;
        this.call = call;
        this.isWell = isWell;
        this.changes = changes;
        this.every = every;
        this.look = every.compareTo(LONGEST_LOOK) < 0 ? every : LONGEST_LOOK;
        thread.setDaemon(true);
    }

    /** Starts the thread; the first call follows within a second if the program is well. */
    public void start() {
        thread.start();
    }

    private void run() {
        long dueNanos = System.nanoTime();
        boolean isDone = false;
        String failure = "";
        while (!isDone) {
            try {
                isDone = ended.await(look.toMillis(), TimeUnit.MILLISECONDS);
                if (!failure.isEmpty()) {
                    judge(Optional.of("this program failed: " + failure));
                    failure = "";
                }
                if (!isDone && System.nanoTime() - dueNanos >= 0 && round()) {
                    dueNanos = System.nanoTime() + every.toNanos();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("a round of the ping failed; it is tried again after {}", every, e);
                dueNanos = System.nanoTime() + every.toNanos();
                failure = e.toString();
            }
        }
    }

    /** Calls once if the program is well; returns false if it is not. */
    boolean round() throws InterruptedException {
        if (!isWell.getAsBoolean()) {
            return false;
        }
        judge(call.make());
        return true;
    }

    /** Tells the first failure, and the first success after it. */
    private void judge(Optional<String> trouble) {
        if (trouble.isPresent() != failing) {
            failing = trouble.isPresent();
            String url = "The URL that watches " + program;
            String message =
                    trouble.map(why -> url + " can't be called: " + why).orElse(url + " is called again");
            LOG.warn("{}", message);
            changes.accept(new Change(failing, message));
        }
    }

    /** Ends the thread; waits for nothing. */
    @Override
    public void close() {
        ended.countDown();
        thread.interrupt();
    }
}
