package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.record.OwnEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a URL each minute while the monitor is well, so that somebody else notices when it is not. Its thread {@code ping-loop}
 * blocks on the network. The first failure and the first success after it are events.
 */
final class Ping implements AutoCloseable {

    /** How often the URL is called. */
    static final Duration EVERY = Duration.ofMinutes(1);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Ping.class);

    private final Call call;
    private final BooleanSupplier isWell;
    private final Consumer<OwnEvent> reports;
    private final Duration every;
    private final Duration look;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ping-loop");
    private boolean failing;

    /** Calls the URL; empty if that went well, else why not. */
    @FunctionalInterface
    interface Call {

        /** Blocks until there is an answer. */
        Optional<String> make() throws InterruptedException;
    }

    /**
     * A ping that does not run yet.
     *
     * @param isWell true while loop, line and stores of the monitor are healthy; asked before each call
     * @param reports takes events
     * @param every how often
     */
    Ping(Call call, BooleanSupplier isWell, Consumer<OwnEvent> reports, Duration every) {
        this.call = call;
        this.isWell = isWell;
        this.reports = reports;
        this.every = every;
        this.look = every.compareTo(LONGEST_LOOK) < 0 ? every : LONGEST_LOOK;
        thread.setDaemon(true);
    }

    void start() {
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

    /** Calls once if the monitor is well; returns false if it is not. */
    boolean round() throws InterruptedException {
        if (!isWell.getAsBoolean()) {
            return false;
        }
        judge(call.make());
        return true;
    }

    /** Reports the first failure, and the first success after it. */
    private void judge(Optional<String> trouble) {
        if (trouble.isPresent() != failing) {
            failing = trouble.isPresent();
            OwnEvent.Type type = failing ? OwnEvent.Type.PING_FAILED : OwnEvent.Type.PING_RESTORED;
            String message = trouble.map(why -> "The URL that watches the monitor can't be called: " + why)
                    .orElse("The URL that watches the monitor is called again");
            LOG.warn("{}", message);
            reports.accept(new OwnEvent(type, null, message, Map.of(), System.currentTimeMillis()));
        }
    }

    @Override
    public void close() {
        ended.countDown();
        thread.interrupt();
    }
}
