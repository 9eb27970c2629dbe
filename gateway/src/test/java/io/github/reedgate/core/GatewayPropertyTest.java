package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.core.GatewaySettings.Watch;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What has to hold for any sequence of moves, each with any bounce; failures name their seed. */
class GatewayPropertyTest {

    private static final Watch CALM = new Watch(Duration.ofMillis(100), 100_000, 600, Duration.ofSeconds(10));

    @Test
    void oneEventForEachRealMoveNoGapInNumbersAndTheFinalStateIsTheFinalLevel() {
        int trains = 0;
        for (int seed = 0; trains < 10_000; seed++) {
            Random random = new Random(seed);
            CoreRig rig = new CoreRig(CALM, CoreRig.doors(3));
            rig.started();
            List<Position> positions = new ArrayList<>(List.of(Position.CLOSED, Position.CLOSED, Position.CLOSED));
            List<String> expected = new ArrayList<>();
            for (int move = 0; move < 25; move++) {
                int sensor = random.nextInt(3);
                Position target = positions.get(sensor).other();
                bounce(rig, random, sensor, target);
                positions.set(sensor, target);
                expected.add("s" + sensor + " " + (target == Position.OPEN ? "opened" : "closed"));
                rig.pass(Duration.ofMillis(1_000 + random.nextInt(2_000)));
                trains++;
            }
            assertThat(rig.events())
                    .as("seed %d", seed)
                    .extracting(event -> event.get("sensor") + " " + event.get("event_type"))
                    .containsExactlyElementsOf(expected);
            assertNumbers(rig.events(), seed);
            for (int sensor = 0; sensor < 3; sensor++) {
                assertThat(rig.state().sensors().get(sensor).told().position())
                        .as("seed %d, sensor %d", seed, sensor)
                        .isEqualTo(positions.get(sensor));
            }
            long alarms = rig.told().stream()
                    .filter(told -> told.startsWith("alarm="))
                    .count();
            assertThat(alarms)
                    .as("seed %d", seed)
                    .isEqualTo(expected.stream()
                            .filter(word -> word.endsWith("opened"))
                            .count());
        }
    }

    @Test
    void sameHistoryGivesTheSameMessagesToTheByte() {
        assertThat(history(99)).isEqualTo(history(99)).isNotEqualTo(history(100));
    }

    private static List<Message> history(long seed) {
        Random random = new Random(seed);
        CoreRig rig = CoreRig.of(CoreRig.door(17));
        rig.start();
        Position position = Position.CLOSED;
        for (int i = 0; i < 500; i++) {
            position = position.other();
            rig.move(0, position);
            rig.pass(Duration.ofNanos((long) (Math.pow(random.nextDouble(), 5) * 10e9)));
        }
        return rig.messages();
    }

    private static void bounce(CoreRig rig, Random random, int sensor, Position target) {
        int pairs = random.nextInt(15);
        for (int i = 0; i < pairs; i++) {
            rig.move(sensor, target);
            rig.pass(Duration.ofNanos(1_000 + random.nextInt(4_000_000)));
            rig.move(sensor, target.other());
            rig.pass(Duration.ofNanos(1_000 + random.nextInt(4_000_000)));
        }
        rig.move(sensor, target);
    }

    private static void assertNumbers(List<Map<String, Object>> events, int seed) {
        int next = 101;
        for (Map<String, Object> event : events) {
            assertThat(event).as("seed %d", seed).containsEntry("seq", next++);
        }
    }
}
