package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.WatermarkOutcome;
import io.github.reedgate.store.StoreEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the parts of a gateway count as working, so that the URL is called that watches it. */
class PulseTest {

    private final LoopRig rig = LoopRig.started(2);

    /** A whole turn of the loop, with something that waits, so that it blocks for nothing. */
    private boolean worksAfter(LoopInput input) throws InterruptedException {
        rig.pulse.isWorking(); // the loop works the answer out for whoever has asked
        rig.queue.offer(input);
        rig.loop.turn();
        return rig.pulse.isWorking();
    }

    private boolean works() throws InterruptedException {
        return worksAfter(new LoopInput.Look(glance -> {}));
    }

    private void connect() throws InterruptedException {
        assertThat(worksAfter(new LoopInput.Link(rig.link.up(FakeLink.NO_LIMIT))))
                .isTrue();
        rig.loop.handle(new LoopInput.Link(rig.link.remembersNothing(WatermarkOutcome.NONE)));
    }

    @Test
    void withoutAConnectionItDoesNotWork() throws InterruptedException {
        assertThat(works()).isFalse();
        connect();
        LinkEvent lost = rig.link.down();
        assertThat(worksAfter(new LoopInput.Link(lost))).isFalse();
        connect();
    }

    @Test
    void withASensorThatCantBeReadItDoesNotWork() throws InterruptedException {
        connect();
        rig.lines.breakDown(1, new IllegalStateException("planted"));
        rig.pass(Duration.ofSeconds(2));
        assertThat(works()).isFalse();

        rig.lines.repair(1);
        rig.pass(Duration.ofSeconds(10));
        assertThat(works()).isTrue();
    }

    @Test
    void withAStoreThatCantBeWrittenItDoesNotWork() throws InterruptedException {
        connect();
        assertThat(worksAfter(new LoopInput.Stored(new StoreEvent.Failed("disk full"))))
                .isFalse();
        assertThat(works()).isFalse();
        assertThat(worksAfter(new LoopInput.Stored(new StoreEvent.Recovered()))).isTrue();
    }
}
