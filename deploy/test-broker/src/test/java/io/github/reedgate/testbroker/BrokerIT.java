package io.github.reedgate.testbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other tests rely on in either broker. */
@Timeout(60)
class BrokerIT {

    private static Mqtt5BlockingClient client(TestBroker broker) {
        return MqttClient.builder()
                .useMqttVersion5()
                .serverHost("localhost")
                .serverPort(broker.port())
                .buildBlocking();
    }

    private static Mqtt5BlockingClient loggedIn(TestBroker broker, String user, String password) {
        Mqtt5BlockingClient client = client(broker);
        client.connectWith()
                .simpleAuth()
                .username(user)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        return client;
    }

    private static void retain(Mqtt5BlockingClient client, String topic, String payload) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static Optional<String> retained(Mqtt5BlockingClient client, String topic) throws InterruptedException {
        try (Mqtt5BlockingClient.Mqtt5Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send();
            return publishes
                    .receive(5, TimeUnit.SECONDS)
                    .map(Mqtt5Publish::getPayloadAsBytes)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void keepsPortAndRetainedMessagesOverARestart() throws InterruptedException {
        try (TestBroker broker = TestBroker.started(BrokerOptions.plain())) {
            int port = broker.port();
            Mqtt5BlockingClient before = client(broker);
            before.connect();
            retain(before, "a/b", "kept");
            before.disconnect();
            broker.restart();
            assertThat(broker.port()).isEqualTo(port);
            Mqtt5BlockingClient after = client(broker);
            after.connect();
            assertThat(retained(after, "a/b")).contains("kept");
            after.disconnect();
        }
    }

    @Test
    void letsUsersInWithTheirPasswordOnlyAndDeniesForeignTopics() {
        BrokerOptions options = BrokerOptions.plain().with(new Account("gate", "secret", List.of("gate/#")));
        try (TestBroker broker = TestBroker.started(options)) {
            assertRefused(() -> client(broker).connect(), Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
            assertRefused(
                    () -> loggedIn(broker, "gate", "wrong"),
                    Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD,
                    Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
            Mqtt5BlockingClient client = loggedIn(broker, "gate", "secret");
            retain(client, "gate/x", "allowed");
            assertThatThrownBy(() -> retain(client, "other/x", "denied"))
                    .isInstanceOfSatisfying(
                            Mqtt5PubAckException.class,
                            e -> assertThat(e.getMqttMessage().getReasonCode())
                                    .isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED));
            // no disconnect here: HiveMQ CE ends the connection by itself after a refusal
        }
    }

    private static void assertRefused(Runnable connect, Mqtt5ConnAckReasonCode... expected) {
        assertThatThrownBy(connect::run)
                .isInstanceOfSatisfying(
                        Mqtt5ConnAckException.class,
                        e -> assertThat(expected).contains(e.getMqttMessage().getReasonCode()));
    }

    @Test
    void tellsItsMaximumPacketSize() {
        try (TestBroker broker = TestBroker.started(BrokerOptions.plain().withMaximumPacketBytes(2000))) {
            Mqtt5BlockingClient client = client(broker);
            assertThat(client.connect().getRestrictions().getMaximumPacketSize())
                    .isEqualTo(2000);
            client.disconnect();
        }
    }

    @Test
    void killLosesNothingThatWasOnDiskAndTheBrokerStartsAgain() throws InterruptedException {
        try (TestBroker broker = TestBroker.create(BrokerOptions.plain())) {
            assumeThat(broker.canBeKilled()).isTrue();
            broker.start();
            Mqtt5BlockingClient before = client(broker);
            before.connect();
            retain(before, "a/b", "first");
            broker.stop();
            broker.start();
            broker.kill();
            assertThat(Ports.isOpen(broker.port())).isFalse();
            broker.start();
            Mqtt5BlockingClient after = client(broker);
            after.connect();
            assertThat(retained(after, "a/b")).contains("first");
            after.disconnect();
        }
    }

    @Test
    void brokerInThisProcessSaysThatItCannotBeKilled() {
        try (TestBroker broker = new EmbeddedBroker(BrokerOptions.plain())) {
            assertThatThrownBy(broker::kill)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("mosquitto");
        }
    }
}
