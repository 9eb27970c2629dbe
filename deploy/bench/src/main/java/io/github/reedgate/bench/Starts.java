package io.github.reedgate.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts the installed gateway several times, one simulated door, and measures from the start of the process to the door's
 * retained state at a subscriber in another process; then how much memory the idle gateway holds.
 */
final class Starts {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Distribution dist;
    private final Broker.Kind kind;
    private final Path folder;
    private final PrintWriter out;

    Starts(Distribution dist, Broker.Kind kind, Path folder, PrintWriter out) {
        this.dist = dist;
        this.kind = kind;
        this.folder = folder;
        this.out = out;
    }

    /** Measures that many starts and prints the figures. */
    void run(int count) {
        long[] nanos = new long[count];
        try (Broker broker = Broker.start(kind, folder)) {
            out.printf("broker: %s, loopback%n", broker.name());
            for (int i = 0; i < count; i++) {
                // a retained state of the start before would be taken for this one's
                String id = "start" + i;
                Path configuration = configuration(id, broker.port());
                String topic = "reedgate/" + id + "/front_door/state";
                try (Subscriber subscriber = Subscriber.start(broker.port(), "bench-" + id, topic)) {
                    boolean last = i == count - 1;
                    nanos[i] = start(configuration, subscriber, last);
                }
                out.printf(Locale.ROOT, "start %d of %d: %.0f ms%n", i + 1, count, nanos[i] / 1e6);
                out.flush();
            }
        }
        Figures figures = new Figures(nanos);
        out.printf(
                Locale.ROOT,
                "%nprocess start to first retained state: median %.0f ms, least %.0f, most %.0f (%d starts)%n",
                figures.medianMillis(),
                figures.percentileMillis(0),
                figures.maxMillis(),
                count);
        out.flush();
    }

    private long start(Path configuration, Subscriber subscriber, boolean last) {
        long beginNanos = System.nanoTime();
        Child gateway = Child.start(
                "gateway",
                folder,
                List.of(dist.launcher().toString(), "run", "--simulate", "-c", configuration.toString()));
        try {
            Arrival first = subscriber.take(1, LIMIT).get(0);
            if (last) {
                LockSupport.parkNanos(IDLE.toNanos());
                out.printf("resident memory after %d s at rest: %s%n", IDLE.toSeconds(), residentMemory(gateway.pid()));
            }
            return first.atNanos() - beginNanos;
        } finally {
            gateway.terminate();
        }
    }

    private Path configuration(String id, int port) {
        try {
            Path state = Files.createDirectories(folder.resolve(id));
            return Files.writeString(folder.resolve(id + ".yaml"), """
                    gateway:
                      id: %s
                    state_dir: %s
                    broker:
                      url: mqtt://localhost:%d
                    sensors:
                      front_door:
                        line: 17
                    """.formatted(id, state, port));
        } catch (IOException e) {
            throw new BenchException("no configuration can be written to " + folder, e);
        }
    }

    private static String residentMemory(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    long kilobytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
                    return kilobytes / 1024 + " MiB";
                }
            }
            return "not told by this system";
        } catch (IOException e) {
            throw new BenchException("the memory of process " + pid + " can't be read", e);
        }
    }
}
