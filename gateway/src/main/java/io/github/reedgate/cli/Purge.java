package io.github.reedgate.cli;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at a broker for what a gateway has left there, empties it and looks again. Used once, by one thread. */
final class Purge {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final BrokerSettings settings;
    private final ClientFactory factory;
    private final Duration quiet;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Set<String> emptied = new LinkedHashSet<>();

    /**
     * Prepares; connects to nothing yet.
     *
     * @param settings the broker, with a client id that no gateway has
     * @param quiet how long the broker has to be silent until it has shown everything
     */
    Purge(BrokerSettings settings, ClientFactory factory, Duration quiet, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.factory = factory;
        this.quiet = quiet;
        this.out = out;
        this.err = err;
    }

    /**
     * What is left.
     *
     * @param shown the gateway's topics that the broker shows
     * @param all the same and behind them those that are only remembered
     * @param online a topic that says that its gateway is online; empty if none does
     */
    record Left(Set<String> shown, List<String> all, String online) {

        /** How many are only remembered. */
        int onlyRemembered() {
            return all.size() - shown.size();
        }
    }

    /**
     * Looks at the broker; tells what it does not show, and what is left alone.
     *
     * @throws RetainedSearch.NoSearch if the broker can't be reached or does not let us in
     */
    Left look(PurgeScope scope) throws RetainedSearch.NoSearch, InterruptedException {
        RetainedSearch.Finding finding = search(scope);
        Set<String> shown = new TreeSet<>(finding.payloads().keySet());
        shown.removeIf(scope.owned().negate());
        List<String> others = finding.payloads().keySet().stream()
                .filter(topic -> !shown.contains(topic))
                .toList();
        finding.refusals().forEach(refusal -> err.println("reedgate: the broker does not show everything: " + refusal));
        if (!others.isEmpty()) {
            err.println("reedgate: left alone, for this gateway never published it: "
                    + SafeText.line(String.join(", ", others), 1_000));
        }
        String online = shown.stream()
                .filter(topic -> topic.endsWith("/availability")
                        && finding.payloads().getOrDefault(topic, "").equals("online"))
                .findFirst()
                .orElse("");
        Left left = new Left(shown, scope.all(shown), online);
        if (left.onlyRemembered() > 0) {
            err.println(
                    "reedgate: " + left.onlyRemembered() + " of " + left.all().size()
                            + " topics are only remembered: the broker has nothing there, or its access rules do not let "
                            + who() + " read it");
        }
        return left;
    }

    private RetainedSearch.Finding search(PurgeScope scope) throws RetainedSearch.NoSearch, InterruptedException {
        return new RetainedSearch(settings, factory, quiet).under(scope.filters());
    }

    private String who() {
        return settings.user().map(user -> "user '" + user + "'").orElse("anonymous clients");
    }

    /** Empties topics, each told; one that is refused hinders no other. Returns an exit code. */
    int empty(List<String> topics) throws InterruptedException {
        List<Mqtt5Publish> messages = topics.stream()
                .map(topic -> Mqtt5Publish.builder()
                        .topic(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .retain(true)
                        .build())
                .toList();
        int worst = ExitCode.OK;
        int done = 0;
        while (done < messages.size()) {
            AtomicInteger answered = new AtomicInteger();
            // another connection behind each refusal: some brokers end the one on which they refuse
            Publication.Result result = new Publication(settings, factory)
                    .send(messages.subList(done, messages.size()), LIMIT, (message, one) -> {
                        answered.incrementAndGet();
                        tell(message.getTopic().toString(), one);
                    });
            boolean isRefused = result.exitCode() == ExitCode.REFUSED && answered.get() > 0;
            if (result.exitCode() != ExitCode.OK && !isRefused) {
                err.println("reedgate: " + result.message());
                return result.exitCode();
            }
            worst = isRefused ? ExitCode.REFUSED : worst;
            done += answered.get();
        }
        return worst;
    }

    private void tell(String topic, Publication.Result result) {
        if (result.exitCode() == ExitCode.OK) {
            emptied.add(topic);
            out.println("emptied " + topic);
            out.flush();
        } else {
            err.println("reedgate: not emptied: " + topic + ": " + result.message());
        }
    }

    /** What has been emptied, acknowledged by the broker, and was not found there again. */
    Set<String> emptied() {
        return new LinkedHashSet<>(emptied);
    }

    /**
     * Looks again and tells what came of it. Returns an exit code: it failed if anything that was emptied is there.
     *
     * @throws RetainedSearch.NoSearch if the broker can't be reached any more
     */
    int verify(PurgeScope scope, Left before) throws RetainedSearch.NoSearch, InterruptedException {
        Set<String> still = new TreeSet<>(search(scope).payloads().keySet());
        still.retainAll(emptied);
        if (!still.isEmpty()) {
            emptied.removeAll(still);
            still.forEach(topic -> err.println(
                    "reedgate: there again: " + topic + "; somebody publishes it, perhaps a gateway that still runs"));
            return ExitCode.FAILED;
        }
        Folded.print(
                out,
                emptied.size() + " topics are empty: the broker acknowledged each"
                        + (before.shown().isEmpty() ? "" : ", and shows none of them any more"),
                2);
        return ExitCode.OK;
    }
}
