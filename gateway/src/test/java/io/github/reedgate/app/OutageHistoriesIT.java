package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hours of network faults in virtual time, many times over; the seed of a failing one is in the message. The system property
 * {@value #HISTORIES} sets how many.
 */
@Tag("fault")
@Tag("brokerless")
class OutageHistoriesIT {

    private static final String HISTORIES = "reedgate.outage.histories";
    private static final int QUICK = 20;
    private static final int HOURS = 3;
    private static final long SEED = 90_272L;
    private static final Path FOLDER = Path.of("target/reliability");

    private int moves;
    private int events;
    private int received;
    private int troubles;
    private int reconnects;
    private int repeated;
    private int late;
    private int overtaken;
    private Duration recovery = Duration.ZERO;

    private void play(String key, String fault, boolean forgetful) throws IOException {
        int histories = Integer.getInteger(HISTORIES, QUICK);
        for (int history = 0; history < histories; history++) {
            long seed = SEED + history;
            OutageHistory played = new OutageHistory(new Random(seed), forgetful);
            played.play(Duration.ofHours(HOURS));
            played.check("seed " + seed);
            add(played);
        }
        assertThat(troubles).isGreaterThan(histories * HOURS * 5);
        assertThat(reconnects).isGreaterThan(histories * HOURS * 3);
        assertThat(repeated).as("something came again, as it may").isPositive();
        assertThat(overtaken).as("alarms overtook others, as they may").isPositive();
        assertThat(late > 0).as("events came behind newer ones").isEqualTo(forgetful);
        write(key, histories * HOURS + " virtual hours of " + fault);
    }

    @Test
    void hoursOfOutagesFrozenAndSlowLinesAndRefusalsLoseNothingAndKeepTheOrder() throws IOException {
        play("h1-virtual-outages", "outages, frozen and slow lines, refusals", false);
    }

    @Test
    void hoursOfTheSameWithABrokerThatForgetsLoseNoEvent() throws IOException {
        play("h2-virtual-amnesia", "the same with a broker that forgets what it acknowledged", true);
    }

    private void add(OutageHistory played) {
        moves += played.moves();
        events += played.events();
        received += played.broker().eventIds().size();
        troubles += played.troubles();
        reconnects += played.reconnects();
        repeated += played.broker().repeated();
        late += played.broker().late();
        overtaken += played.broker().overtaken();
        recovery = recovery.compareTo(played.recovery()) < 0 ? played.recovery() : recovery;
    }

    private void write(String key, String fault) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("fault", fault);
        row.put("rounds", troubles);
        row.put("broker", "model");
        row.put("moves", moves);
        row.put("sent", events);
        row.put("received", received);
        row.put("lost", events - received);
        row.put("duplicated", repeated);
        row.put("out_of_order", late);
        row.put("late_alarms", overtaken);
        row.put("recovery_ms", recovery.toMillis());
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(key + ".json"), JSON.std.asString(row) + "\n");
    }
}
