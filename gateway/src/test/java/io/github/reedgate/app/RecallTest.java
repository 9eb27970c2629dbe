package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.WatermarkOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole loop against brokers that forget what they acknowledged. */
class RecallTest {

    private final LoopRig rig = LoopRig.started(1);

    private void tell(LinkEvent event) {
        rig.loop.handle(new Input.Link(event));
        rig.turn();
    }

    /** Connects, takes everything, and the broker shows the watermark. */
    private void firstConnection() {
        rig.connect();
        rig.acceptAll();
        tell(rig.link.remembersNothing(WatermarkOutcome.NONE));
        rig.acceptAll();
        tell(rig.link.showsWatermark());
    }

    @Test
    void watermarkFollowsEachEventOnceNothingWaits() {
        firstConnection();
        rig.sentNow();
        rig.settle(0, Position.OPEN);
        assertThat(rig.sentNowWithoutDetails()).noneMatch(text -> text.startsWith("diagnostics/watermark"));
        rig.acceptAll();
        rig.turn();
        assertThat(rig.sentNowWithoutDetails()).containsExactly("diagnostics/watermark " + lastSeq());
    }

    private long lastSeq() {
        return rig.numbers.next - 1;
    }

    @Test
    void brokerWithAnOldSaveGetsTheEventsAgainAndNoAlarm() {
        firstConnection();
        long before = lastSeq();
        rig.settle(0, Position.OPEN);
        rig.acceptAll();
        rig.disconnect();
        rig.connect();
        rig.acceptAll();
        rig.sentNow();
        tell(rig.link.remembers(before));
        assertThat(rig.sentNow()).contains("event opened late").allMatch(text -> text.matches("event \\w+ late"));
        rig.acceptAll();
        assertThat(rig.sentNow()).last().isEqualTo("diagnostics/watermark " + lastSeq());
    }

    @Test
    void emptyBrokerGetsAllAgainAndAFaithfulOneNothing() {
        firstConnection();
        rig.settle(0, Position.OPEN);
        rig.acceptAll();
        rig.disconnect();
        rig.connect();
        rig.acceptAll();
        rig.sentNow();
        tell(rig.link.remembersNothing(WatermarkOutcome.NONE));
        assertThat(rig.sentNow()).startsWith("event started late").contains("event opened late");
        rig.acceptAll();
        rig.disconnect();
        rig.connect();
        rig.acceptAll();
        rig.sentNow();
        tell(rig.link.remembers(lastSeq()));
        assertThat(rig.sentNow()).isEmpty();
    }

    @Test
    void refusedEventHoldsTheWatermark() {
        firstConnection();
        rig.sentNow();
        rig.settle(0, Position.OPEN);
        while (rig.link.unanswered() > 0) {
            rig.loop.handle(new Input.Link(rig.link.answer(PublishOutcome.NOT_AUTHORIZED)));
        }
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.sentNow()).noneMatch(text -> text.startsWith("diagnostics/watermark"));
    }

    @Test
    void whatIsAcknowledgedBeforeTheAnswerIsNotTakenForForgotten() {
        firstConnection();
        long before = lastSeq();
        rig.disconnect();
        rig.settle(0, Position.OPEN);
        rig.connect();
        rig.acceptAll();
        rig.sentNow();
        tell(rig.link.remembers(before));
        assertThat(rig.sentNow()).containsExactly("diagnostics/watermark " + lastSeq());
    }
}
