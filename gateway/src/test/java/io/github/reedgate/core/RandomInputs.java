package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.command.Action;
import io.github.reedgate.command.Policy;
import io.github.reedgate.command.Refusal;
import io.github.reedgate.command.SignedCommands;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.Recall;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A gateway with a door, one whose cable a pair guards and one with a changeover switch, and random inputs of all kinds; says
 * which events each has to bring. Signed commands arm and disarm.
 */
final class RandomInputs {

    private static final int PAIR = 1;
    private static final int CHANGEOVER = 2;

    /** So many doors move; one more never does. */
    private static final int MOVING = 3;

    /** The numbers of the second lines begin behind those of the four sensors. */
    private static final int SECOND = 4;

    /** Shorter than any tampering. */
    private static final Duration PULSE = Duration.ofMillis(10);

    private static final int LONGEST_LIFE_SECONDS = 200;

    /** Ten refusals a minute are told at most. */
    private static final Duration ORDER_PAUSE = Duration.ofSeconds(7);

    /** Until it is told that a cable is whole again, and that its sensor can be trusted. */
    private static final Duration HEALING = Duration.ofSeconds(80);

    /** A gateway that has started knows all of its lines by then. */
    static final Duration LOOK = Duration.ofSeconds(2);

    private final Random random;
    private final GatewaySettings.Watch watch;
    private final PanelSettings panel;
    private final CoreRig rig;
    private final List<String> expected = new ArrayList<>();
    private final Position[] positions = {Position.CLOSED, Position.CLOSED, Position.CLOSED};
    private final boolean[] tampered = new boolean[MOVING];
    private final boolean[] unreadable = new boolean[MOVING];
    private final List<Sent> done = new ArrayList<>();
    private GatewaySnapshot stored = GatewaySnapshot.NOTHING;
    private boolean ownLine;
    private boolean armed;

    /** A command that was carried out. */
    private record Sent(String payload, Instant expires) {}

    /** Inputs to a gateway with that panel; what the panel makes of anything but commands is not expected. */
    RandomInputs(Random random, GatewaySettings.Watch watch, PanelSettings panel) {
        this.random = random;
        this.watch = watch;
        this.panel = panel;
        rig = rig(GatewaySnapshot.NOTHING);
        begin(rig, Duration.ZERO);
        stored = rig.stored();
        rig.forget();
    }

    private CoreRig rig(GatewaySnapshot stored) {
        List<Sensor> sensors = List.of(
                CoreRig.door(0),
                CoreRig.guarded(PAIR, TamperLoop.Kind.PAIR, Sensor.AlarmPolicy.ALWAYS),
                CoreRig.guarded(CHANGEOVER, TamperLoop.Kind.CHANGEOVER, Sensor.AlarmPolicy.ALWAYS),
                CoreRig.door(MOVING));
        Before before =
                new Before(Map.of(), null, false, stored, stored.panel() == null ? Recall.NEVER_STORED : Recall.WHOLE);
        return new CoreRig(
                sensors,
                new GatewaySettings(
                        "home",
                        Topics.of("reedgate", "home"),
                        sensors,
                        ZoneOffset.UTC,
                        watch,
                        CoreRig.HEARTBEAT,
                        new StartFacts(3, 100, LastStop.CLEAN, 0, 42, before),
                        Policy.STRICT,
                        GatewaySettings.Description.NONE,
                        panel,
                        List.of(),
                        List.of()));
    }

    private static void begin(CoreRig rig, Duration later) {
        rig.start();
        rig.step(new Input.LinkUp());
        rig.setClock(later);
        rig.step(new Input.ClockChecked(true));
        rig.pass(LOOK);
    }

    /** The power goes and is back at once: the gateway that goes on with what is on disk, once it has looked around. */
    CoreRig restarted() {
        CoreRig after = rig(rig.snapshots().isEmpty() ? stored : rig.stored());
        after.wiredLike(rig);
        begin(after, Duration.between(CoreRig.START.wall(), rig.now().wall()));
        return after;
    }

    /** All commands that were carried out, once more. */
    void sendAgain(CoreRig other) {
        done.forEach(sent -> send(other, sent.payload()));
    }

    CoreRig rig() {
        return rig;
    }

    /** The events that had to come so far. */
    List<String> expected() {
        return expected;
    }

    Position position(int sensor) {
        return positions[sensor];
    }

    /** A door moves; its contact bounces, and second lines do what they do meanwhile. */
    void move() {
        int sensor = random.nextInt(MOVING);
        if (sensor == CHANGEOVER && tampered[CHANGEOVER]) {
            return;
        }
        Position target = positions[sensor].other();
        if (sensor == PAIR && !tampered[PAIR] && !unreadable[PAIR]) {
            rig.move(SECOND + PAIR, Position.OPEN);
            rig.pass(PULSE);
            rig.move(SECOND + PAIR, Position.CLOSED);
        }
        bounce(sensor, target, 15);
        if (sensor == CHANGEOVER && unreadable[CHANGEOVER]) {
            rig.moveSilently(SECOND + CHANGEOVER, target);
        } else if (sensor == CHANGEOVER) {
            rig.pass(Duration.ofNanos(random.nextInt(20_000_000)));
            bounce(SECOND + CHANGEOVER, target, 5);
        }
        told(sensor, target);
        rest();
    }

    private void told(int sensor, Position target) {
        positions[sensor] = target;
        tell(sensor, target == Position.OPEN ? "opened" : "closed");
    }

    private void tell(int sensor, String word) {
        expected.add("s" + sensor + " " + word);
    }

    private void bounce(int line, Position target, int mostPairs) {
        int pairs = random.nextInt(mostPairs);
        for (int i = 0; i < pairs; i++) {
            rig.move(line, target);
            rig.pass(Duration.ofNanos(1_000 + random.nextInt(4_000_000)));
            rig.move(line, target.other());
            rig.pass(Duration.ofNanos(1_000 + random.nextInt(4_000_000)));
        }
        rig.move(line, target);
    }

    private void rest() {
        rig.pass(Duration.ofMillis(1_000 + random.nextInt(2_000)));
    }

    /** Something of any kind happens. */
    void act() {
        int chance = random.nextInt(20);
        int guarded = random.nextBoolean() ? PAIR : CHANGEOVER;
        if (chance < 9) {
            move();
        } else if (chance < 12 && !unreadable[guarded]) {
            tamper(guarded);
        } else if (chance < 14 && !(guarded == CHANGEOVER && tampered[guarded])) {
            lose(guarded);
        } else {
            order();
        }
    }

    /** A cable is cut or short-circuited, or whole again. */
    private void tamper(int sensor) {
        tampered[sensor] = !tampered[sensor];
        if (tampered[sensor]) {
            ownLine = sensor == CHANGEOVER && random.nextBoolean();
        }
        if (sensor == PAIR) {
            bounce(SECOND + PAIR, tampered[PAIR] ? Position.OPEN : Position.CLOSED, 5);
            tell(PAIR, tampered[PAIR] ? "tampered" : "tamper_cleared");
        } else if (tampered[CHANGEOVER]) {
            contradict(positions[CHANGEOVER].other());
            tell(CHANGEOVER, "tampered");
            tell(CHANGEOVER, "sensor_fault");
        } else {
            tell(CHANGEOVER, "tamper_cleared");
            contradict(ownLine ? positions[CHANGEOVER].other() : positions[CHANGEOVER]);
            tell(CHANGEOVER, "sensor_ok");
        }
        rig.pass(tampered[sensor] ? Duration.ofSeconds(1) : HEALING);
    }

    /** One of the lines of the changeover switch shows what the other does not, or does again. */
    private void contradict(Position position) {
        rig.move(ownLine ? CHANGEOVER : SECOND + CHANGEOVER, position);
        if (ownLine) {
            told(CHANGEOVER, position);
        }
    }

    /** A second line can't be read any more, or again. */
    private void lose(int sensor) {
        unreadable[sensor] = !unreadable[sensor];
        rig.breakLine(SECOND + sensor, unreadable[sensor] ? "it is busy" : "");
        tell(sensor, unreadable[sensor] ? "sensor_fault" : "sensor_ok");
        rig.pass(unreadable[sensor] ? Duration.ofSeconds(1) : HEALING);
    }

    /** A signed command comes: a right one, one that was used, has expired or is forged. */
    private void order() {
        Action action = random.nextBoolean() ? Action.ARM_AWAY : Action.DISARM;
        Instant now = rig.now().wall();
        Instant expires = now.plusSeconds(1 + random.nextInt(LONGEST_LIFE_SECONDS));
        int kind = random.nextInt(5);
        if (kind < 2) {
            String payload = SignedCommands.payload(action, done.size(), expires);
            send(payload);
            done.add(new Sent(payload, expires));
            if (armed != (action == Action.ARM_AWAY)) {
                armed = !armed;
                expected.add("null " + (armed ? "armed" : "disarmed"));
            }
        } else if (kind == 2 && !done.isEmpty()) {
            Sent sent = done.get(random.nextInt(done.size()));
            send(sent.payload());
            boolean isOver = !now.isBefore(sent.expires().truncatedTo(ChronoUnit.SECONDS));
            refuse(isOver ? Refusal.EXPIRED : Refusal.REPEATED);
        } else if (kind == 3) {
            send(SignedCommands.payload(action, done.size(), now.minusSeconds(random.nextInt(LONGEST_LIFE_SECONDS))));
            refuse(Refusal.EXPIRED);
        } else {
            send(SignedCommands.forged(action, done.size(), expires.plusSeconds(1)));
            refuse(Refusal.WRONG_SIGNATURE);
        }
        rig.pass(ORDER_PAUSE);
    }

    private void refuse(Refusal why) {
        expected.add("null command_refused " + why.word());
    }

    private void send(String payload) {
        send(rig, payload);
    }

    private static void send(CoreRig to, String payload) {
        int before = to.all(StepOutput::checks).size();
        to.step(new Input.Received(Incoming.text("reedgate/home/panel/set", payload)));
        to.all(StepOutput::checks).stream()
                .skip(before)
                .findFirst()
                .ifPresent(code -> to.step(new Input.CodeChecked(code.command(), SignedCommands.match(code.proof()))));
    }
}
