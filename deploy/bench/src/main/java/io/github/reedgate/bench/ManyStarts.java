package io.github.reedgate.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.app.GatewayRun;
import io.github.reedgate.app.StartException;
import io.github.reedgate.command.Policy;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ViewerAccount;
import io.github.reedgate.contact.Debounce;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.contact.TroublePolicy;
import io.github.reedgate.contact.Wiring;
import io.github.reedgate.discovery.DiscoverySettings;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.message.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts the gateway again and again on the lines of a GPIO chip that the kernel simulates ({@code gpio-sim}), in one process
 * and with a broker that is none: Pi4J may make a new input deaf, each for itself, unless that is kept from it, and one start in
 * a process of its own takes half a minute in an emulated machine. Prints how late each move was noticed.
 */
final class ManyStarts {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** From one door's move to the next one's: so that none waits for what the others have to tell. */
    private static final Duration APART = Duration.ofMillis(20);

    /** From the start to the first move: the first start of a process has its classes to load. */
    private static final Duration REST = Duration.ofSeconds(2);

    private static final String ROOT = "reedgate/starts/";

    private final Path chip;
    private final List<Integer> lines;
    private final Config config;

    private ManyStarts(Path chip, List<Integer> lines, Path stateDir) {
        this.chip = chip;
        this.lines = lines;
        this.config = config(stateDir, lines);
    }

    /** The process: arguments are how many starts, the chip's folder in sysfs, an empty folder for the state, and the lines. */
    static void run(String... args) throws IOException, StartException, InterruptedException {
        List<Integer> lines = Arrays.stream(args).skip(3).map(Integer::valueOf).toList();
        ManyStarts starts = new ManyStarts(Path.of(args[1]), lines, Path.of(args[2]));
        for (int start = 1; start <= Integer.parseInt(args[0]); start++) {
            starts.once(start);
        }
        System.out.println("DONE");
    }

    /** A line that is requested anew reads high, which is an open door: all are shut before they are opened. */
    private void once(int start) throws IOException, StartException, InterruptedException {
        Recorder recorder = new Recorder();
        GatewayRun run = GatewayRun.start(config, 0, will -> recorder);
        recorder.await(
                "the first states, and the end of the start",
                LIMIT,
                told -> states(told, "open") && !events(told, "started").isEmpty());
        LockSupport.parkNanos(REST.toNanos());
        move(start, recorder, "down", "closed");
        move(start, recorder, "up", "opened");
        if (!run.stop(LIMIT)) {
            throw new BenchException("start " + start + " did not stop");
        }
    }

    /** Moves each door once and prints how late each was noticed, and how long this process stood still meanwhile. */
    private void move(int start, Recorder recorder, String direction, String type)
            throws IOException, InterruptedException {
        recorder.forget();
        Map<Integer, Instant> driven = new HashMap<>();
        try (Standstill standstill = Standstill.watch()) {
            for (int line : lines) {
                driven.put(line, Instant.now());
                pull(line, direction);
                LockSupport.parkNanos(APART.toNanos());
            }
            List<Message> told = recorder.await(
                    "an event for each move", LIMIT, all -> events(all, type).size() >= lines.size());
            long stoodMillis = standstill.longest().toMillis();
            for (Map<String, Object> event : events(told, type)) {
                int line = Integer.parseInt(String.valueOf(event.get("sensor")).substring("door_".length()));
                Instant noticed = Instant.parse(String.valueOf(event.get("time")));
                long millis = Duration.between(driven.getOrDefault(line, noticed), noticed)
                        .toMillis();
                System.out.println("MOVE " + type + " " + start + " " + line + " " + millis + " " + stoodMillis);
            }
        }
    }

    private void pull(int line, String direction) throws IOException {
        Files.writeString(chip.resolve("sim_gpio" + line + "/pull"), "pull-" + direction);
    }

    private boolean states(List<Message> told, String word) {
        Map<String, String> last = new HashMap<>();
        told.forEach(message -> last.put(message.topic(), message.payload()));
        return lines.stream().allMatch(line -> word.equals(last.get(ROOT + "door_" + line + "/state")));
    }

    private static List<Map<String, Object>> events(List<Message> told, String type) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Message message : told) {
            if (message.topic().equals(ROOT + "event")) {
                try {
                    Map<String, Object> event = JSON.std.mapFrom(message.payload());
                    if (type.equals(event.get("event_type"))) {
                        found.add(event);
                    }
                } catch (IOException e) {
                    throw new BenchException("the gateway published what is no JSON", e);
                }
            }
        }
        return found;
    }

    private static Config config(Path stateDir, List<Integer> lines) {
        Optional<String> none = Optional.empty();
        Optional<Path> noFile = Optional.empty();
        BrokerSettings broker = new BrokerSettings(
                URI.create("mqtt://localhost"),
                "starts",
                none,
                noFile,
                noFile,
                noFile,
                noFile,
                BrokerSettings.Timing.DEFAULT);
        return new Config(
                "starts",
                "starts",
                "reedgate",
                "reedgate-monitor",
                stateDir,
                broker,
                new ViewerAccount(Optional.empty(), Optional.empty(), stateDir.resolve("viewer.password")),
                new Config.Gpio(Config.Provider.GPIOD, Duration.ofMillis(100), 4_096),
                Config.Store.DEFAULT,
                Config.Limits.DEFAULT,
                Config.Diagnostics.DEFAULT,
                DiscoverySettings.OFF,
                lines.stream().map(ManyStarts::door).toList(),
                null,
                Policy.STRICT,
                List.of(),
                List.of(),
                List.of());
    }

    private static Sensor door(int line) {
        return new Sensor(
                "door_" + line,
                "Door " + line,
                SensorType.DOOR,
                new LineSettings(line, Pull.UP),
                new Wiring(true, Level.HIGH),
                Debounce.DEFAULT,
                Sensor.AlarmPolicy.NEVER,
                null,
                null,
                TroublePolicy.DEFAULT);
    }
}
