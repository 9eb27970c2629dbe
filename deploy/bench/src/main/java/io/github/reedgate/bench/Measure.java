package io.github.reedgate.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the options and measures; {@code deploy/bench-latency} documents them. */
@Command(name = "bench-latency", mixinStandardHelpOptions = true)
final class Measure implements Callable<Integer> {

    private static final double ALLOWED_RATIO = 1.3;

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Option(names = "--dist", required = true, paramLabel = "DIR", description = "The distribution's folder.")
    private @SuppressWarnings("NullAway.Init") Path dist;

    @Option(names = "--folder", required = true, paramLabel = "DIR", description = "For logs and state.")
    private @SuppressWarnings("NullAway.Init") Path folder;

    @Option(names = "--broker", description = "mosquitto or embedded.")
    private Broker.@Nullable Kind broker;

    @Option(names = "--rounds", description = "Rounds of each publisher, or starts.")
    private int rounds = 10;

    @Option(names = "--events", description = "Events of a round.")
    private int events = 300;

    @Option(names = "--warm-up", description = "Events before the first round.")
    private int warmUp = 3_000;

    @Option(names = "--assert", description = "Exit with 1 if a ratio is above the allowed one.")
    private boolean asserting;

    @Option(names = "--start", description = "Measure the start and the memory instead.")
    private boolean start;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Broker.Kind kind = Optional.ofNullable(broker).orElseGet(Broker::usual);
        try {
            if (start) {
                new Starts(new Distribution(dist), kind, folder, out).run(rounds);
                return 0;
            }
            Latency.Plan plan = new Latency.Plan(kind, new Distribution(dist), folder, rounds, events, warmUp);
            Report report = new Latency(plan, out).run();
            report.print(out);
            boolean tooSlow = report.medianRatio() > ALLOWED_RATIO || report.p99Ratio() > ALLOWED_RATIO;
            out.printf(Locale.ROOT, "%n%s %.1f times the bare publish%n", tooSlow ? "ABOVE" : "within", ALLOWED_RATIO);
            out.flush();
            return tooSlow && asserting ? 1 : 0;
        } catch (BenchException e) {
            spec.commandLine().getErr().println("bench-latency: " + e.getMessage());
            return 2;
        }
    }
}
