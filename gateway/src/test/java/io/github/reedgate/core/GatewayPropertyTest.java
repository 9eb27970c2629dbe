package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.contact.Position;
import io.github.reedgate.core.GatewaySettings.Watch;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What has to hold for any sequence of inputs, each move with any bounce; failures name their seed. */
class GatewayPropertyTest {

    private static final Watch CALM = new Watch(Duration.ofMillis(100), 100_000, 600, Duration.ofSeconds(10));

    /** As above; levels are read less often, as much more time passes. */
    private static final Watch LAZY = new Watch(Duration.ofMillis(500), 100_000, 600, Duration.ofSeconds(10));

    /** A panel that minds no input but commands: what counts while armed never opens. */
    private static final PanelSettings CLOSED_ONLY = panel(List.of(guarding("s3", Reaction.INSTANT)));

    private static PanelSettings panel(List<PanelSensor> sensors) {
        return new PanelSettings(
                sensors,
                Map.of(AlarmMode.AWAY, new PanelSettings.Delays(Duration.ZERO, Duration.ZERO)),
                Duration.ofHours(1),
                PanelSettings.After.REARM,
                Duration.ZERO,
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));
    }

    private static PanelSensor guarding(String id, Reaction reaction) {
        Set<AlarmMode> modes = reaction == Reaction.ALWAYS ? Set.of() : Set.of(AlarmMode.AWAY);
        return new PanelSensor(id, modes, reaction, PanelSensor.Bypass.AUTOMATIC, false);
    }

    @Test
    void oneEventForEachRealMoveNoGapInNumbersAndTheFinalStateIsTheFinalLevel() {
        int trains = 0;
        for (int seed = 0; trains < 10_000; seed++) {
            RandomInputs inputs = new RandomInputs(new Random(seed), CALM, CLOSED_ONLY);
            for (int move = 0; move < 25; move++) {
                inputs.move();
                trains++;
            }
            assertTold(inputs, seed);
        }
    }

    @Test
    void tamperingIsToldOnceEachTimeAndOfSignedCommandsOnlyTheRightOnesAreCarriedOutOnce() {
        for (int seed = 0; seed < 300; seed++) {
            RandomInputs inputs = new RandomInputs(new Random(seed), LAZY, CLOSED_ONLY);
            for (int step = 0; step < 25; step++) {
                inputs.act();
            }
            assertTold(inputs, seed);
        }
    }

    @Test
    void restartAmidstAnyInputsChangesNothingOfThePanelAndForgetsNoSignedCommand() {
        PanelSettings panel = panel(List.of(
                guarding("s0", Reaction.INSTANT),
                guarding("s1", Reaction.INSTANT),
                guarding("s2", Reaction.INSTANT),
                guarding("s1.tamper", Reaction.ALWAYS),
                guarding("s2.tamper", Reaction.ALWAYS)));
        for (int seed = 0; seed < 100; seed++) {
            RandomInputs inputs = new RandomInputs(new Random(seed), LAZY, panel);
            for (int step = 0; step < 15; step++) {
                inputs.act();
                CoreRig after = inputs.restarted();
                assertUnchanged(after, inputs.rig(), "seed " + seed + ", step " + step);
                inputs.sendAgain(after);
                assertUnchanged(after, inputs.rig(), "seed " + seed + ", step " + step + ", sent again");
            }
        }
    }

    private static void assertUnchanged(CoreRig after, CoreRig before, String where) {
        PanelState is = Objects.requireNonNull(after.state().panel()).state();
        PanelState was = Objects.requireNonNull(before.state().panel()).state();
        assertThat(is.state()).as(where).isEqualTo(was.state());
        assertThat(is.mode()).as(where).isEqualTo(was.mode());
        assertThat(is.bypassed()).as(where).isEqualTo(was.bypassed());
        assertThat(is.open()).as(where).isEqualTo(was.open());
        assertThat(is.unknown()).as(where).isEqualTo(was.unknown());
        assertThat(after.told()).as(where).noneMatch(told -> told.startsWith("alarm="));
        assertThat(after.eventTypes())
                .as(where)
                .doesNotContain("triggered", "pending", "found_open", "armed", "disarmed", "arm_refused");
    }

    private static void assertTold(RandomInputs inputs, int seed) {
        CoreRig rig = inputs.rig();
        assertThat(rig.events())
                .as("seed %d", seed)
                .extracting(GatewayPropertyTest::words)
                .containsExactlyElementsOf(inputs.expected());
        assertNumbers(rig.events(), seed);
        for (int sensor = 0; sensor < 3; sensor++) {
            assertThat(rig.state().sensors().get(sensor).told().position())
                    .as("seed %d, sensor %d", seed, sensor)
                    .isEqualTo(inputs.position(sensor));
        }
        long alarms =
                rig.told().stream().filter(told -> told.startsWith("alarm=")).count();
        assertThat(alarms)
                .as("seed %d", seed)
                .isEqualTo(inputs.expected().stream()
                        .filter(word -> word.endsWith("opened") || word.endsWith("tampered"))
                        .count());
    }

    private static String words(Map<String, Object> event) {
        Object type = event.get("event_type");
        String reason = "command_refused".equals(type) ? " " + event.get("reason") : "";
        return event.get("sensor") + " " + type + reason;
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

    private static void assertNumbers(List<Map<String, Object>> events, int seed) {
        int next = 101;
        for (Map<String, Object> event : events) {
            assertThat(event).as("seed %d", seed).containsEntry("seq", next++);
        }
    }
}
