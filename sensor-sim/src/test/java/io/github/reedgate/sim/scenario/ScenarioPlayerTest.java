package io.github.reedgate.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.SwitchSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The player in real time. */
final class ScenarioPlayerTest {

    private final SimulatedLines lines =
            new SimulatedLines(SwitchSettings.parseAll("front_door=17:high"), 1, System::nanoTime);
    private final List<String> marks = new CopyOnWriteArrayList<>();
    private final ScenarioPlayer player = new ScenarioPlayer(lines, marks::add);

    @AfterEach
    void stop() {
        player.close();
    }

    @Test
    void stepsArePlayedAtTheirTimesDividedBySpeed() throws Exception {
        long begin = System.nanoTime();
        player.play(ScenarioReader.read("title t\nat 1h open front_door\nmark half\nafter 1h mark done"), 1, 36_000);
        assertThat(player.await(Duration.ofSeconds(20))).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(10));
        assertThat(marks).containsExactly("half", "done");
        assertThat(lines.status("front_door").position()).isEqualTo(DoorPosition.OPEN);
        assertThat(player.status().words()).isEqualTo("finished 't': 3 steps done, at 02:00:00.000, last mark 'done'");
    }

    @Test
    void onlyOnePlaysAtATimeAndStopEndsIt() throws Exception {
        Scenario endless = ScenarioReader.read("at 1h mark never");
        assertThat(player.status().words()).isEqualTo("nothing was played yet");
        assertThat(player.stop()).isFalse();
        player.play(endless, 1, 1);
        assertThatThrownBy(() -> player.play(endless, 1, 1)).hasMessage("'untitled' is playing; stop it first");
        assertThat(player.stop()).isTrue();
        assertThat(player.await(Duration.ofSeconds(10))).isTrue();
        assertThat(marks).isEmpty();
    }

    @Test
    void seedOfTheScenarioSeedsTheBouncesToo() throws Exception {
        player.play(ScenarioReader.read("seed 77\nopen any"), 1, 1);
        assertThat(lines.seed()).isEqualTo(77);
    }

    @Test
    void speedOutOfRangeIsRefused() throws Exception {
        Scenario any = ScenarioReader.read("open any");
        assertThatThrownBy(() -> player.play(any, 1, 0))
                .hasMessage("speed 0.0 is out of range; 0.01 to 100000 is allowed");
        assertThatThrownBy(() -> player.play(any, 1, Double.NaN)).hasMessageContaining("out of range");
    }
}
