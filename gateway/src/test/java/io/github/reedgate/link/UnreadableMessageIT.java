package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker that passes on what no client can take: it costs a moment, and a topic that keeps doing it is left out. */
@Timeout(90)
class UnreadableMessageIT {

    private static final Message ALARM =
            new Message("gate/alarm", "Door opened", QoS.AT_LEAST_ONCE, false, Message.TEXT, Map.of());
    private static final String CONNACK = "20 03 00 00 00";
    /** A PUBLISH of 20,000 bytes on topic {@code a}; only its first bytes are ever sent. */
    private static final String TOO_LARGE = "30 a0 9c 01 00 01 61 00";

    private static RawServer sendingAtOnce(String publish) {
        return RawServer.answeringAndStaying(CONNACK + " " + publish);
    }

    @ParameterizedTest
    @CsvSource({
        "too large, 30 a0 9c 01 00 01 61 00, who publishes",
        "topic alias that was not allowed, 30 07 00 01 61 03 23 00 01, who publishes",
        "no topic, 30 03 00 00 00, who publishes",
        "wrong payload format, 30 06 00 01 61 02 01 02, who publishes",
        "response topic with a wildcard, 30 08 00 01 61 04 08 00 01 23, who publishes",
        "property that no PUBLISH has, 30 06 00 01 61 02 24 01, who publishes",
        "wrong QoS, 36 06 00 01 61 00 01 00, who publishes",
        "packet that no broker sends, 10 00, update it",
        "unknown packet, 00 00, update it",
        "second CONNACK, 20 03 00 00 00, update it",
        "acknowledgement nobody waits for, 40 02 00 07, update it"
    })
    void whateverCantBeTakenIsNoRefusalByTheBroker(String what, String publish, String fix) {
        try (RawServer server = sendingAtOnce(publish);
                LinkProbe probe = LinkProbe.started(server.settings())) {
            probe.up();
            LinkEvent.Down down = probe.down();
            assertThat(down.trouble()).as(what).isEqualTo(LinkTrouble.UNREADABLE);
            assertThat(down.message())
                    .startsWith("this client ended the connection")
                    .contains(fix)
                    .doesNotContain("refused", "access rules");
            assertThat(down.retryIn()).isLessThan(Duration.ofMillis(70));
        }
    }

    @Test
    void topicThatCutsTheConnectionAgainAndAgainIsLeftOutAndSaidAndTheOthersStay() {
        RawServer.Script script = client -> {
            RawServer.readSome(client);
            RawServer.write(client, CONNACK);
            serve(client, () -> true);
        };
        try (RawServer server = new RawServer(script);
                LinkProbe probe = LinkProbe.subscribing(server.settings(), "good", "bad", "last")) {
            for (int cut = 1; cut <= 3; cut++) {
                probe.up();
                assertThat(probe.down().trouble()).isEqualTo(LinkTrouble.UNREADABLE);
            }
            probe.up();
            LinkEvent.SubscriptionRefused refused = probe.next(LinkEvent.SubscriptionRefused.class);
            assertThat(refused.topic()).isEqualTo("bad");
            assertThat(refused.message()).contains("this client can't take", "tried again in ");
            assertThat(refused.message()).doesNotContain("access rules");
            assertThat(probe.isQuiet()).isTrue();
        }
    }

    @Test
    void alarmsAreAcknowledgedBetweenTheCutsAndTheTopicIsSubscribedToAgainWhenItsTimeIsOver() {
        AtomicBoolean hostile = new AtomicBoolean(true);
        RawServer.Script script = client -> {
            RawServer.readSome(client);
            RawServer.write(client, CONNACK);
            serve(client, hostile::get);
        };
        try (RawServer server = new RawServer(script);
                LinkProbe probe = LinkProbe.subscribing(server.settings(), "good", "bad")) {
            probe.next(LinkEvent.SubscriptionRefused.class);
            for (int alarm = 1; alarm <= 20; alarm++) {
                LinkEvent.Published answer = probe.publish(alarm, ALARM);
                assertThat(answer.token()).isEqualTo(alarm);
                assertThat(answer.outcome()).isEqualTo(PublishOutcome.ACCEPTED);
            }
            hostile.set(false);
            LinkEvent.Subscribed subscribed = probe.next(LinkEvent.Subscribed.class);
            assertThat(subscribed.topic()).isEqualTo("bad");
        }
    }

    /** Acknowledges subscriptions and publishes; behind that to {@code bad} comes what can't be taken. */
    private static void serve(Socket client, BooleanSupplier hostile) throws IOException {
        InputStream in = client.getInputStream();
        for (int type = in.read(); type >= 0; type = in.read()) {
            byte[] body = in.readNBytes(in.read());
            HexFormat hex = HexFormat.ofDelimiter(" ");
            if (type == 0x82) {
                int start = 3 + body[2]; // behind the properties
                String topic = new String(body, start + 2, body[start + 1], StandardCharsets.UTF_8);
                RawServer.write(client, "90 04 " + hex.formatHex(body, 0, 2) + " 00 01");
                if (topic.equals("bad") && hostile.getAsBoolean()) {
                    RawServer.write(client, TOO_LARGE);
                }
            } else if (type == 0x32) {
                int end = 2 + (body[0] << 8) + body[1]; // of the topic
                RawServer.write(client, "40 02 " + hex.formatHex(body, end, end + 2));
            } else if (type == 0xC0) {
                RawServer.write(client, "d0 00");
            }
        }
    }
}
