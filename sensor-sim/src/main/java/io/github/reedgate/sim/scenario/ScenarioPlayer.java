package io.github.reedgate.sim.scenario;

import io.github.reedgate.sim.SimulatedLines;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays one scenario at a time on simulated lines in real time, on a thread of its own. Safe for use by any thread.
 */
public final class ScenarioPlayer implements AutoCloseable {

    /** The slowest and the fastest speed: so many scenario seconds a second. */
    public static final double MIN_SPEED = 0.01;

    /** See {@link #MIN_SPEED}. */
    public static final double MAX_SPEED = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(ScenarioPlayer.class);
    private static final long CLOSE_LIMIT_MILLIS = 2_000;

    private final SimulatedLines lines;
    private final Consumer<String> marks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private PlayStatus status = PlayStatus.IDLE;
    private @Nullable Thread thread;
    private boolean stopping;

    /**
     * Plays on these lines, which somebody else drives in real time.
     *
     * @param marks called with the text of each mark passed, on the player's thread; a failure of it ends the scenario
     */
    public ScenarioPlayer(SimulatedLines lines, Consumer<String> marks) {
        this.lines = lines;
        this.marks = marks;
    }

    /**
     * Begins to play and returns at once.
     *
     * @param scenario what; its doors must exist
     * @param seed where the scenario's chance begins if it does not say; if it does, the lines' chance begins there too
     * @param speed scenario seconds a second, {@link #MIN_SPEED} to {@link #MAX_SPEED}; bounces keep their own pace
     * @throws IllegalStateException if one is playing
     * @throws IllegalArgumentException if the speed is out of range or there is no line
     */
    public void play(Scenario scenario, long seed, double speed) {
        if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) {
            throw new IllegalArgumentException(
                    "speed " + speed + " is out of range; " + MIN_SPEED + " to " + (long) MAX_SPEED + " is allowed");
        }
        Cues cues = new Cues(scenario, lines.names(), seed);
        lock.lock();
        try {
            if (status.playing()) {
                throw new IllegalStateException("'" + status.title() + "' is playing; stop it first");
            }
            status = new PlayStatus(true, scenario.title(), 0, Duration.ZERO, "");
            stopping = false;
            scenario.seed().ifPresent(lines::seed);
            Thread made = new Thread(() -> run(cues, speed), "sim-scenario");
            made.setDaemon(true);
            thread = made;
            made.start();
        } finally {
            lock.unlock();
        }
    }

    /** What is playing, or how the last one ended. */
    public PlayStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing plays.
     *
     * @return false if something still does after that time
     */
    public boolean await(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (status.playing() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !status.playing();
        } finally {
            lock.unlock();
        }
    }

    /** Stops what is playing; doors stay where they are. Returns false if nothing was. */
    public boolean stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
            return status.playing();
        } finally {
            lock.unlock();
        }
    }

    /** Stops and waits for the thread, two seconds at most. */
    @Override
    public void close() {
        stop();
        Thread playing = thread;
        if (playing == null) {
            return;
        }
        try {
            playing.join(CLOSE_LIMIT_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Cues cues, double speed) {
        long beginNanos = System.nanoTime();
        try {
            while (cues.hasNext()) {
                Cue cue = cues.next();
                if (!waitUntil(beginNanos + (long) (cue.atNanos() / speed))) {
                    return;
                }
                cue.perform(lines);
                passed(cue);
                if (cue.verb() == Verb.MARK) {
                    marks.accept(cue.text());
                }
            }
        } catch (RuntimeException failed) {
            LOG.error("the scenario is ended by a failure", failed);
        } finally {
            ended();
        }
    }

    /** False if it is to stop. */
    private boolean waitUntil(long dueNanos) {
        lock.lock();
        try {
            long left = dueNanos - System.nanoTime();
            while (!stopping && left > 0) {
                changed.await(left, TimeUnit.NANOSECONDS);
                left = dueNanos - System.nanoTime();
            }
            return !stopping;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void passed(Cue cue) {
        lock.lock();
        try {
            String mark = cue.verb() == Verb.MARK ? cue.text() : status.lastMark();
            Duration at = Duration.ofNanos(cue.atNanos());
            status = new PlayStatus(true, status.title(), status.cues() + 1, at, mark);
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            status = new PlayStatus(false, status.title(), status.cues(), status.at(), status.lastMark());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
