package io.github.reedgate.core;

import io.github.reedgate.command.Policy;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import io.github.reedgate.core.GatewaySettings.Watch;
import io.github.reedgate.line.Level;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Topics;
import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.LineEdge;
import io.github.reedgate.sim.LineLevel;
import io.github.reedgate.sim.SwitchSettings;
import io.github.reedgate.sim.scenario.Scenario;
import io.github.reedgate.sim.scenario.ScenarioException;
import io.github.reedgate.sim.scenario.ScenarioReader;
import io.github.reedgate.sim.scenario.ScenarioTimeline;
import io.github.reedgate.sim.scenario.TimelineEntry;
import io.github.reedgate.time.Timestamp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Sixteen sensors over thirty virtual days, from simulated switches to messages: one run. With jumps the wall clock is set to and
 * fro by up to two days, about twice a day.
 */
final class VirtualMonth {

    static final int SENSORS = 16;

    // A day's doors open and close one after the other, with worn reeds; at night something twitches.
    private static final String MONTH = """
        title a month
        days 30
          at 06:30:00 wait 1s
          repeat 100
            open any with worn
            after 20s..60s close it with worn
            after 60s..300s bounce any with emi
            wait 30s
          end
        end
        """;

    private static final Watch WATCH = new Watch(Duration.ofSeconds(10), 100_000, 600, Duration.ofSeconds(10));

    private final List<Sensor> sensors = CoreRig.doors(SENSORS);
    private final Timeless timeless = new Timeless();
    private final Random clockSetter = new Random(8);
    private final boolean jumps;
    private final Gateway core = new Gateway(new GatewaySettings(
            "home",
            Topics.of("reedgate", "home"),
            sensors,
            ZoneOffset.UTC,
            WATCH,
            CoreRig.HEARTBEAT,
            new StartFacts(1, 1, LastStop.NONE, 0, 7),
            Policy.STRICT,
            GatewaySettings.Description.NONE,
            null,
            List.of(),
            List.of()));
    private final Level[] levels = new Level[SENSORS];
    final Position[] truth = new Position[SENSORS];
    private final MessageDigest sha = sha256();
    private final MessageDigest timelessSha = sha256();
    private Timestamp now = new Timestamp(0, Instant.parse("2026-11-01T00:00:00Z"));
    GatewayState state = core.initial(now);
    long moves;
    long edges;
    long opened;
    long closed;
    long alarms;
    long messages;
    boolean numbersWithoutGap = true;
    long corrections;
    private long lastSeq;
    private long nextJumpNanos;

    VirtualMonth(boolean jumps) {
        this.jumps = jumps;
    }

    void play(long seed) throws ScenarioException {
        Arrays.fill(levels, Level.LOW);
        Arrays.fill(truth, Position.CLOSED);
        step(new Input.Started());
        pass(Duration.ofSeconds(1).toNanos());
        List<SwitchSettings> switches = IntStream.range(0, SENSORS)
                .mapToObj(i -> new SwitchSettings("s" + i, i, LineLevel.HIGH))
                .toList();
        Scenario scenario = ScenarioReader.read(MONTH);
        ScenarioTimeline timeline = new ScenarioTimeline(scenario, switches, seed);
        while (timeline.hasNext()) {
            TimelineEntry entry = timeline.next();
            pass(entry.atNanos());
            setClock();
            if (entry instanceof TimelineEntry.Move move) {
                int sensor = Integer.parseInt(move.door().substring(1));
                Position position = move.position() == DoorPosition.OPEN ? Position.OPEN : Position.CLOSED;
                moves += truth[sensor] == position ? 0 : 1;
                truth[sensor] = position;
            } else if (entry instanceof TimelineEntry.Edge edge) {
                edge(edge.edge());
            }
        }
        pass(now.monotonicNanos() + Duration.ofMinutes(5).toNanos());
    }

    private void setClock() {
        if (jumps && now.monotonicNanos() >= nextJumpNanos) {
            Duration by = Duration.ofMinutes((clockSetter.nextBoolean() ? 1 : -1) * (1L + clockSetter.nextInt(3_000)));
            now = new Timestamp(now.monotonicNanos(), now.wall().plus(by));
            nextJumpNanos = now.monotonicNanos()
                    + Duration.ofMinutes(clockSetter.nextInt(720)).toNanos();
        }
    }

    private void edge(LineEdge edge) {
        edges++;
        Level level = edge.level() == LineLevel.HIGH ? Level.HIGH : Level.LOW;
        levels[edge.offset()] = level;
        step(new Input.Edge(edge.offset(), level, now.monotonicNanos()));
    }

    private void pass(long untilNanos) {
        long deadline = core.deadlineNanos(state);
        while (deadline <= untilNanos) {
            now = now.atNanos(Math.max(now.monotonicNanos(), deadline));
            step(new Input.Tick());
            deadline = core.deadlineNanos(state);
        }
        now = now.atNanos(Math.max(now.monotonicNanos(), untilNanos));
    }

    private void step(Input input) {
        StepResult step = core.step(state, input, now);
        state = step.state();
        if (step.output().equals(StepOutput.NONE)) {
            return; // by far most readings
        }
        List<Message> published = CoreRig.messages(step.output());
        for (String line : timeless.lines(now.monotonicNanos(), step.output(), published)) {
            add(timelessSha, line);
        }
        published.forEach(this::count);
        for (int sensor : step.output().reads()) {
            step(new Input.LevelRead(sensor, levels[sensor]));
        }
    }

    private void count(Message message) {
        messages++;
        add(sha, message.topic() + message.payload());
        if (message.topic().endsWith("/alarm")) {
            alarms++;
        } else if (message.topic().endsWith("/event")) {
            long seq = Long.parseLong(message.userProperties().getOrDefault("seq", "0"));
            numbersWithoutGap &= seq == lastSeq + 1;
            lastSeq = seq;
            opened += "opened".equals(message.userProperties().get("event_type")) ? 1 : 0;
            closed += "closed".equals(message.userProperties().get("event_type")) ? 1 : 0;
            corrections += "clock_corrected".equals(message.userProperties().get("event_type")) ? 1 : 0;
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A sum over all that was published, and when, but for wall times, numbers and corrections of the clock. */
    String timelessDigest() {
        return HexFormat.of().formatHex(timelessSha.digest());
    }

    /** A sum over all that was published. */
    String digest() {
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
