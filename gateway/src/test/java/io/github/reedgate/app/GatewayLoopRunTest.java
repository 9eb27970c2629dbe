package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.reedgate.contact.Position;
import io.github.reedgate.core.Input;
import io.github.reedgate.link.WatermarkOutcome;
import io.github.reedgate.message.Message;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The thread's body, with everything it will find in the queue put there before. */
class GatewayLoopRunTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Test
    void stopTellsThatItStopsAndOfflineLast() {
        LoopRig rig = new LoopRig(1, 100, 1000);
        connect(rig);
        rig.queue.offer(new LoopInput.Stop());
        acceptEverythingSent(rig, 20);

        run(rig);
        rig.link.stop(Message.retainedText("reedgate/home/availability", "offline"), PATIENCE);

        assertThat(rig.sentNowWithoutDetails())
                .as("time stands still, so no sensor comes to rest")
                .containsExactly("availability online", "s0/state unknown", "event stopping");
        assertThat(rig.link.farewell()).map(Message::payload).hasValue("offline");
        assertThat(rig.courier.depth())
                .as("the stop waited for the acknowledgements")
                .isZero();
        assertThat(rig.numbers.stoppedAt).isEqualTo(2);
    }

    @Test
    void secondStopIsNotToldAgain() {
        LoopRig rig = new LoopRig(1, 100, 1000);
        connect(rig);
        rig.queue.offer(new LoopInput.Stop());
        rig.queue.offer(new LoopInput.Stop());
        acceptEverythingSent(rig, 20);

        run(rig);

        assertThat(rig.sentNow().stream().filter("event stopping"::equals)).hasSize(1);
    }

    @Test
    void stopWithoutAConnectionWaitsForNothing() {
        LoopRig rig = new LoopRig(1, 100, 1000);
        rig.queue.offer(new LoopInput.Stop());

        run(rig); // time stands still: waiting would never end

        assertThat(rig.courier.depth()).isEqualTo(1);
        assertThat(rig.numbers.stoppedAt).isEqualTo(2);
    }

    @Test
    void throwingStepIsSurvived() {
        LoopRig rig = new LoopRig(1, 100, 1000);
        connect(rig);
        rig.queue.offer(new LoopInput.Core(new Input.LevelRead(99, LoopRig.WIRING.level(Position.OPEN))));
        rig.queue.offer(new LoopInput.Core(new Input.TestRequested(8)));
        rig.queue.offer(new LoopInput.Stop());
        acceptEverythingSent(rig, 20);

        run(rig);

        assertThat(rig.sentNowWithoutDetails())
                .as("it is told, and what came behind it is done")
                .contains("event gateway_fault", "event test", "event stopping");
        assertThat(rig.delivered).containsExactly(8L);
    }

    @Test
    void lineSourceThatThrowsWhatItShouldNotFromTheStartOnEndsNothing() {
        LoopRig rig = new LoopRig(2, 100, 1000);
        rig.lines.breakDown(0, new IllegalStateException("a defect"));
        connect(rig);
        rig.queue.offer(new LoopInput.Stop());
        acceptEverythingSent(rig, 30);

        run(rig);

        assertThat(rig.sentNowWithoutDetails())
                .contains("availability online", "s0/state unknown", "s1/state unknown", "event stopping");
    }

    private static void connect(LoopRig rig) {
        rig.queue.offer(new LoopInput.Link(rig.link.up(100)));
        rig.queue.offer(new LoopInput.Link(rig.link.remembersNothing(WatermarkOutcome.NONE)));
    }

    /** The answers of a broker that accepts each of the first {@code count} messages, in order. */
    private static void acceptEverythingSent(LoopRig rig, int count) {
        for (int token = 1; token <= count; token++) {
            rig.queue.offer(new LoopInput.Link(new io.github.reedgate.link.LinkEvent.Published(
                    token, 1, io.github.reedgate.link.PublishOutcome.ACCEPTED, "")));
        }
    }

    private static void run(LoopRig rig) {
        assertTimeoutPreemptively(LIMIT, () -> rig.loop.run(PATIENCE));
    }
}
