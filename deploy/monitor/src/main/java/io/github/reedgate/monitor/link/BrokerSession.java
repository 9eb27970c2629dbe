package io.github.reedgate.monitor.link;

import io.github.reedgate.link.BrokerSettings.Timing;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.Diagnosis;
import io.github.reedgate.link.LinkException;
import io.github.reedgate.link.LinkTrouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session with the broker: connects, subscribes, and after each end connects again with a new client. Its thread
 * {@code broker-session} blocks; {@link #publish} may be called by any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is not published is published again on the next connection
public final class BrokerSession {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(8);
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);

    private final SessionPlan plan;
    private final ClientFactory factory;
    private final SessionEvents events;
    private final BooleanSupplier mayConnect;
    private final CompletableFuture<Boolean> stop = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "broker-session");
    private volatile @Nullable OneConnection present;
    private int failures;

    /**
     * A session that has not begun.
     *
     * @param events told what happens
     * @param mayConnect false while no more messages can be taken; the connection is ended then
     */
    public BrokerSession(SessionPlan plan, ClientFactory factory, SessionEvents events, BooleanSupplier mayConnect) {
        this.plan = plan;
        this.factory = factory;
        this.events = events;
        this.mayConnect = mayConnect;
        thread.setDaemon(true);
    }

    /** Begins to connect. */
    public void start() {
        thread.start();
    }

    /**
     * Publishes at QoS 1 if there is a connection; returns at once.
     *
     * @return true if the broker took it; false if it did not, or there is no connection
     */
    public CompletableFuture<Boolean> publish(String topic, String payload, boolean retain) {
        OneConnection connection = present;
        return connection == null
                ? CompletableFuture.completedFuture(false)
                : connection.publish(topic, payload, retain);
    }

    /** Publishes a request at QoS 1 if there is a connection; returns at once. The result is what the broker said to it. */
    public CompletableFuture<Sent> publish(SessionRequest request) {
        OneConnection connection = present;
        return connection == null ? CompletableFuture.completedFuture(Sent.FAILED) : connection.publish(request);
    }

    private void run() {
        while (!stop.isDone()) {
            try {
                if (mayConnect.getAsBoolean()) {
                    connectOnce().ifPresent(this::pause);
                } else {
                    await(LOOK);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("the session failed; it goes on", e);
                pause(new Diagnosis(LinkTrouble.NETWORK, e.toString()));
            }
        }
    }

    /** One connection from its beginning to its end; empty if the end was wanted. */
    private Optional<Diagnosis> connectOnce() throws InterruptedException {
        boolean isUp = false;
        OneConnection connection = null;
        Diagnosis why;
        try {
            connection = new OneConnection(plan, factory, events);
            boolean sessionPresent = connection.connect();
            connection.subscribe();
            connection.publish(plan.availability(), "online", true);
            present = connection;
            isUp = true;
            failures = 0;
            events.up(sessionPresent);
            Optional<Throwable> end = awaitEnd(connection);
            if (end.isEmpty()) {
                return Optional.empty();
            }
            why = Diagnosis.of(end.get(), factory.server(), plan.settings());
        } catch (LinkException e) {
            why = Diagnosis.of(e, factory.server(), plan.settings());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            Throwable reason = connection == null ? cause : connection.ended().getNow(cause);
            why = Diagnosis.of(reason, factory.server(), plan.settings());
        } finally {
            present = null;
            if (connection != null) {
                connection.abandon();
            }
        }
        events.down(isUp, why.trouble(), why.message());
        return Optional.of(why);
    }

    /** Waits for the end of the connection; ends it if it is wanted, or if no more messages can be taken. */
    private Optional<Throwable> awaitEnd(OneConnection connection) throws InterruptedException {
        while (!stop.isDone() && !connection.ended().isDone()) {
            if (!mayConnect.getAsBoolean()) {
                present = null;
                connection.abandon();
                events.down(
                        true,
                        LinkTrouble.STOPPED,
                        "too much waits for the history; connecting again once it is stored");
                return Optional.empty();
            }
            try {
                CompletableFuture.anyOf(connection.ended(), stop).get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.trace("still connected");
            } catch (ExecutionException e) {
                return Optional.of(e);
            }
        }
        if (connection.ended().isDone()) {
            return Optional.of(connection.ended().join());
        }
        connection.close();
        return Optional.empty();
    }

    private void pause(Diagnosis why) {
        Timing timing = plan.settings().timing();
        failures++;
        Duration wait = switch (why.trouble()) {
            case NETWORK, NO_ANSWER, UNREADABLE, STOPPED -> {
                long most = Math.min(
                        timing.retryFirst().toMillis() << Math.min(failures - 1, 20),
                        timing.retryMax().toMillis());
                yield Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
            }
            default -> timing.retryRefused();
        };
        try {
            await(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Duration wait) throws InterruptedException {
        try {
            stop.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.trace("waited");
        }
    }

    /** Says good-bye and ends; blocks for some seconds at most. */
    public void close() throws InterruptedException {
        stop.complete(true);
        thread.join(CLOSE_LIMIT.toMillis());
    }
}
