package io.github.reedgate.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Measures how long an opening takes to a subscriber, beside a bare publish: two JVMs with the same options, the same
 * libraries and the same number of events behind them, in rounds that take turns on one broker.
 */
final class Latency {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final int WARM_UP_HALF_MICROS = 6_000;
    private static final int HALF_MICROS = 25_000;
    private static final int AUDITED = 20;
    private static final String BARE_TOPIC = "reedgate/bare/alarm";

    private final Plan plan;
    private final PrintWriter out;

    /**
     * What to measure.
     *
     * @param broker on which broker
     * @param dist the distribution's folder, whose libraries and options are used
     * @param folder for logs and state; exists
     * @param rounds how many rounds of each; at least 1
     * @param events events of a round; at least 1
     * @param warmUp events before the first round
     */
    record Plan(Broker.Kind broker, Distribution dist, Path folder, int rounds, int events, int warmUp) {}

    Latency(Plan plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
    }

    /** Runs it and prints the progress; the report is the caller's to print. */
    Report run() {
        try (Broker broker = Broker.start(plan.broker(), plan.folder());
                Child gateway = child("gateway", broker, plan.folder().toString());
                Child bare = child("bare", broker, BARE_TOPIC)) {
            out.printf(
                    "broker: %s, loopback, QoS 1%neach publisher: %d events to warm up, then %d rounds of %d events at"
                            + " about %d/s, in turn%n",
                    broker.name(), plan.warmUp(), plan.rounds(), plan.events(), 500_000 / HALF_MICROS);
            out.flush();
            awaitClosed(broker);
            Report report;
            try (Subscriber ofGateway =
                            Subscriber.start(broker.port(), "bench-sub-gateway", GatewayPublisher.ROOT + "/alarm");
                    Subscriber ofBare = Subscriber.start(broker.port(), "bench-sub-bare", BARE_TOPIC)) {
                report = rounds(new Side(gateway, ofGateway), new Side(bare, ofBare));
            }
            audit(broker, gateway);
            return report;
        }
    }

    /** A publisher and who listens to it. */
    private record Side(Child publisher, Subscriber subscriber) {}

    private Child child(String role, Broker broker, String argument) {
        return Child.java(
                role, plan.folder(), plan.dist().jvmOptions(), role, Integer.toString(broker.port()), argument);
    }

    /** The gateway is connected and knows the door once its retained state is there. */
    private static void awaitClosed(Broker broker) {
        String topic = GatewayPublisher.ROOT + "/" + GatewayPublisher.DOOR + "/state";
        try (Subscriber state = Subscriber.start(broker.port(), "bench-sub-state", topic)) {
            Arrival first = state.take(1, LIMIT).get(0);
            if (!first.payload().equals("closed")) {
                throw new BenchException("the door is to be closed at the start, but is " + first.payload());
            }
        }
    }

    private Report rounds(Side gateway, Side bare) {
        Beat warmUp = new Beat(plan.warmUp(), WARM_UP_HALF_MICROS, 0);
        gateway.publisher().begin(warmUp);
        bare.publisher().begin(warmUp);
        for (Side side : List.of(gateway, bare)) {
            int sent = side.publisher().times().size();
            int arrived = side.subscriber().takeUntilQuiet(QUIET).size();
            if (arrived < sent) {
                // so quick that a busy machine may let an opening pass for a pulse; the rounds themselves lose none
                out.printf("%d of %d arrived while warming up; is the machine busy?%n", arrived, sent);
            }
        }
        Report report = new Report();
        for (int round = 1; round <= plan.rounds(); round++) {
            Figures ofGateway = openings(gateway, round);
            Figures ofBare = publishes(bare, round);
            report.add(ofGateway, ofBare);
            out.printf(
                    Locale.ROOT,
                    "round %d of %d: median %.3f and %.3f ms%n",
                    round,
                    plan.rounds(),
                    ofGateway.medianMillis(),
                    ofBare.medianMillis());
            out.flush();
        }
        return report;
    }

    private Figures openings(Side gateway, int seed) {
        gateway.publisher().begin(new Beat(plan.events(), HALF_MICROS, seed));
        List<Long> causes = gateway.publisher().times();
        List<Arrival> arrivals = gateway.subscriber().take(causes.size(), LIMIT);
        return Round.match(causes, arrivals, Arrival::seq, GatewayPublisher.DEBOUNCE.toNanos());
    }

    private Figures publishes(Side bare, int seed) {
        bare.publisher().begin(new Beat(plan.events(), HALF_MICROS, -seed));
        List<Long> causes = bare.publisher().times();
        List<Arrival> arrivals = bare.subscriber().take(causes.size(), LIMIT);
        return Round.match(causes, arrivals, BarePublisher::number, 0);
    }

    /** What the gateway publishes for an opening and a closing, counted apart from the rounds. */
    private void audit(Broker broker, Child gateway) {
        try (Subscriber all = Subscriber.start(broker.port(), "bench-sub-all", GatewayPublisher.ROOT + "/#")) {
            all.takeUntilQuiet(QUIET);
            gateway.begin(new Beat(AUDITED, HALF_MICROS, 0));
            gateway.times();
            Map<String, Long> counts = all.takeUntilQuiet(QUIET).stream()
                    .collect(Collectors.groupingBy(
                            arrival -> arrival.topic().substring(GatewayPublisher.ROOT.length() + 1),
                            TreeMap::new,
                            Collectors.counting()));
            out.printf(
                    "the gateway's messages for %d openings and as many closings: %s%n",
                    AUDITED,
                    counts.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
            out.flush();
        }
    }
}
