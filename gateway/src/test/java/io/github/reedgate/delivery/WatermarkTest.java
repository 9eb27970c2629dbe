package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.WatermarkOutcome;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is made of a broker's memory. */
class WatermarkTest {

    private static final String TOPIC = "gate/diagnostics/watermark";
    private static final long START_NANOS = Long.MAX_VALUE - 500_000_000L; // overflows on the way
    private static final long PAUSE_NANOS = Watermark.PAUSE.toNanos();

    private final FakeLink link = new FakeLink();
    private Watermark watermark = new Watermark(TOPIC, Optional.empty());

    private static OptionalLong seq(long number) {
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private void up() {
        watermark.linkUp(link.up(FakeLink.NO_LIMIT));
    }

    private Watermark.Verdict remembers(long seq, long acknowledged, long lastSeq) {
        return watermark.answered(link.remembers(seq), seq(acknowledged), lastSeq);
    }

    private Watermark.Verdict tells(WatermarkOutcome outcome, long acknowledged) {
        return watermark.answered(link.remembersNothing(outcome), seq(acknowledged), 10_000);
    }

    /** A connection on which the broker had nothing, and took and showed or hid what was published. */
    private void firstConnection(boolean shows) {
        up();
        assertThat(tells(WatermarkOutcome.NONE, 0)).isEqualTo(new Watermark.Verdict.Fine());
        assertThat(watermark.due(seq(5), true, START_NANOS)).hasValue(5);
        watermark.published(5, START_NANOS);
        watermark.accepted();
        if (shows) {
            watermark.shown(link.showsWatermark());
        }
        watermark.linkDown();
    }

    /** {@code acknowledged} -1 is a lost store; {@code from} 0 means that nothing is sent again. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the same broker,                          50,   50,   60,   0,    0",
        "the same broker after two more,           48,   50,   60,  49,   50",
        "an old save,                               3, 4000, 4000,   4, 4000",
        "a broker that remembers the beginning,     0,    7,    7,   1,    7",
        "a crash before the last was written,      50,   48,   60,   0,    0",
        "all numbers used and acknowledged,        60,   60,   60,   0,    0",
        "a lost store,                             50,   -1,   60,   0,    0",
        "a first start with an old broker,          0,    0,    1,   0,    0"
    })
    void brokerThatRemembersLessGetsTheGapAgain(
            String what, long remembered, long acknowledged, long lastSeq, long from, long to) {
        up();
        Watermark.Verdict verdict = remembers(remembered, acknowledged, lastSeq);
        if (from == 0) {
            assertThat(verdict).as(what).isEqualTo(new Watermark.Verdict.Fine());
        } else {
            assertThat(verdict).as(what).isInstanceOfSatisfying(Watermark.Verdict.Resend.class, gap -> {
                assertThat(gap.fromSeq()).isEqualTo(from);
                assertThat(gap.toSeq()).isEqualTo(to);
                assertThat(gap.message())
                        .contains(
                                "broker:1883",
                                "up to number " + remembered + " of " + acknowledged,
                                "those in between are sent again");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"61, 50, 60", "1000000000000000, 50, 60", "61, -1, 60", "1, 0, 0"})
    void numberThatThisGatewayHasNotReachedIsReplacedByAHigherOneOnly(
            long remembered, long acknowledged, long lastSeq) {
        up();
        assertThat(remembers(remembered, acknowledged, lastSeq)).isEqualTo(new Watermark.Verdict.Fine());
        assertThat(watermark.due(seq(Math.min(50, remembered)), true, START_NANOS))
                .isEmpty();
        assertThat(watermark.due(seq(remembered), true, START_NANOS)).isEmpty();
        assertThat(watermark.due(seq(remembered + 1), true, START_NANOS)).hasValue(remembered + 1);
    }

    @ParameterizedTest
    @CsvSource({"1000000000000001, 50, 60", "9223372036854775807, 50, 60"})
    void numberThatCantBeIsReplaced(long remembered, long acknowledged, long lastSeq) {
        up();
        assertThat(remembers(remembered, acknowledged, lastSeq))
                .isInstanceOfSatisfying(
                        Watermark.Verdict.Tell.class,
                        told -> assertThat(told.message())
                                .contains("up to number " + remembered, "up to " + lastSeq + " only", "allow nobody"));
        assertThat(watermark.due(seq(50), true, START_NANOS)).hasValue(50);
    }

    @Test
    void firstStartWithAFreshBrokerResendsNothing() {
        up();
        assertThat(tells(WatermarkOutcome.NONE, 0)).isEqualTo(new Watermark.Verdict.Fine());
        assertThat(watermark.due(seq(0), true, START_NANOS)).isEmpty();
        assertThat(watermark.due(seq(1), true, START_NANOS)).hasValue(1);
    }

    @Test
    void oldGatewayWithANewBrokerResendsNothing() {
        firstConnection(true);
        Watermark other = new Watermark(TOPIC, Optional.of("other:1883"));
        other.linkUp(link.up(FakeLink.NO_LIMIT));
        assertThat(other.answered(link.remembersNothing(WatermarkOutcome.NONE), seq(5000), 5000))
                .isEqualTo(new Watermark.Verdict.Fine());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "999, 1, 999", "1000, 1, 1000", "1001, 2, 1001", "5000, 4001, 5000"})
    void brokerThatForgotEverythingGetsTheNewestEventsAgain(long acknowledged, long from, long to) {
        firstConnection(true);
        up();
        assertThat(tells(WatermarkOutcome.NONE, acknowledged))
                .isInstanceOfSatisfying(Watermark.Verdict.Resend.class, gap -> {
                    assertThat(gap.fromSeq()).isEqualTo(from);
                    assertThat(gap.toSeq()).isEqualTo(to);
                    assertThat(gap.message()).contains("broker:1883", "remembers none", "from number " + from);
                });
        // what is sent again counts as not acknowledged, and the watermark says so
        assertThat(watermark.due(seq(from - 1), false, START_NANOS + PAUSE_NANOS))
                .isEqualTo(from > 1 ? seq(from - 1) : OptionalLong.empty());
    }

    @Test
    void proofOutlivesARestart() {
        firstConnection(true);
        assertThat(watermark.provedServer()).contains("broker:1883");
        watermark = new Watermark(TOPIC, watermark.provedServer());
        up();
        assertThat(tells(WatermarkOutcome.NONE, 5)).isInstanceOf(Watermark.Verdict.Resend.class);
    }

    @Test
    void rememberedNumberIsAProofToo() {
        up();
        remembers(5, 5, 5);
        up();
        assertThat(tells(WatermarkOutcome.NONE, 5)).isInstanceOf(Watermark.Verdict.Resend.class);
    }

    @Test
    void lostStoreResendsNothingToABrokerThatForgotEverything() {
        firstConnection(true);
        up();
        assertThat(tells(WatermarkOutcome.NONE, -1)).isEqualTo(new Watermark.Verdict.Fine());
        assertThat(watermark.due(seq(-1), true, START_NANOS)).isEmpty();
    }

    @Test
    void brokerThatHidesItsWatermarkIsToldAndNotSentEverythingAgain() {
        firstConnection(false);
        assertThat(watermark.provedServer()).isEmpty();
        up();
        assertThat(tells(WatermarkOutcome.NONE, 5))
                .isInstanceOfSatisfying(
                        Watermark.Verdict.Tell.class,
                        told -> assertThat(told.message()).contains(TOPIC, "allow the gateway's user to read"));
    }

    @Test
    void brokerThatBeginsToHideIsSentEverythingAgainOnce() {
        firstConnection(true);
        up();
        assertThat(tells(WatermarkOutcome.NONE, 5)).isInstanceOf(Watermark.Verdict.Resend.class);
        watermark.published(5, START_NANOS);
        watermark.accepted();
        up();
        assertThat(tells(WatermarkOutcome.NONE, 5)).isInstanceOf(Watermark.Verdict.Tell.class);
    }

    @Test
    void watermarkThatWasRefusedProvesNothingAndRaisesNoDoubt() {
        up();
        tells(WatermarkOutcome.NONE, 5);
        watermark.published(5, START_NANOS);
        up();
        assertThat(tells(WatermarkOutcome.NONE, 5)).isEqualTo(new Watermark.Verdict.Fine());
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "NO_ANSWER", "MALFORMED"})
    void brokerThatCouldNotBeAskedGetsNothingAgainButTheWatermark(WatermarkOutcome outcome) {
        firstConnection(true);
        up();
        assertThat(tells(outcome, 9)).isEqualTo(new Watermark.Verdict.Fine());
        assertThat(watermark.due(seq(9), true, START_NANOS)).hasValue(9);
        watermark.published(9, START_NANOS);
        watermark.accepted();
        up();
        assertThat(tells(WatermarkOutcome.NONE, 9)).isInstanceOf(Watermark.Verdict.Resend.class);
    }

    @Test
    void nothingIsPublishedBeforeTheBrokerWasAsked() {
        assertThat(watermark.due(seq(9), true, START_NANOS)).isEmpty();
        up();
        assertThat(watermark.due(seq(9), true, START_NANOS)).isEmpty();
        assertThat(watermark.deadlineNanos(seq(9))).isEmpty();
        remembers(8, 9, 9);
        assertThat(watermark.due(seq(9), true, START_NANOS)).hasValue(9);
        watermark.linkDown();
        assertThat(watermark.due(seq(9), true, START_NANOS)).isEmpty();
    }

    @Test
    void watermarkIsPublishedOnceASecondWhileEventsWait() {
        up();
        remembers(8, 8, 9);
        assertThat(watermark.due(seq(9), false, START_NANOS)).hasValue(9);
        watermark.published(9, START_NANOS);
        assertThat(watermark.deadlineNanos(seq(9))).isEmpty();
        assertThat(watermark.deadlineNanos(seq(10))).hasValue(START_NANOS + PAUSE_NANOS);
        assertThat(watermark.due(seq(10), false, START_NANOS + PAUSE_NANOS - 1)).isEmpty();
        assertThat(watermark.due(seq(12), false, START_NANOS + PAUSE_NANOS)).hasValue(12);
        watermark.published(12, START_NANOS + PAUSE_NANOS);
        assertThat(watermark.due(seq(12), false, START_NANOS + 9 * PAUSE_NANOS)).isEmpty();
    }

    @Test
    void lastAcknowledgementIsPublishedAtOnce() {
        up();
        remembers(8, 8, 9);
        watermark.published(9, START_NANOS);
        assertThat(watermark.due(seq(10), true, START_NANOS + 1)).hasValue(10);
        watermark.published(10, START_NANOS + 1);
        assertThat(watermark.due(seq(10), true, START_NANOS + 2)).isEmpty();
    }

    @Test
    void watermarkNeverGoesBackWithoutNeed() {
        up();
        remembers(50, 48, 60);
        assertThat(watermark.due(seq(48), false, START_NANOS)).isEmpty();
        assertThat(watermark.due(seq(50), true, START_NANOS)).isEmpty();
        assertThat(watermark.due(seq(51), true, START_NANOS)).hasValue(51);
    }

    @Test
    void answersOfAnEarlierConnectionAndSecondOnesAreIgnored() {
        up();
        LinkEvent.Watermark late = link.remembers(3);
        LinkEvent.WatermarkShown lateShown = link.showsWatermark();
        up();
        assertThat(watermark.answered(late, seq(9), 9)).isEqualTo(new Watermark.Verdict.Fine());
        watermark.shown(lateShown);
        assertThat(watermark.provedServer()).isEmpty();
        assertThat(watermark.due(seq(9), true, START_NANOS)).isEmpty();
        assertThat(remembers(9, 9, 9)).isEqualTo(new Watermark.Verdict.Fine());
        assertThat(remembers(3, 9, 9)).isEqualTo(new Watermark.Verdict.Fine());
    }
}
