package io.github.reedgate.monitor.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.config.MonitorReader;
import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The session with a real broker: what others see of its end, and what the broker says to requests. */
@Timeout(120)
class BrokerSessionIT {

    private static final String AVAILABILITY = "reedgate-monitor/main/availability";

    @TempDir
    private @SuppressWarnings("NullAway.Init") Path folder;

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    private final AtomicBoolean hasRoom = new AtomicBoolean(true);
    private final AtomicBoolean throwsOnMessage = new AtomicBoolean();
    private @SuppressWarnings("NullAway.Init") TestBroker broker;
    private @SuppressWarnings("NullAway.Init") Mqtt5AsyncClient other;
    private @SuppressWarnings("NullAway.Init") BrokerSession session;

    private final SessionEvents events = new SessionEvents() {
        @Override
        public void up(boolean sessionPresent) {
            happened.add("up");
        }

        @Override
        public void received(Delivery delivery) {
            if (throwsOnMessage.getAndSet(false)) {
                throw new IllegalStateException("planted");
            }
            delivery.acknowledge();
        }

        @Override
        public void down(boolean wasUp, LinkTrouble trouble, String message) {
            happened.add("down");
        }
    };

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.started(BrokerOptions.plain());
        other = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildAsync();
        other.connect().get(20, TimeUnit.SECONDS);
        other.subscribeWith()
                .topicFilter(AVAILABILITY)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(publish -> said.add(new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8)))
                .send()
                .get(20, TimeUnit.SECONDS);
        Path file = folder.resolve("m.yaml");
        Files.writeString(
                file,
                "monitor:\n  id: main\nstate_dir: state\nbroker:\n  url: mqtt://127.0.0.1:" + broker.port()
                        + "\n  retry:\n    first: 100ms\n    max: 1s\n");
        MonitorConfig config = MonitorReader.read(file);
        session = new BrokerSession(
                new SessionPlan(config.broker(), List.of("reedgate/+/event"), Duration.ofDays(1), AVAILABILITY),
                new ClientFactory(config.broker(), new CredentialSource(config.broker(), Map.of())),
                events,
                hasRoom::get);
        session.start();
        assertThat(happened.poll(20, TimeUnit.SECONDS)).isEqualTo("up");
        assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("online");
    }

    @AfterEach
    void stop() throws Exception {
        session.close();
        other.disconnect().get(20, TimeUnit.SECONDS);
        broker.close();
    }

    @Test
    void monitorThatEndsItsConnectionBecauseItHasNoRoomIsOffline() throws Exception {
        hasRoom.set(false);

        assertThat(happened.poll(20, TimeUnit.SECONDS)).isEqualTo("down");
        assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("offline");
        hasRoom.set(true);
        assertThat(happened.poll(20, TimeUnit.SECONDS)).isEqualTo("up");
        assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("online");
    }

    @Test
    void monitorThatCantTakeAMessageIsOfflineUntilItIsConnectedAgain() throws Exception {
        throwsOnMessage.set(true);
        other.publishWith()
                .topic("reedgate/home/event")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .get(20, TimeUnit.SECONDS);

        assertThat(happened.poll(20, TimeUnit.SECONDS)).isEqualTo("down");
        assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("offline");
        assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("online");
    }

    @Test
    void endSaysOfflineOnce() throws Exception {
        session.close();

        assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("offline");
        assertThat(said.poll(1, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void requestThatNobodySubscribesToIsToldFromOneThatIsReceived() throws Exception {
        String topic = "reedgate/home/log/get";
        SessionRequest request =
                new SessionRequest(topic, "{}", "reedgate-monitor/main/log/home", "token", Duration.ofMinutes(1));
        assertThat(session.publish(request).get(20, TimeUnit.SECONDS)).isEqualTo(Sent.UNSUBSCRIBED);

        other.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .get(20, TimeUnit.SECONDS);
        assertThat(session.publish(request).get(20, TimeUnit.SECONDS)).isEqualTo(Sent.TAKEN);

        session.close();
        assertThat(session.publish(request).get(20, TimeUnit.SECONDS)).isEqualTo(Sent.FAILED);
    }
}
