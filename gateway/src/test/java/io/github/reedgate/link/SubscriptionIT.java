package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import io.github.reedgate.testbroker.Account;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the gateway through a real broker. Each test has topics of its own, for the broker keeps the values. */
@Timeout(120)
class SubscriptionIT {

    private static final TestBroker BROKER = TestBroker.create(BrokerOptions.plain()
            .with(new Account("stranger", "secret", List.of("gate/availability", "gate/open")))
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

    private static void send(Message... messages) {
        try (LinkProbe other = new LinkProbe(LinkProbe.quick(direct().build(), "other"))) {
            other.start();
            other.up();
            for (Message message : messages) {
                assertThat(other.publish(1, message).outcome()).isEqualTo(PublishOutcome.ACCEPTED);
            }
        }
    }

    private static Message live(String topic, String payload) {
        return new Message(topic, payload, QoS.AT_LEAST_ONCE, false, Message.TEXT, Map.of());
    }

    private static Incoming received(LinkProbe probe) {
        return probe.next(LinkEvent.Received.class).message();
    }

    @Test
    void keptMessageComesFirstAndSaysSo() {
        send(Message.retainedText("gate/kept", "DISARM"));
        try (LinkProbe probe = LinkProbe.subscribing(direct(), "gate/kept")) {
            assertThat(received(probe)).isEqualTo(new Incoming("gate/kept", "DISARM", Incoming.Shape.TEXT, true));
            send(live("gate/kept", "ARM_AWAY"));
            assertThat(received(probe)).isEqualTo(Incoming.text("gate/kept", "ARM_AWAY"));
            send(Message.retainedText("gate/kept", "DISARM"));
            assertThat(received(probe))
                    .as("one that comes live says that it is to be kept")
                    .isEqualTo(new Incoming("gate/kept", "DISARM", Incoming.Shape.TEXT, true));
        }
    }

    @Test
    void messagesOfAllTopicsComeInTheirOrderAndTheLongOnesWithoutText() {
        // the second subscription is sent once the first was acknowledged: what is kept there tells that both stand
        send(Message.retainedText("gate/two", "kept"));
        try (LinkProbe probe = LinkProbe.subscribing(direct(), "gate/one", "gate/two")) {
            assertThat(received(probe).text()).isEqualTo("kept");
            send(
                    live("gate/one", "a"),
                    live("gate/one", "x".repeat(5000)),
                    live("gate/two", "b"),
                    live("gate/else", ""));
            assertThat(received(probe)).isEqualTo(Incoming.text("gate/one", "a"));
            assertThat(received(probe)).isEqualTo(new Incoming("gate/one", "", Incoming.Shape.TOO_LONG, false));
            assertThat(received(probe)).isEqualTo(Incoming.text("gate/two", "b"));
            assertThat(probe.publish(7, live("gate/one", "own")).token()).isEqualTo(7);
        }
    }

    @Test
    void refusedSubscriptionIsToldWithItsFixAndTheOthersGoOn() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        send(Message.retainedText("gate/open", "kept"));
        try (LinkProbe probe = LinkProbe.subscribing(
                direct().withUser("stranger").withPassword(password), "gate/closed", "gate/open")) {
            if (!BROKER.name().equals("mosquitto")) { // which grants what it does not let through
                LinkEvent.SubscriptionRefused refused = probe.next(LinkEvent.SubscriptionRefused.class);
                assertThat(refused.topic()).isEqualTo("gate/closed");
                assertThat(refused.message())
                        .startsWith("no subscription to gate/closed: broker ")
                        .contains("allow user 'stranger' to read that topic");
            }
            assertThat(received(probe).text()).isEqualTo("kept");
        }
    }
}
