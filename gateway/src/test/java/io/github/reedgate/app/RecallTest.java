package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.WatermarkOutcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole loop against brokers that forget what they acknowledged. */
class RecallTest {

    private final LoopRig rig = LoopRig.started(1);

    private void tell(LinkEvent event) {
        rig.loop.handle(new LoopInput.Link(event));
        rig.turn();
    }

    /** The broker says nothing for so long that events leave, and takes them. */
    private void connect() {
        rig.connectUnanswered();
        rig.pass(Delivery.PATIENCE);
        rig.acceptAll();
    }

    /** Connects, takes everything, and the broker shows the watermark. */
    private void firstConnection() {
        connect();
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
        connect();
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
        connect();
        rig.sentNow();
        tell(rig.link.remembersNothing(WatermarkOutcome.NONE));
        assertThat(rig.sentNow()).startsWith("event started late").contains("event opened late");
        rig.acceptAll();
        rig.disconnect();
        connect();
        rig.sentNow();
        tell(rig.link.remembers(lastSeq()));
        assertThat(rig.sentNow()).isEmpty();
    }

    @Test
    void eventsWaitForTheBrokersMemoryAndAlarmLinesLeaveWithoutANumber() {
        firstConnection();
        rig.disconnect();
        rig.connectUnanswered();
        rig.sentNow();
        rig.settle(0, Position.OPEN);
        assertThat(rig.sentNowWithoutDetails()).containsExactly("alarm Door 0 opened, 21:14:04", "s0/state open");
        assertThat(lastAlarm()).doesNotContainKey("seq").containsKey("id");
        long used = rig.numbers.next + 1_000;
        tell(rig.link.remembers(used));
        assertThat(rig.sentNowWithoutDetails())
                .containsExactly(
                        "event link_lost late", "event link_restored", "event opened", "event numbers_skipped");
        assertThat(rig.events().subList(rig.events().size() - 4, rig.events().size()))
                .allSatisfy(event -> assertThat((Long) event.get("seq")).isGreaterThan(used));
        rig.acceptAll();
        rig.turn();
        assertThat(rig.sentNowWithoutDetails()).containsExactly("diagnostics/watermark " + lastSeq());
        rig.settle(0, Position.CLOSED);
        rig.settle(0, Position.OPEN);
        assertThat(lastAlarm()).containsKey("seq");
    }

    @Test
    void eventsWaitUntilTheDiskKnowsAndAlarmLinesDont() {
        firstConnection();
        long told = lastSeq();
        rig.disconnect();
        rig.ledger.prepared = false;
        rig.connectUnanswered();
        tell(rig.link.remembers(told));
        rig.sentNow();
        rig.settle(0, Position.OPEN);
        assertThat(rig.sentNowWithoutDetails()).containsExactly("alarm Door 0 opened, 21:14:04", "s0/state open");
        assertThat(lastAlarm()).doesNotContainKey("seq");
        rig.ledger.prepared = true;
        rig.pass(Duration.ofMillis(20));
        assertThat(rig.sentNowWithoutDetails())
                .containsExactly("event link_lost late", "event link_restored", "event opened");
    }

    @Test
    void diskThatHangsHoldsEventsUpForTwoSecondsAndTheWatermarkForGood() {
        firstConnection();
        long told = lastSeq();
        rig.disconnect();
        rig.ledger.prepared = false;
        rig.ledger.knows = false;
        rig.connectUnanswered();
        tell(rig.link.remembers(told));
        rig.acceptAll();
        rig.sentNow();
        rig.pass(Delivery.PATIENCE.minusMillis(1));
        assertThat(rig.sentNowWithoutDetails()).isEmpty();
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.sentNowWithoutDetails()).containsExactly("event link_lost late", "event link_restored");
        rig.acceptAll();
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.sentNowWithoutDetails()).isEmpty();
        rig.ledger.knows = true;
        rig.turn();
        assertThat(rig.sentNowWithoutDetails()).containsExactly("diagnostics/watermark " + lastSeq());
    }

    private Map<String, String> lastAlarm() {
        return rig.link.sent().stream()
                .map(FakeLink.Sent::message)
                .filter(message -> message.topic().endsWith("/alarm"))
                .reduce((a, b) -> b)
                .orElseThrow()
                .userProperties();
    }

    @Test
    void refusedEventHoldsTheWatermark() {
        firstConnection();
        rig.sentNow();
        rig.settle(0, Position.OPEN);
        while (rig.link.unanswered() > 0) {
            rig.loop.handle(new LoopInput.Link(rig.link.answer(PublishOutcome.NOT_AUTHORIZED)));
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
        connect();
        rig.sentNow();
        tell(rig.link.remembers(before));
        assertThat(rig.sentNow()).containsExactly("diagnostics/watermark " + lastSeq());
    }
}
