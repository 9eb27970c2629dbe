package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.contact.Position;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.line.Level;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.Output.Until;
import io.github.reedgate.output.OutputType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A status LED on the loop: from what happens to the level of its line. */
class OutputsStoryTest {

    private static final Output LED =
            new Output("status", OutputType.LED, 25, Level.LOW, EnumSet.allOf(AlarmMode.class), Until.ACKNOWLEDGED);

    private final LoopRig rig = new LoopRig(1, 100, 1000, GatewaySettings.Watch.DEFAULT, List.of(LED)).start();

    /** How often the line was switched on in that time. */
    private long flashes(Duration time) {
        int before = rig.lines.sink().calls().size();
        rig.pass(time);
        return rig.lines.sink().calls().stream()
                .skip(before)
                .filter("write 25 LOW"::equals)
                .count();
    }

    @Test
    void ledTellsThatThereIsNoBrokerAndThatThereIsOne() {
        assertThat(rig.lines.sink().calls()).startsWith("open 25 HIGH");
        assertThat(flashes(Duration.ofSeconds(30))).isBetween(19L, 21L);

        rig.connect();
        rig.pass(Duration.ofSeconds(3));
        assertThat(flashes(Duration.ofSeconds(30))).isBetween(9L, 11L);
        rig.disconnect();
        rig.pass(Duration.ofSeconds(3));
        assertThat(flashes(Duration.ofSeconds(30))).isBetween(19L, 21L);
    }

    @Test
    void lineThatCantBeSwitchedIsToldOnceAndWorksAgainByItself() {
        rig.connect();
        rig.acceptAll();
        rig.lines.sink().refuse(25, "line 25 can't be switched: EIO");
        rig.pass(Duration.ofSeconds(30));
        int tries = rig.lines.sink().calls().size();
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.lines.sink().calls().size() - tries)
                .as("every five seconds")
                .isBetween(5, 7);
        assertThat(rig.events())
                .filteredOn(event -> "output_fault".equals(event.get("event_type")))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("output", "status")
                        .containsEntry("message", "Output status can't be switched: line 25 can't be switched: EIO"));

        rig.lines.sink().refuse(25, "");
        rig.pass(Duration.ofSeconds(70));
        assertThat(rig.events())
                .filteredOn(event -> "output_ok".equals(event.get("event_type")))
                .hasSize(1);
        assertThat(flashes(Duration.ofSeconds(30))).isBetween(9L, 11L);
    }

    @Test
    void brokenLineHindersNoSensor() {
        rig.connect();
        rig.acceptAll();
        rig.lines.sink().breakDown(25, new IllegalStateException("planted"));
        rig.pass(Duration.ofSeconds(4));
        rig.sentNow();

        rig.settle(0, Position.OPEN);

        assertThat(rig.sentNow()).contains("s0/state open");
    }

    @Test
    void stopLeavesTheLineAtRest() {
        rig.loop.handle(new LoopInput.Stop());
        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.lines.sink().levels()).isEqualTo(Map.of(25, Level.HIGH));
    }
}
