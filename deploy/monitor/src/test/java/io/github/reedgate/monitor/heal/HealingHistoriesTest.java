package io.github.reedgate.monitor.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.record.NumberRanges;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever fails: in the end all that a gateway's log has is stored once, and the rest is gone. */
class HealingHistoriesTest {

    private static final int HISTORIES = 40;

    @Test
    void inTheEndNothingThatAGatewayHasIsMissingAndNobodyIsAskedAnyMore() throws Exception {
        long healed = 0;
        long gone = 0;
        long rejected = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            HealingWorld world = history(new Random(seed), seed);
            healed += world.figures.getOrDefault("healed", 0L);
            gone += world.figures.getOrDefault("gone", 0L);
            rejected += world.figures.getOrDefault("rejected_answers", 0L);
        }
        System.out.println(HISTORIES + " histories since their last kill: " + healed + " events healed, " + gone
                + " gone, " + rejected + " messages of answers rejected");
        assertThat(healed).isGreaterThan(HISTORIES);
        assertThat(gone).isGreaterThan(HISTORIES);
        assertThat(rejected).isGreaterThan(HISTORIES / 10);
    }

    private static HealingWorld history(Random random, long seed) throws Exception {
        HealingWorld world = new HealingWorld(random);
        for (int i = 0; i < 3; i++) {
            LoggedGateway honest = new LoggedGateway("honest" + i, false, random);
            world.add(honest);
        }
        world.add(new LoggedGateway("liar", true, random));
        world.connect();
        world.work();
        for (int step = 0; step < 150; step++) {
            for (LoggedGateway gateway : world.gateways.values()) {
                fate(world, gateway, random);
            }
            monitor(world, random);
            world.pass(Duration.ofMillis(200 + random.nextInt(20_000)));
        }
        calm(world);
        check(world, seed);
        return world;
    }

    private static void fate(HealingWorld world, LoggedGateway gateway, Random random) {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3, 4, 5 -> {
                for (int i = random.nextInt(40); i >= 0; i--) {
                    long seq = gateway.record();
                    if (gateway.isOnline) {
                        world.publish(gateway, "event", gateway.event(seq, false), false);
                    }
                    // else the broker had it and lost it, as far as the monitor can tell
                }
            }
            case 6 -> {
                if (gateway.isOnline) {
                    world.publish(gateway, "diagnostics/watermark", Long.toString(gateway.newest), true);
                }
            }
            case 7 -> gateway.prune(random.nextInt(60));
            case 8 -> gateway.damage();
            case 9 -> gateway.skip(random.nextInt(30));
            case 10 -> world.gatewayDown(gateway);
            case 11, 12 -> world.gatewayUp(gateway);
            default -> {
                if (gateway.isOnline) {
                    world.publish(gateway, "diagnostics", "{}", true);
                }
            }
        }
    }

    private static void monitor(HealingWorld world, Random random) {
        switch (random.nextInt(24)) {
            case 0, 1 -> world.disconnect();
            case 2 -> world.kill();
            case 3 -> world.forget(random.nextBoolean());
            case 4, 5, 6 -> world.lose();
            case 7 -> world.history.isDown = true;
            case 8 -> world.history.failsAfterCommit = true;
            case 9, 10, 11, 12, 13 -> world.connect();
            default -> world.history.isDown = false;
        }
    }

    /** Nothing fails any more; everybody has time. */
    private static void calm(HealingWorld world) throws Exception {
        world.history.isDown = false;
        world.connect();
        world.gateways.values().forEach(world::gatewayUp);
        for (int round = 0; round < 3_000; round++) {
            if (round % 60 == 0) {
                world.gateways.values().forEach(gateway -> world.publish(gateway, "diagnostics", "{}", true));
            }
            world.pass(Duration.ofSeconds(round < 1_500 ? 2 : 20));
            if (round % 50 == 0 && round > 100 && isComplete(world)) {
                return;
            }
        }
    }

    private static boolean isComplete(HealingWorld world) throws Exception {
        for (LoggedGateway gateway : world.gateways.values()) {
            if (!gateway.isLiar && !world.missing(gateway.id).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static void check(HealingWorld world, long seed) throws Exception {
        assertThat(world.history.conflicts).as("conflicts, seed %d", seed).isZero();
        Map<String, Integer> asks = Map.copyOf(world.asks);
        for (LoggedGateway gateway : world.gateways.values()) {
            String name = gateway.id + ", seed " + seed;
            world.stored(gateway.id).forEach((seq, event) -> {
                assertThat(event.id()).as(name).isEqualTo(gateway.id + "-" + seq);
                assertThat(gateway.used).as(name).contains(seq);
            });
            if (gateway.isLiar) {
                continue;
            }
            assertThat(world.missing(gateway.id)).as(name).isEmpty();
            long first = world.first(gateway.id);
            NumberRanges gone = world.history.gone.getOrDefault(gateway.id, new NumberRanges());
            for (long seq : gateway.log.tailSet(first)) {
                assertThat(world.stored(gateway.id)).as(name).containsKey(seq);
            }
            for (long seq = first; seq <= gateway.newest; seq++) {
                boolean isStored = world.stored(gateway.id).containsKey(seq);
                assertThat(isStored || gone.contains(seq))
                        .as("%d of %s", seq, name)
                        .isTrue();
            }
        }
        for (int round = 0; round < 100; round++) {
            world.pass(Duration.ofMinutes(1));
        }
        world.gateways.values().stream()
                .filter(gateway -> !gateway.isLiar)
                .forEach(gateway -> assertThat(world.asks.get(gateway.id))
                        .as("requests to %s, seed %d", gateway.id, seed)
                        .isEqualTo(asks.get(gateway.id)));
    }

    @Test
    void gapOfAMillionIsAskedForPieceByPiece() throws Exception {
        Random random = new Random(1);
        HealingWorld world = new HealingWorld(random);
        LoggedGateway gateway = new LoggedGateway("honest0", false, random);
        world.add(gateway);
        world.connect();
        world.publish(gateway, "event", gateway.event(gateway.record(), false), false);
        gateway.skip(1_000_000);
        world.publish(gateway, "event", gateway.event(gateway.record(), false), false);
        world.publish(gateway, "diagnostics/watermark", Long.toString(gateway.newest), true);
        int rounds = 0;
        for (; rounds < 60_000 && (rounds < 10 || !world.missing("honest0").isEmpty()); rounds++) {
            world.pass(Duration.ofSeconds(1));
        }

        assertThat(world.missing("honest0")).isEmpty();
        assertThat(world.history
                        .gone
                        .getOrDefault("honest0", new NumberRanges())
                        .all())
                .hasSize(1);
        assertThat(world.stored("honest0")).hasSize(2);
        assertThat(world.asks.get("honest0")).isBetween(1_000, 1_200);
    }
}
