package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.message.Message;
import io.github.reedgate.testbroker.Account;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.FaultyProxy;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the link learns of a real broker's memory. Each test has a topic of its own, for the broker keeps the values. */
@Timeout(120)
class WatermarkIT {

    private static final TestBroker BROKER = TestBroker.create(BrokerOptions.plain()
            .with(new Account("stranger", "secret", List.of("gate/availability")))
            .withAnonymous(true));

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void startBroker() {
        BROKER.start();
    }

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    private static TestSettings direct() {
        return TestSettings.url(BROKER.url(Transport.MQTT).toString());
    }

    private static void keep(String topic, String payload) {
        try (LinkProbe other = new LinkProbe(LinkProbe.quick(direct().build(), "other"))) {
            other.start();
            other.up();
            assertThat(other.publish(1, Message.retainedText(topic, payload)).outcome())
                    .isEqualTo(PublishOutcome.ACCEPTED);
        }
    }

    private static LinkEvent.Watermark known(long connection, long seq) {
        return new LinkEvent.Watermark(connection, OptionalLong.of(seq), WatermarkOutcome.KNOWN, "");
    }

    private static LinkEvent.Watermark none(long connection) {
        return new LinkEvent.Watermark(connection, OptionalLong.empty(), WatermarkOutcome.NONE, "");
    }

    @Test
    void rememberedNumberIsToldRightAfterTheConnection() {
        keep("gate/known", "4711");
        try (LinkProbe probe = LinkProbe.watching("gate/known", direct())) {
            assertThat(probe.next()).isInstanceOf(LinkEvent.Up.class);
            assertThat(probe.next()).isEqualTo(known(1, 4711));
        }
    }

    @Test
    void emptyBrokerIsToldAfterAQuietTimeAndTheConnectionBeforeIt() {
        try (LinkProbe probe = LinkProbe.watching("gate/none", direct())) {
            assertThat(probe.next()).isInstanceOf(LinkEvent.Up.class);
            long upNanos = probe.toldNanos();
            assertThat(probe.next()).isEqualTo(none(1));
            assertThat(Duration.ofNanos(probe.toldNanos() - upNanos))
                    .isGreaterThan(WatermarkQuestion.QUIET.minusMillis(300));
        }
    }

    @Test
    void withoutATopicNothingIsAsked() {
        try (LinkProbe probe = LinkProbe.started(direct());
                LinkProbe asking = LinkProbe.watching("gate/unasked", direct().withUser("ignored"))) {
            probe.up();
            assertThat(probe.publish(1, Message.retainedText("gate/unasked", "1"))
                            .outcome())
                    .isEqualTo(PublishOutcome.ACCEPTED);
            asking.down();
            assertThat(probe.isQuiet()).isTrue();
        }
    }

    @Test
    void ownWatermarkComesBackOnceAndIsRememberedOnTheNextConnection() {
        try (FaultyProxy proxy = new FaultyProxy("localhost", BROKER.port());
                LinkProbe probe =
                        LinkProbe.watching("gate/own", TestSettings.url("mqtt://localhost:" + proxy.port()))) {
            probe.up();
            assertThat(probe.next()).isEqualTo(none(1));
            probe.link().publish(1, Message.retainedText("gate/own", "7"));
            probe.next(LinkEvent.WatermarkShown.class);
            for (int i = 2; i <= 20; i++) {
                probe.link().publish(i, Message.retainedText("gate/own", "" + (6 + i)));
            }
            Set<Long> answered = new HashSet<>(); // in any order; the first publish's answer may have been passed over
            while (!answered.containsAll(LongStream.rangeClosed(2, 20).boxed().toList())) {
                LinkEvent event = probe.next();
                assertThat(event).isInstanceOf(LinkEvent.Published.class);
                answered.add(((LinkEvent.Published) event).token());
            }
            proxy.cut();
            assertThat(probe.next()).isInstanceOf(LinkEvent.Down.class);
            probe.up();
            assertThat(probe.next()).isEqualTo(known(2, 26));
        }
    }

    @Test
    void restartedBrokerStillRemembers() {
        keep("gate/restarted", "12");
        try (LinkProbe probe = LinkProbe.watching("gate/restarted", direct())) {
            probe.up();
            assertThat(probe.next()).isEqualTo(known(1, 12));
            BROKER.restart();
            probe.up();
            assertThat(probe.next()).isEqualTo(known(2, 12));
        }
    }

    @Test
    void whatIsNoNumberIsToldWithTheFix() {
        keep("gate/odd", "many\u0007 more words than anybody wants to see in a log");
        try (LinkProbe probe = LinkProbe.watching("gate/odd", direct())) {
            probe.up();
            LinkEvent.Watermark answer = (LinkEvent.Watermark) probe.next();
            assertThat(answer.outcome()).isEqualTo(WatermarkOutcome.MALFORMED);
            assertThat(answer.seq()).isEmpty();
            assertThat(answer.message())
                    .contains("'many? more words'", "(51 bytes)", "gate/odd", "allow nobody but this gateway");
        }
    }

    @Test
    void userWhoMayNotReadLearnsItOrSeesNothing() throws IOException {
        keep("gate/secret", "5");
        TestSettings stranger =
                direct().withUser("stranger").withPassword(Files.writeString(folder.resolve("password"), "secret\n"));
        try (LinkProbe probe = LinkProbe.watching("gate/secret", stranger)) {
            probe.up();
            LinkEvent.Watermark answer = (LinkEvent.Watermark) probe.next();
            if (BROKER.canBeKilled()) {
                // mosquitto grants a subscription that its access rules forbid, and sends nothing on it
                assertThat(answer).isEqualTo(none(1));
            } else {
                assertThat(answer.outcome()).isEqualTo(WatermarkOutcome.REFUSED);
                assertThat(answer.message()).contains("(0x87)", "gate/secret", "allow user 'stranger' to read");
            }
        }
    }
}
