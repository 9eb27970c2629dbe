package io.github.reedgate.link;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a connection is dead within twice our own keep-alive, whatever keep-alive the broker asked for:
 * {@link Silence} says when to ask for a sign of life, and when it is late. The question is an UNSUBSCRIBE of a topic that is
 * never subscribed to, because the library sends PINGREQ only by itself. It also ends a living connection on which publishes
 * wait and none was acknowledged for nearly twice the keep-alive, or one of them for twice as long. Owned by thread
 * {@code broker-link}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each callback is guarded by the caller
final class LineWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LineWatch.class);

    private final Duration keepAlive;
    private final String unsubscribed;
    private final ScheduledExecutorService thread;
    private final Dead dead;
    private @Nullable Connection watched;
    private boolean hasFailed;

    /** Told when a connection is dead. */
    @FunctionalInterface
    interface Dead {
        /** Says what did not come; the connection has to be ended. */
        void told(Connection connection, String what);
    }

    /**
     * Watches nothing yet.
     *
     * @param keepAlive our own
     * @param unsubscribed a topic that is never subscribed to
     * @param thread the thread that owns this
     * @param dead told on it
     */
    LineWatch(Duration keepAlive, String unsubscribed, ScheduledExecutorService thread, Dead dead) {
        this.keepAlive = keepAlive;
        this.unsubscribed = unsubscribed;
        this.thread = thread;
        this.dead = dead;
    }

    /** A connection is up; {@code isStretched} if the broker's keep-alive is longer than ours, or off. */
    void up(Connection connection, boolean isStretched) {
        watched = connection;
        hasFailed = false;
        connection.silence().begin(System.nanoTime());
        later(connection, isStretched);
    }

    private void later(Connection connection, boolean isStretched) {
        thread.schedule(
                () -> watch(connection, isStretched),
                Math.max(1, keepAlive.toMillis() / Silence.LOOKS),
                TimeUnit.MILLISECONDS);
    }

    /** One look, and the next: a look that fails must not be the last, or a dead line would stay hidden. */
    private void watch(Connection connection, boolean isStretched) {
        if (connection != watched) {
            return;
        }
        try {
            if (isDead(connection, isStretched)) {
                return;
            }
        } catch (RuntimeException e) {
            if (!hasFailed) {
                LOG.error("a look at the connection failed; it is looked at on", e);
            }
            hasFailed = true;
        }
        later(connection, isStretched);
    }

    /** The connection has ended. */
    void ended() {
        watched = null;
    }

    /** Tells if it is dead, else asks for a sign of life where one is needed. */
    private boolean isDead(Connection connection, boolean isStretched) {
        long nowNanos = System.nanoTime();
        Duration patience = keepAlive.multipliedBy(2).minus(keepAlive.dividedBy(Silence.LOOKS));
        Silence.Step step = connection.silence().look(keepAlive, isStretched, nowNanos);
        if (step == Silence.Step.END) {
            late(connection, "a sign of life", Silence.patience(keepAlive));
            return true;
        }
        if (connection.isStuck(patience, nowNanos)) {
            late(connection, "the acknowledgement of a message", patience);
            return true;
        }
        if (step == Silence.Step.ASK) {
            connection.ask(unsubscribed);
        }
        return false;
    }

    private void late(Connection connection, String what, Duration limit) {
        dead.told(connection, what + " did not come within " + limit.toSeconds() + " s");
    }
}
