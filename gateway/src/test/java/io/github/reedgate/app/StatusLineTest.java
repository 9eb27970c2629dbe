package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.core.SensorState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line that {@code systemctl status} shows. */
final class StatusLineTest {

    private static List<SensorState> states(LoopRig rig) {
        return rig.loop.state().sensors();
    }

    @Test
    void fewSensorsAreAllNamed() {
        LoopRig rig = LoopRig.started(2);

        assertThat(StatusLine.of(List.of("front_door", "window"), states(rig), true, 0))
                .isEqualTo("front_door closed, window closed; broker connected; 0 waiting");
    }

    @Test
    void ofManySensorsOnlyThoseThatAreNotClosed() {
        LoopRig rig = LoopRig.started(6);
        List<String> ids = List.of("a", "b", "c", "d", "e", "f");
        assertThat(StatusLine.of(ids, states(rig), false, 17))
                .isEqualTo("all 6 closed; broker not connected; 17 waiting");

        rig.settle(2, Position.OPEN);

        assertThat(StatusLine.of(ids, states(rig), false, 18))
                .isEqualTo("c open, 5 others closed; broker not connected; 18 waiting");
    }

    @Test
    void aSensorThatCannotBeReadIsUnknown() {
        LoopRig rig = new LoopRig(1, 64, 64);
        rig.lines.refuse(0, "busy");
        rig.start();

        assertThat(StatusLine.of(List.of("front_door"), states(rig), true, 1))
                .isEqualTo("front_door unknown; broker connected; 1 waiting");
    }
}
