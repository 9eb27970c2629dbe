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

    private static final String SYNC = "sync";

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

    /** The next message that is none of {@link #awaitSubscription}. */
    private static Incoming received(LinkProbe probe) {
        Incoming message = probe.next(LinkEvent.Received.class).message();
        while (message.text().equals(SYNC)) {
            message = probe.next(LinkEvent.Received.class).message();
        }
        return message;
    }

    /** Publishes on the topic until it comes back: the subscription stands, and those before it too. */
    private static void awaitSubscription(LinkProbe probe, String topic) {
        LinkEvent event = new LinkEvent.Published(0, 0, PublishOutcome.ACCEPTED, "");
        while (!(event instanceof LinkEvent.Received)) {
            if (event instanceof LinkEvent.Published) {
                probe.link().publish(0, live(topic, SYNC));
            }
            event = probe.next();
        }
    }

    @Test
    void whatTheBrokerHasRetainedDoesNotComeAndWhatComesLiveSaysThatItIsToBe() {
        send(Message.retainedText("gate/kept", "DISARM"));
        try (LinkProbe probe = LinkProbe.subscribing(direct(), "gate/kept")) {
            probe.up();
            awaitSubscription(probe, "gate/kept");
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
        try (LinkProbe probe = LinkProbe.subscribing(direct(), "gate/one", "gate/two")) {
            probe.up();
            awaitSubscription(probe, "gate/two");
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
    void noSizeEndsTheConnectionWhetherRetainedOrNot() {
        try (Phone stranger = new Phone(BROKER.url(Transport.MQTT), "gate/nothing");
                LinkProbe probe = LinkProbe.subscribing(direct(), "gate/sizes", "gate/end")) {
            long connection = probe.up().connection();
            awaitSubscription(probe, "gate/end");
            for (boolean retain : new boolean[] {false, true}) {
                for (int bytes = 16_330; bytes <= 16_400; bytes++) {
                    stranger.send("gate/sizes", bytes, retain);
                }
                stranger.send("gate/sizes", 65_536, retain);
                stranger.send("gate/sizes", 1_000_000, retain);
            }
            LinkEvent.Published answer = probe.publish(9, live("gate/end", "alive"));
            assertThat(answer.outcome()).isEqualTo(PublishOutcome.ACCEPTED);
            assertThat(answer.connection()).isEqualTo(connection);
        }
        try (LinkProbe later = LinkProbe.subscribing(direct(), "gate/sizes", "gate/end")) {
            later.up();
            awaitSubscription(later, "gate/end");
            assertThat(later.publish(9, live("gate/end", "alive")).connection()).isEqualTo(1);
        }
    }

    @Test
    void refusedSubscriptionIsToldWithItsFixAndTheOthersGoOn() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        try (LinkProbe probe = LinkProbe.subscribing(
                direct().withUser("stranger").withPassword(password), "gate/closed", "gate/open")) {
            if (!BROKER.name().equals("mosquitto")) { // which grants what it does not let through
                LinkEvent.SubscriptionRefused refused = probe.next(LinkEvent.SubscriptionRefused.class);
                assertThat(refused.topic()).isEqualTo("gate/closed");
                assertThat(refused.message())
                        .startsWith("no subscription to gate/closed: broker ")
                        .contains("allow user 'stranger' to read that topic");
            }
            awaitSubscription(probe, "gate/open");
        }
    }
}
