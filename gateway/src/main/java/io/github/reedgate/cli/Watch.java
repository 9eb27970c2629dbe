package io.github.reedgate.cli;

import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.github.reedgate.link.BrokerSettings.Timing;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.Diagnosis;
import io.github.reedgate.link.LinkException;
import io.github.reedgate.link.LinkTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Subscribes, hands on what comes and connects again for ever, until it is stopped, has seen enough or must give up. A
 * message is acknowledged after it was handed on, so that what is not printed any more stays in a session that lasts.
 * {@link #run} belongs to one thread, {@link #stop} to any.
 */
final class Watch {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(4);

    private final WatchPlan plan;
    private final ClientFactory factory;
    private final Predicate<Received> sink;
    private final Consumer<String> status;
    private final CompletableFuture<Integer> verdict = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final SeenIds seenIds = new SeenIds();
    private long printed;
    private boolean wasConnected;
    private int failures;
    private String lastTrouble = "";

    /**
     * Prepares; connects to nothing yet.
     *
     * @param sink takes each message on one thread; false means that nobody reads any more
     * @param status takes lines on how it goes
     */
    Watch(WatchPlan plan, ClientFactory factory, Predicate<Received> sink, Consumer<String> status) {
        this.plan = plan;
        this.factory = factory;
        this.sink = sink;
        this.status = status;
    }

    /** Watches; blocks until the end and returns the exit code. */
    int run() throws InterruptedException {
        // Its thread ends by itself; an executor that is shut down would refuse what the client still hands over.
        ThreadPoolExecutor receiving =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Watch::thread);
        receiving.allowCoreThreadTimeOut(true);
        plan.limit()
                .ifPresent(limit ->
                        verdict.completeOnTimeout(ExitCode.TIMED_OUT, limit.toMillis(), TimeUnit.MILLISECONDS));
        try {
            while (!verdict.isDone()) {
                connectOnce(receiving).ifPresent(this::troubled);
            }
            return exitCode();
        } finally {
            finished.countDown();
        }
    }

    /** Ends {@link #run} with a clean disconnect and waits for that, 4 s at most. */
    void stop() {
        verdict.complete(ExitCode.OK);
        try {
            if (!finished.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                status.accept("the connection did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "watch-print");
        thread.setDaemon(true);
        return thread;
    }

    private int exitCode() {
        int code = verdict.join();
        if (code != ExitCode.TIMED_OUT || plan.count().isPresent()) {
            return code;
        }
        return wasConnected ? ExitCode.OK : ExitCode.UNREACHABLE;
    }

    /** One connection from its beginning to its end; empty if the end was wanted. */
    private Optional<Diagnosis> connectOnce(Executor receiving) throws InterruptedException {
        Subscription subscription;
        try {
            subscription = new Subscription(plan, factory, this::receive, receiving);
        } catch (LinkException e) {
            return Optional.of(Diagnosis.of(e, factory.server(), plan.settings()));
        }
        // What a session kept can be here before the client tells of the connection; it waits for the greeting, so that
        // a last message never ends the watch before its connection is known to stand.
        CountDownLatch greeted = new CountDownLatch(1);
        receiving.execute(() -> awaitGreeting(greeted));
        try {
            Optional<Mqtt5ConnAck> answer = await(subscription.connect());
            answer.filter(Mqtt5ConnAck::isSessionPresent).ifPresent(connAck -> {
                connected(connAck);
                greeted.countDown();
            });
            if (answer.isPresent() && !verdict.isDone()) {
                await(within(subscription.subscribe())).ifPresent(refusals -> subscribed(answer.get(), refusals));
            }
            greeted.countDown();
            Throwable end = await(subscription.ended()).orElse(null);
            return Optional.ofNullable(end).map(this::diagnosis);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            // Why the connection ended says more than that the answer will not come.
            return Optional.of(
                    cause instanceof TimeoutException
                            ? noSubAck()
                            : diagnosis(subscription.ended().getNow(cause)));
        } finally {
            greeted.countDown();
            if (!subscription.close()) {
                status.accept("broker " + factory.server() + " did not take leave in time");
            }
        }
    }

    private static void awaitGreeting(CountDownLatch greeted) {
        try {
            greeted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> CompletableFuture<T> within(CompletableFuture<T> answer) {
        return answer.orTimeout(plan.settings().timing().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Diagnosis diagnosis(Throwable failure) {
        return Diagnosis.of(failure, factory.server(), plan.settings());
    }

    private Diagnosis noSubAck() {
        return new Diagnosis(LinkTrouble.NO_ANSWER, "broker " + factory.server() + " does not answer the subscription");
    }

    /** Waits for a result; empty if the end is wanted before it is there. */
    private <T> Optional<T> await(CompletableFuture<T> result) throws InterruptedException, ExecutionException {
        CompletableFuture.anyOf(result.handle((value, failure) -> ""), verdict).get();
        return result.isDone() ? Optional.of(result.get()) : Optional.empty();
    }

    private void connected(Mqtt5ConnAck answer) {
        boolean again = wasConnected;
        wasConnected = true;
        failures = 0;
        lastTrouble = "";
        String start = (again ? "connected again to " : "connected to ") + factory.server();
        if (plan.session().isEmpty()) {
            status.accept(again ? start + "; what was sent in between is missed, unless --persistent is given" : start);
            return;
        }
        Duration kept = answer.getSessionExpiryInterval().isPresent()
                ? Duration.ofSeconds(answer.getSessionExpiryInterval().getAsLong())
                : plan.session().get();
        String keeps = "the broker keeps messages for " + plan.settings().clientId() + " for " + Durations.text(kept)
                + " after this watch has ended";
        status.accept(
                answer.isSessionPresent()
                        ? start + "; session present: what was missed arrives now; " + keeps
                        : start + "; no session present: nothing was kept until now; " + keeps);
    }

    private void subscribed(Mqtt5ConnAck answer, List<String> refusals) {
        if (refusals.isEmpty()) {
            if (!answer.isSessionPresent()) {
                connected(answer);
            }
            return;
        }
        refusals.forEach(refusal -> status.accept("the broker refused to subscribe to " + refusal));
        verdict.complete(ExitCode.REFUSED);
    }

    private void receive(Mqtt5Publish publish) {
        try {
            if (verdict.isDone()) {
                return;
            }
            if (!sink.test(seenIds.mark(Received.of(publish, Instant.now())))) {
                verdict.complete(ExitCode.OK);
                return;
            }
            publish.acknowledge();
            printed++;
            if (plan.count().isPresent() && printed == plan.count().getAsLong()) {
                verdict.complete(ExitCode.OK);
            }
        } catch (RuntimeException e) {
            // The client silently ends the flow of messages when its callback throws.
            status.accept("a message could not be printed: " + e);
        }
    }

    private void troubled(Diagnosis diagnosis) {
        if (verdict.isDone()) {
            return;
        }
        LinkTrouble trouble = diagnosis.trouble();
        boolean hopeless = !wasConnected && !Troubles.healsByItself(trouble);
        if (hopeless || plan.exitOnDisconnect()) {
            status.accept(diagnosis.message());
            verdict.complete(Troubles.exitCode(trouble));
            return;
        }
        Duration pause = pause(trouble);
        if (!diagnosis.message().equals(lastTrouble)) {
            lastTrouble = diagnosis.message();
            status.accept(diagnosis.message() + "; trying again for ever, first in " + Durations.text(pause));
        }
        try {
            verdict.get(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            failures++;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            verdict.complete(ExitCode.FAILED);
        }
    }

    private Duration pause(LinkTrouble trouble) {
        Timing timing = plan.settings().timing();
        if (!Troubles.healsByItself(trouble)) {
            return timing.retryRefused();
        }
        long ceiling = timing.retryFirst().toMillis() << Math.min(failures, 20);
        long millis = Math.min(ceiling, timing.retryMax().toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }
}
