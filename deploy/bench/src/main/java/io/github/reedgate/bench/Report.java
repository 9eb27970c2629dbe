package io.github.reedgate.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of all rounds, gateway beside bare publisher. Owned by one thread. */
final class Report {

    private final List<Figures> gateway = new ArrayList<>();
    private final List<Figures> bare = new ArrayList<>();

    /** Adds a round. */
    void add(Figures ofGateway, Figures ofBare) {
        gateway.add(ofGateway);
        bare.add(ofBare);
    }

    /** The ratio of the medians of all events. */
    double medianRatio() {
        return Figures.of(gateway).medianMillis() / Figures.of(bare).medianMillis();
    }

    /** The ratio of the 99th percentiles of all events. */
    double p99Ratio() {
        return Figures.of(gateway).p99Millis() / Figures.of(bare).p99Millis();
    }

    /** Prints all of it. */
    void print(PrintWriter out) {
        Figures ofGateway = Figures.of(gateway);
        Figures ofBare = Figures.of(bare);
        out.printf("%n%-22s %6s %8s %8s %8s %8s%n", "latency in ms", "n", "median", "p90", "p99", "max");
        row(out, "gateway", ofGateway);
        row(out, "bare publish", ofBare);
        out.printf(Locale.ROOT, "%-22s %6s %8.2f %8s %8.2f%n", "ratio", "", medianRatio(), "", p99Ratio());
        out.printf("%n%-22s %8s %8s %8s %8s %8s %8s%n", "round by round", "gateway", "", "bare", "", "ratio", "");
        out.printf("%-22s %8s %8s %8s %8s %8s %8s%n", "", "median", "p99", "median", "p99", "median", "p99");
        for (int i = 0; i < gateway.size(); i++) {
            Figures one = gateway.get(i);
            Figures other = bare.get(i);
            line(out, Integer.toString(i + 1), new double[] {
                one.medianMillis(), one.p99Millis(), other.medianMillis(), other.p99Millis()
            });
        }
        line(out, "median of the rounds", new double[] {
            middle(gateway, Figures::medianMillis),
            middle(gateway, Figures::p99Millis),
            middle(bare, Figures::medianMillis),
            middle(bare, Figures::p99Millis)
        });
        out.flush();
    }

    private static void row(PrintWriter out, String name, Figures figures) {
        out.printf(
                Locale.ROOT,
                "%-22s %6d %8.3f %8.3f %8.3f %8.3f%n",
                name,
                figures.count(),
                figures.medianMillis(),
                figures.percentileMillis(0.9),
                figures.p99Millis(),
                figures.maxMillis());
    }

    private static void line(PrintWriter out, String name, double[] millis) {
        out.printf(
                Locale.ROOT,
                "%-22s %8.3f %8.3f %8.3f %8.3f %8.2f %8.2f%n",
                name,
                millis[0],
                millis[1],
                millis[2],
                millis[3],
                millis[0] / millis[2],
                millis[1] / millis[3]);
    }

    private static double middle(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
