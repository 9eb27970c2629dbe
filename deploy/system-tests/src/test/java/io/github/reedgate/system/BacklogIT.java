package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.FaultyProxy;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand events wait, and the heap is small. */
@Tag("fault")
@Tag("heavy")
final class BacklogIT {

    private static final int EVENTS = 100_000;
    private static final int DOORS = 32;
    private static final String HEAP = "-Xmx64m";
    private static final double LEAST_SHARE = 0.7;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** As many moves as a sensor may make in a minute without counting as chattering; a start counts anew. */
    private static final String SPREE = """
            repeat 290 every 30ms
              open all with clean
              after 15ms close all with clean
            end
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aHundredThousandEventsDrainFromASmallHeapNearlyAsFastAsTheLibraryCan() throws IOException, URISyntaxException {
        Ledger ledger = new Ledger();
        try (TestBroker broker = TestBroker.started(BrokerOptions.plain());
                FaultyProxy line = new FaultyProxy("localhost", broker.port());
                RunningGateway gateway = RunningGateway.configured(folder, Yaml.busyDoors(line.port(), DOORS))
                        .with("REEDGATE_JAVA_OPTS", HEAP)) {
            Witness witness = Witness.of(broker.port(), "witness", ledger::take);
            line.refuse();
            fill(gateway);
            gateway.start();
            StoredEvents store = new StoredEvents(gateway.stateFolder());
            assertThat(store.waiting()).isGreaterThanOrEqualTo(EVENTS);
            long connectNanos = System.nanoTime();
            line.accept();
            Waiting.until("the backlog arrives", LIMIT, () -> ledger.size() >= EVENTS && store.waiting() == 0);
            Duration all = Duration.ofNanos(ledger.newsNanos() - connectNanos);
            Set<String> stored = store.ids();

            assertThat(gateway.isAlive()).as(gateway.logged()).isTrue();
            assertThat(ledger.without(stored)).isEmpty();
            assertThat(ledger.gaps()).isEmpty();
            assertThat(ledger.lateEvents()).isZero();
            witness.close();
            gateway.terminate();
            Ledger bare = bareRun(broker.port(), ledger.size());
            new Outcome(
                            "e2-backlog",
                            "64 MB heap, 100,000 events waiting",
                            1,
                            broker.name(),
                            new Outcome.Counts(
                                    ledger.count("opened", "closed"),
                                    stored.size(),
                                    ledger.size(),
                                    0,
                                    ledger.repeated(),
                                    0,
                                    0),
                            all)
                    .write();
            compare(ledger.perSecond(), bare.perSecond());
        }
    }

    private static void fill(RunningGateway gateway) throws IOException {
        StoredEvents store = new StoredEvents(gateway.stateFolder());
        long waiting = 0;
        while (waiting < EVENTS) {
            gateway.start();
            try (SimWire sim = SimWire.open(gateway.stateFolder().resolve("sim.sock"))) {
                Waiting.during(Duration.ofSeconds(1));
                sim.play(SPREE);
                Waiting.during(Duration.ofSeconds(1));
            }
            gateway.terminate();
            long now = store.waiting();
            assertThat(now).as("messages waiting").isGreaterThan(waiting);
            waiting = now;
        }
    }

    private static Ledger bareRun(int port, int count) throws URISyntaxException {
        Ledger ledger = new Ledger();
        Witness witness = Witness.of(port, "bare-witness", ledger::take);
        Path classes = Path.of(BareLoop.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Installation.Ended ended = Installation.run(
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        classes + ":" + Installation.HOME.resolve("lib") + "/*",
                        BareLoop.class.getName(),
                        Integer.toString(port),
                        Integer.toString(count)),
                Map.of());
        assertThat(ended.code()).as(ended.err()).isZero();
        Waiting.until("all bare messages arrive", () -> ledger.size() == count);
        witness.close();
        return ledger;
    }

    private static void compare(double gateway, double bare) throws IOException {
        Map<String, Object> rate = new LinkedHashMap<>();
        rate.put("gateway_per_second", Math.round(gateway));
        rate.put("bare_per_second", Math.round(bare));
        rate.put("share", Math.round(gateway / bare * 100) / 100.0);
        String json = JSON.std.asString(rate);
        System.out.println("rate " + json);
        Files.writeString(Path.of("target/reliability/rate.json"), json + "\n");
        assertThat(gateway / bare).as(json).isGreaterThanOrEqualTo(LEAST_SHARE);
    }
}
