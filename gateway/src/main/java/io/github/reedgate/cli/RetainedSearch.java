package io.github.reedgate.cli;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.Diagnosis;
import io.github.reedgate.link.LinkException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a broker what it keeps under some topic filters. A broker does not say when it has shown everything: it has when it was
 * silent for a while. Each search has a connection of its own. Used by one thread.
 */
final class RetainedSearch {

    /** The longest that one search takes, however much there is. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final BrokerSettings settings;
    private final ClientFactory factory;
    private final Duration quiet;

    /**
     * Prepares; connects to nothing yet.
     *
     * @param quiet how long the broker has to be silent
     */
    RetainedSearch(BrokerSettings settings, ClientFactory factory, Duration quiet) {
        this.settings = settings;
        this.factory = factory;
        this.quiet = quiet;
    }

    /**
     * What was found.
     *
     * @param payloads each topic that is kept, with its payload
     * @param refusals what the broker does not let this user read, in words; none does not mean that it showed everything
     */
    record Finding(Map<String, String> payloads, List<String> refusals) {}

    /** Why there was no search at all. */
    static final class NoSearch extends Exception {

        private static final long serialVersionUID = 1L;

        private final int exitCode;

        private NoSearch(int exitCode, String message) {
            super(message);
            this.exitCode = exitCode;
        }

        /** One of {@link ExitCode}. */
        int exitCode() {
            return exitCode;
        }
    }

    /**
     * Searches; blocks for a minute at most, and then two seconds to take leave.
     *
     * @throws NoSearch if the broker can't be reached or does not let us in
     */
    Finding under(List<String> filters) throws NoSearch, InterruptedException {
        LinkedBlockingQueue<Mqtt5Publish> arrived = new LinkedBlockingQueue<>();
        WatchPlan plan =
                new WatchPlan(settings, filters, Optional.empty(), OptionalLong.empty(), Optional.empty(), true);
        Subscription subscription;
        try {
            subscription = new Subscription(plan, factory, arrived::add, Runnable::run);
        } catch (LinkException e) {
            throw trouble(e);
        }
        long endNanos = System.nanoTime() + LIMIT.toNanos();
        try {
            subscription.connect().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            List<String> refusals = subscribe(subscription);
            return new Finding(listen(arrived, endNanos), refusals);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw trouble(subscription.ended().getNow(cause));
        } catch (TimeoutException e) {
            throw new NoSearch(
                    ExitCode.UNREACHABLE,
                    "broker " + factory.server() + " did not let us in within " + Durations.text(LIMIT));
        } finally {
            subscription.close();
        }
    }

    /** What is refused; some brokers end the connection over a subscription that they do not allow. */
    private List<String> subscribe(Subscription subscription) throws InterruptedException {
        try {
            return subscription.subscribe().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return List.of(diagnosis(subscription.ended().getNow(cause)).message());
        } catch (TimeoutException e) {
            return List.of("the subscription was not answered within " + Durations.text(LIMIT));
        }
    }

    private Map<String, String> listen(LinkedBlockingQueue<Mqtt5Publish> arrived, long endNanos)
            throws InterruptedException {
        Map<String, String> payloads = new TreeMap<>();
        long silentNanos = System.nanoTime() + quiet.toNanos();
        while (System.nanoTime() - silentNanos < 0 && System.nanoTime() - endNanos < 0) {
            Mqtt5Publish next = arrived.poll(Math.max(1, silentNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next != null) {
                next.acknowledge();
                if (next.isRetain() && next.getPayload().isPresent()) {
                    payloads.put(
                            next.getTopic().toString(), new String(next.getPayloadAsBytes(), StandardCharsets.UTF_8));
                    silentNanos = System.nanoTime() + quiet.toNanos();
                }
            }
        }
        return payloads;
    }

    private NoSearch trouble(Throwable failure) {
        Diagnosis diagnosis = diagnosis(failure);
        return new NoSearch(Troubles.exitCode(diagnosis.trouble()), diagnosis.message());
    }

    private Diagnosis diagnosis(Throwable failure) {
        return Diagnosis.of(failure, factory.server(), settings);
    }
}
