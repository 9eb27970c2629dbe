package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import io.github.reedgate.testbroker.Account;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.FaultyProxy;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The link against a real broker: what arrives, what an end of the connection does, and how it comes back. */
@Timeout(120)
class HiveMqLinkIT {

    private static final TestBroker BROKER = TestBroker.create(BrokerOptions.plain()
            .with(Transport.WS, 0)
            .with(new Account("limited", "secret", List.of("gate/#")))
            .withAnonymous(true)
            .withMaximumPacketBytes(4000));

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

    private static LinkProbe connected() {
        LinkProbe probe =
                LinkProbe.started(TestSettings.url(BROKER.url(Transport.MQTT).toString()));
        assertThat(probe.up().connection()).isEqualTo(1);
        return probe;
    }

    private static Phone phone(String filter) {
        return new Phone(BROKER.url(Transport.MQTT), filter);
    }

    private static LinkProbe through(FaultyProxy proxy) {
        return LinkProbe.started(to(proxy));
    }

    private static TestSettings to(FaultyProxy proxy) {
        return TestSettings.url("mqtt://localhost:" + proxy.port());
    }

    @Test
    void tellsTheBrokerAndHowManyMessagesItTakesAtATime() {
        try (LinkProbe probe =
                LinkProbe.started(TestSettings.url(BROKER.url(Transport.MQTT).toString()))) {
            LinkEvent.Up up = probe.up();
            assertThat(up.server()).isEqualTo("localhost:" + BROKER.port());
            assertThat(up.receiveMaximum()).isBetween(10, 65_535);
        }
    }

    @Test
    void messageArrivesWithAllItsProperties() {
        Message message = new Message(
                "gate/alarm",
                "Haustür geöffnet 🚪",
                QoS.AT_LEAST_ONCE,
                false,
                Message.TEXT,
                Map.of("seq", "7", "id", "x", "naïve", "ü"));
        try (LinkProbe probe = connected();
                Phone phone = phone("gate/alarm")) {
            assertThat(probe.publish(42, message))
                    .isEqualTo(new LinkEvent.Published(42, 1, PublishOutcome.ACCEPTED, ""));
            Mqtt5Publish got = phone.next();
            assertThat(Phone.text(got)).isEqualTo("Haustür geöffnet 🚪");
            assertThat(got.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
            assertThat(got.isRetain()).isFalse();
            assertThat(got.getContentType().map(Object::toString)).contains(Message.TEXT);
            assertThat(got.getPayloadFormatIndicator()).contains(Mqtt5PayloadFormatIndicator.UTF_8);
            assertThat(got.getUserProperties().asList().stream().map(each -> each.getName() + "=" + each.getValue()))
                    .containsExactly("id=x", "naïve=ü", "seq=7");
        }
    }

    @Test
    void retainedMessageWaitsForSubscribersAndAnEmptyOneClearsIt() {
        try (LinkProbe probe = connected()) {
            assertThat(probe.publish(1, Message.retainedJson("gate/door/detail", "{}"))
                            .outcome())
                    .isEqualTo(PublishOutcome.ACCEPTED);
            try (Phone phone = phone("gate/door/detail")) {
                Mqtt5Publish got = phone.next();
                assertThat(got.isRetain()).isTrue();
                assertThat(got.getContentType().map(Object::toString)).contains(Message.JSON);
            }
            assertThat(probe.publish(2, Message.retainedText("gate/door/detail", ""))
                            .outcome())
                    .isEqualTo(PublishOutcome.ACCEPTED);
        }
    }

    /** A topic alias that only the client knows of would send what follows to the topic that had the alias before. */
    @Test
    void messagesBehindOneThatIsTooLargeGoToTheirOwnTopic() {
        try (LinkProbe probe = connected();
                Phone phone = phone("own/#")) {
            for (int round = 0; round < 3; round++) {
                for (int topic = 0; topic < 20; topic++) {
                    // not retained: to a new subscription a broker may send what is retained twice
                    Message small = new Message(
                            "own/" + topic, "to " + topic, QoS.AT_LEAST_ONCE, false, Message.TEXT, Map.of());
                    Message large = Message.retainedText("own/" + topic, "x".repeat(5_000));
                    assertThat(probe.publish(1, large).outcome()).isEqualTo(PublishOutcome.TOO_LARGE);
                    assertThat(probe.publish(2, small).outcome()).isEqualTo(PublishOutcome.ACCEPTED);
                    Mqtt5Publish got = phone.next();
                    assertThat(got.getTopic() + " " + Phone.text(got)).isEqualTo("own/" + topic + " to " + topic);
                }
            }
        }
    }

    @Test
    void manyPublishesAreAnsweredOnceEach() {
        try (LinkProbe probe = connected()) {
            for (int i = 0; i < 1000; i++) {
                probe.link().publish(i, Message.retainedText("gate/n", "" + i));
            }
            boolean[] answered = new boolean[1000];
            for (int i = 0; i < 1000; i++) {
                LinkEvent.Published answer = probe.next(LinkEvent.Published.class);
                assertThat(answer.outcome()).isEqualTo(PublishOutcome.ACCEPTED);
                assertThat(answered[(int) answer.token()]).isFalse();
                answered[(int) answer.token()] = true;
            }
            assertThat(probe.isQuiet()).isTrue();
        }
    }

    @Test
    void publishWithoutConnectionIsAnsweredUnknown() {
        LinkProbe probe = new LinkProbe(
                LinkProbe.quick(TestSettings.url("mqtt://localhost:9").build(), "gate"));
        probe.start();
        assertThat(probe.publish(5, LinkProbe.ONLINE).outcome()).isEqualTo(PublishOutcome.UNKNOWN);
        probe.close();
        assertThat(probe.publish(6, LinkProbe.ONLINE).outcome()).isEqualTo(PublishOutcome.UNKNOWN);
    }

    @Test
    void aclDenialIsTold() throws IOException {
        TestSettings settings = TestSettings.url(BROKER.url(Transport.MQTT).toString())
                .withUser("limited")
                .withPassword(secret("secret"));
        try (LinkProbe probe = LinkProbe.started(settings)) {
            probe.up();
            LinkEvent.Published denied = probe.publish(1, Message.retainedText("other/x", "1"));
            assertThat(denied.outcome()).as(denied.message()).isEqualTo(PublishOutcome.NOT_AUTHORIZED);
            assertThat(denied.message()).contains("other/x", "(0x87)", "access rules");
        }
    }

    private Path secret(String password) throws IOException {
        return Files.writeString(folder.resolve("password"), password + "\n");
    }

    @Test
    void messageAboveTheBrokersLimitIsRejectedAndTheConnectionStays() {
        try (LinkProbe probe = connected()) {
            LinkEvent.Published answer = probe.publish(1, Message.retainedText("gate/x", "x".repeat(5000)));
            assertThat(answer.outcome()).isEqualTo(PublishOutcome.TOO_LARGE);
            assertThat(answer.message()).contains("5000 characters", "maximum packet size");
            assertThat(probe.publish(2, LinkProbe.ONLINE).outcome()).isEqualTo(PublishOutcome.ACCEPTED);
        }
    }

    @Test
    void brokenConnectionPublishesTheWill() {
        try (FaultyProxy proxy = new FaultyProxy("localhost", BROKER.port());
                LinkProbe probe = through(proxy)) {
            probe.up();
            probe.publish(1, LinkProbe.ONLINE);
            try (Phone phone = phone(LinkProbe.AVAILABILITY)) {
                assertThat(phone.nextText()).isEqualTo("online");
                proxy.refuse();
                proxy.cut();
                assertThat(phone.nextText()).isEqualTo("offline");
                assertThat(probe.down().wasUp()).isTrue();
                proxy.accept();
                assertThat(probe.up().connection()).isEqualTo(2);
            }
        }
    }

    @Test
    void silenceIsNoticedByKeepAliveAndUnansweredPublishesAreUnknown() {
        try (FaultyProxy proxy = new FaultyProxy("localhost", BROKER.port());
                LinkProbe probe = LinkProbe.started(to(proxy).withKeepAlive(Duration.ofSeconds(1)))) {
            probe.up();
            proxy.freeze();
            probe.link().publish(1, LinkProbe.ONLINE);
            probe.link().publish(2, LinkProbe.ONLINE);
            LinkEvent.Down down = (LinkEvent.Down) probe.next();
            assertThat(down.wasUp()).isTrue();
            // whoever asks first: the gateway behind what it sent, or the library
            assertThat(down.trouble()).isIn(LinkTrouble.NO_ANSWER, LinkTrouble.NETWORK);
            assertThat(probe.next(LinkEvent.Published.class).outcome()).isEqualTo(PublishOutcome.UNKNOWN);
            assertThat(probe.next(LinkEvent.Published.class).outcome()).isEqualTo(PublishOutcome.UNKNOWN);
            proxy.thaw();
            assertThat(probe.up().connection()).isEqualTo(2);
            assertThat(probe.publish(3, LinkProbe.ONLINE).connection()).isEqualTo(2);
        }
    }

    @Test
    void stoppedBrokerIsFoundAgainEachTimeWithARisingNumber() {
        try (LinkProbe probe = connected()) {
            for (int connection = 2; connection <= 3; connection++) {
                BROKER.stop();
                LinkEvent.Down lost = probe.down();
                assertThat(lost.wasUp()).isTrue();
                assertThat(lost.trouble()).isEqualTo(LinkTrouble.NETWORK);
                LinkEvent.Down refused = probe.down();
                assertThat(refused.wasUp()).isFalse();
                assertThat(refused.message()).contains("nothing listens at localhost:" + BROKER.port());
                assertThat(refused.retryIn()).isBetween(Duration.ofMillis(1), Duration.ofMillis(500));
                BROKER.start();
                assertThat(probe.up().connection()).isEqualTo(connection);
            }
        }
    }

    @Test
    void stopLeavesTheFarewellAndNoWill() {
        LinkProbe probe = connected();
        probe.publish(1, LinkProbe.ONLINE);
        try (Phone phone = phone(LinkProbe.AVAILABILITY)) {
            assertThat(phone.nextText()).isEqualTo("online");
            probe.link().stop(Message.retainedText(LinkProbe.AVAILABILITY, "bye"), Duration.ofSeconds(10));
            assertThat(phone.nextText()).isEqualTo("bye");
            LinkEvent.Down down = probe.down();
            assertThat(down.trouble()).isEqualTo(LinkTrouble.STOPPED);
            probe.link().stop(LinkProbe.OFFLINE, Duration.ofSeconds(10));
            assertThat(probe.isQuiet()).isTrue();
        }
        try (Phone later = phone(LinkProbe.AVAILABILITY)) {
            assertThat(later.nextText()).isEqualTo("bye");
        }
    }

    @Test
    void stopOnAMuteConnectionEndsInTimeAndAnswersEverything() {
        try (FaultyProxy proxy = new FaultyProxy("localhost", BROKER.port());
                LinkProbe probe = through(proxy)) {
            probe.up();
            proxy.freeze();
            probe.link().publish(9, LinkProbe.ONLINE);
            long began = System.nanoTime();
            probe.link().stop(LinkProbe.OFFLINE, Duration.ofMillis(300));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(probe.next(LinkEvent.Published.class))
                    .extracting(LinkEvent.Published::token, LinkEvent.Published::outcome)
                    .containsExactly(9L, PublishOutcome.UNKNOWN);
            assertThat(probe.down().trouble()).isEqualTo(LinkTrouble.STOPPED);
        }
    }

    @Test
    void webSocketCarriesMessagesToo() {
        try (LinkProbe probe =
                LinkProbe.started(TestSettings.url(BROKER.url(Transport.WS).toString()))) {
            probe.up();
            assertThat(probe.publish(1, LinkProbe.ONLINE).outcome()).isEqualTo(PublishOutcome.ACCEPTED);
        }
    }
}
