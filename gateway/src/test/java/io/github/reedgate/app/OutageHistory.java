package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.core.GatewaySettings.Watch;
import io.github.reedgate.event.EventType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Some virtual hours of a gateway whose line to the broker fails again and again while doors move: loop, core, courier and
 * outbox are the real ones, the line and the broker a model. Used once, by one thread.
 */
final class OutageHistory {

    /** After the last trouble everything has arrived by then: the longest wait after a refusal, and some for the sending. */
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(90);

    /** A broker that has forgotten everything gets hundreds of events again, and some take only one at a time. */
    private static final Duration LONGEST_RESENDING = Duration.ofMinutes(5);

    private static final int DOORS = 3;
    private static final Duration REST = Duration.ofSeconds(5);
    private static final Duration BETWEEN_MOVES = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TROUBLES = Duration.ofMinutes(1);
    private static final Duration LONGEST_TROUBLE = Duration.ofMinutes(10);
    private static final Duration SLOWEST = Duration.ofSeconds(10);
    private static final Duration QUICK = Duration.ofMillis(100);
    private static final Duration AFTERWARDS = Duration.ofMinutes(10);
    /** The gateway goes back a thousand numbers for a broker that has forgotten everything. */
    private static final int MOST_FORGOTTEN = 400;
    /** The line's edges are what is read here; levels are looked at rarely, for the sake of time. */
    private static final Watch WATCH = new Watch(Duration.ofMinutes(1), 600, 60, Duration.ofSeconds(10));

    private final Random random;
    private final boolean forgetful;
    private final LoopRig rig = new LoopRig(DOORS, 1_000, 100_000, WATCH);
    private final VirtualBroker broker = new VirtualBroker();
    private final VirtualLine line;
    private final Position[] doors = new Position[DOORS];
    private final long[] movedNanos = new long[DOORS];
    private long nextMoveNanos;
    private long nextTroubleNanos;
    private boolean inTrouble;
    private int moves;
    private int troubles;
    private Duration recovery = Duration.ZERO;

    /**
     * A history that has not begun.
     *
     * @param random chance
     * @param forgetful whether the broker may forget what it has acknowledged
     */
    OutageHistory(Random random, boolean forgetful) {
        this.random = random;
        this.forgetful = forgetful;
        this.line = new VirtualLine(rig, broker, random);
        java.util.Arrays.fill(doors, Position.CLOSED);
    }

    /** Plays it: so long with troubles, then without. */
    void play(Duration length) {
        for (int door = 0; door < DOORS; door++) {
            rig.lines.level(door, LoopRig.WIRING.level(Position.CLOSED));
        }
        rig.start();
        line.attempt();
        nextMoveNanos = nowNanos() + drawn(BETWEEN_MOVES);
        nextTroubleNanos = nowNanos() + drawn(BETWEEN_TROUBLES);
        until(nowNanos() + length.toNanos());
        heal();
        long healedNanos = nowNanos();
        nextMoveNanos = Long.MAX_VALUE;
        nextTroubleNanos = Long.MAX_VALUE;
        while (!hasAll() && nowNanos() - healedNanos < AFTERWARDS.toNanos()) {
            until(nowNanos() + Duration.ofSeconds(1).toNanos());
        }
        recovery = Duration.ofNanos(nowNanos() - healedNanos);
        until(nowNanos() + AFTERWARDS.toNanos());
    }

    private long nowNanos() {
        return rig.time.now().monotonicNanos();
    }

    private void until(long endNanos) {
        while (nowNanos() < endNanos) {
            line.run();
            long next = Math.min(Math.min(nextMoveNanos, nextTroubleNanos), Math.min(endNanos, line.nextNanos()));
            long wait = Math.min(next - nowNanos(), rig.loop.waitNanos());
            rig.time.pass(Duration.ofNanos(Math.max(1_000, wait)));
            if (nowNanos() >= nextMoveNanos) {
                move();
            }
            if (nowNanos() >= nextTroubleNanos) {
                trouble();
            }
            line.run();
            rig.turn();
        }
    }

    private long drawn(Duration mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean.toNanos());
    }

    private void move() {
        int door = random.nextInt(DOORS);
        nextMoveNanos = nowNanos() + drawn(random.nextInt(20) == 0 ? BETWEEN_MOVES.multipliedBy(20) : BETWEEN_MOVES);
        if (movedNanos[door] != 0 && nowNanos() - movedNanos[door] < REST.toNanos()) {
            return;
        }
        doors[door] = doors[door] == Position.OPEN ? Position.CLOSED : Position.OPEN;
        movedNanos[door] = nowNanos();
        moves++;
        rig.lines.edge(door, LoopRig.WIRING.level(doors[door]), nowNanos());
    }

    /** Some trouble begins, or the last one ends. */
    private void trouble() {
        if (inTrouble) {
            heal();
            nextTroubleNanos = nowNanos() + drawn(BETWEEN_TROUBLES);
            return;
        }
        inTrouble = true;
        troubles++;
        nextTroubleNanos = nowNanos() + (long) (Math.pow(random.nextDouble(), 3) * LONGEST_TROUBLE.toNanos());
        switch (random.nextInt(forgetful ? 8 : 6)) {
            case 0, 1 -> line.turn(Weather.CUT);
            case 2, 3 -> line.turn(Weather.FROZEN);
            case 4 -> {
                line.turn(Weather.CUT);
                line.refuse(random.nextDouble());
                line.turn(random.nextBoolean() ? Weather.FINE : Weather.UNWELCOME);
            }
            case 5 -> line.delay(Duration.ofNanos((long) (random.nextDouble() * SLOWEST.toNanos())));
            default -> broker.subscriberLeaves();
        }
    }

    private void heal() {
        inTrouble = false;
        line.turn(Weather.FINE);
        line.refuse(0);
        line.delay(Duration.ofNanos((long) (random.nextDouble() * QUICK.toNanos())));
        if (forgetful && line.isProved() && broker.waiting() > 0 && broker.waiting() < MOST_FORGOTTEN) {
            line.crash(random.nextBoolean());
            line.turn(Weather.FINE);
        }
        broker.subscriberComes();
    }

    private Set<String> missing() {
        Set<String> missing = new HashSet<>();
        rig.kept.events.forEach(event -> missing.add(event.stamp().id()));
        missing.removeAll(broker.eventIds());
        return missing;
    }

    private boolean hasAll() {
        return rig.kept.outbox().size() == 0 && missing().isEmpty();
    }

    /** Compares what came with what happened. */
    void check(String seed) {
        assertThat(broker.contradictions()).as("%s: at the broker", seed).isEmpty();
        assertThat(line.contradictions()).as("%s: on the line", seed).isEmpty();
        assertThat(told()).as("%s: moves told", seed).isEqualTo(moves);
        assertThat(missing()).as("%s: never received", seed).isEmpty();
        Set<String> silent = new HashSet<>();
        rig.kept.events.stream()
                .filter(event -> event.type() == EventType.OPENED)
                .forEach(event -> silent.add(event.stamp().id()));
        silent.removeAll(broker.alarmIds());
        assertThat(silent).as("%s: openings without an alarm", seed).isEmpty();
        assertThat(broker.retained("availability")).as(seed).isEqualTo("online");
        for (int door = 0; door < DOORS; door++) {
            assertThat(broker.retained("s" + door + "/state"))
                    .as("%s: door %d", seed, door)
                    .isEqualTo(doors[door].name().toLowerCase(Locale.ROOT));
        }
        assertThat(broker.watermark()).as("%s: watermark", seed).hasValue(rig.numbers.next - 1);
        assertThat(recovery)
                .as("%s: until all had arrived", seed)
                .isLessThan(forgetful ? LONGEST_RESENDING : LONGEST_RECOVERY);
    }

    private int told() {
        return count(EventType.OPENED) + count(EventType.CLOSED);
    }

    private int count(EventType type) {
        return Math.toIntExact(
                rig.kept.events.stream().filter(event -> event.type() == type).count());
    }

    int moves() {
        return moves;
    }

    int events() {
        return rig.kept.events.size();
    }

    int troubles() {
        return troubles;
    }

    int reconnects() {
        return count(EventType.LINK_RESTORED);
    }

    Duration recovery() {
        return recovery;
    }

    VirtualBroker broker() {
        return broker;
    }
}
