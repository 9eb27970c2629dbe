package io.github.reedgate.link;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a connection is dead within about twice our own keep-alive, whatever keep-alive the broker asked for. It ends a
 * connection on which publishes wait and none was acknowledged for so long, or one of them for twice as long. If the broker
 * stretched the keep-alive, an UNSUBSCRIBE of a topic that is never subscribed to asks for a sign of life instead of PINGREQ,
 * which the library sends at the broker's interval. Owned by thread {@code broker-link}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each callback is guarded by the caller
final class LineWatch {

    private static final int LOOKS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(LineWatch.class);

    private final Duration keepAlive;
    private final String unsubscribed;
    private final ScheduledExecutorService thread;
    private final Dead dead;
    private @Nullable Connection watched;
    private int looks;
    private boolean isAsked;

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

    /** A connection is up; {@code asks} if the broker's keep-alive is longer than ours, or off. */
    void up(Connection connection, boolean asks) {
        watched = connection;
        looks = 0;
        isAsked = false;
        later(connection, asks);
    }

    private void later(Connection connection, boolean asks) {
        thread.schedule(
                () -> {
                    try {
                        look(connection, asks);
                    } catch (RuntimeException e) {
                        LOG.error("watching the connection failed", e);
                    }
                },
                Math.max(1, keepAlive.toMillis() / LOOKS),
                TimeUnit.MILLISECONDS);
    }

    /** The connection has ended. */
    void ended() {
        watched = null;
    }

    private void look(Connection connection, boolean asks) {
        if (connection != watched) {
            return;
        }
        looks++;
        Duration patience = keepAlive.multipliedBy(2).minus(keepAlive.dividedBy(LOOKS));
        boolean isAskedInVain = asks && looks % LOOKS == 0 && isAsked;
        if (isAskedInVain || connection.isStuck(patience, System.nanoTime())) {
            dead.told(
                    connection,
                    (isAskedInVain ? "a sign of life" : "the acknowledgement of a message") + " did not come within "
                            + (isAskedInVain ? keepAlive : patience).toSeconds() + " s");
            return;
        }
        if (asks && looks % LOOKS == 0) {
            isAsked = true;
            connection
                    .ask(unsubscribed)
                    .whenComplete((ack, error) -> thread.execute(() -> {
                        if (connection == watched) {
                            isAsked = false;
                        }
                    }));
        }
        later(connection, asks);
    }
}
