package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Brokers that fall silent, wholly or in part, whatever keep-alive they asked for. */
@Timeout(60)
class DeadLineIT {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);
    /** How late a thread may be on a machine that has much else to do; what is promised is shown by {@link SilenceTest}. */
    private static final Duration BUSY_MACHINE = Duration.ofSeconds(20);

    private static final Message HEARTBEAT =
            new Message("gate/diagnostics", "{}", QoS.AT_MOST_ONCE, true, Message.JSON, Map.of());

    /** CONNACK with a Server Keep Alive. */
    private static String connack(int seconds) {
        return "20 06 00 00 03 13 " + HexFormat.of().toHexDigits((byte) (seconds >> 8)) + " "
                + HexFormat.of().toHexDigits((byte) seconds);
    }

    private static LinkEvent.Down endOf(String connack, String answered, Message... sent) {
        RawServer.Script script = client -> {
            RawServer.readSome(client);
            RawServer.write(client, connack);
            answer(client, answered);
        };
        try (RawServer server = new RawServer(script);
                LinkProbe probe = LinkProbe.started(server.settings().withKeepAlive(KEEP_ALIVE))) {
            probe.up();
            long beginNanos = probe.toldNanos();
            for (Message each : sent) {
                probe.link().publish(1, each);
            }
            LinkEvent.Down down = probe.down();
            assertThat(Duration.ofNanos(probe.toldNanos() - beginNanos))
                    .as(connack)
                    .isLessThan(KEEP_ALIVE.multipliedBy(2).plus(BUSY_MACHINE));
            return down;
        }
    }

    /** Answers packets whose first byte is among these; of PUBLISH with QoS 1, UNSUBSCRIBE and PINGREQ. */
    private static void answer(Socket client, String answered) throws IOException {
        InputStream in = client.getInputStream();
        for (int type = in.read(); type >= 0; type = in.read()) {
            byte[] body = in.readNBytes(in.read());
            HexFormat hex = HexFormat.ofDelimiter(" ");
            if (type == 0xC0 && answered.contains("ping")) {
                RawServer.write(client, "d0 00");
            } else if (type == 0xA2 && answered.contains("unsubscribe")) {
                RawServer.write(client, "b0 04 " + hex.formatHex(body, 0, 2) + " 00 11");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "65535"})
    void silentBrokerIsNoticedWithinTwiceOurKeepAliveWithMessagesAndWithout(int serverKeepAlive) {
        for (Message[] sent : new Message[][] {{}, {LinkProbe.ONLINE}}) {
            LinkEvent.Down down = endOf(connack(serverKeepAlive), "", sent);
            assertThat(down.wasUp()).isTrue();
            // the client library ends a connection itself if the broker does not answer its PINGREQ
            assertThat(down.message()).isNotBlank();
        }
    }

    /** Each puts off the library's PINGREQ, and none is acknowledged. */
    @Test
    void deadLineIsNoticedThoughHeartbeatsGoOn() {
        RawServer.Script script = client -> {
            RawServer.readSome(client);
            RawServer.write(client, "20 03 00 00 00");
            answer(client, "");
        };
        ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
        try (RawServer server = new RawServer(script);
                LinkProbe probe = LinkProbe.started(server.settings().withKeepAlive(KEEP_ALIVE))) {
            probe.up();
            ScheduledFuture<?> beats = heart.scheduleAtFixedRate(
                    () -> probe.link().publish(1, HEARTBEAT), 0, KEEP_ALIVE.toMillis() / 4, TimeUnit.MILLISECONDS);
            LinkEvent.Down down = probe.down();
            beats.cancel(false);
            assertThat(down.message()).contains("a sign of life did not come within 1 s");
        } finally {
            heart.shutdownNow();
        }
    }

    @Test
    void brokerThatAnswersPingsButAcknowledgesNoMessageIsLeft() {
        LinkEvent.Down down = endOf("20 03 00 00 00", "ping unsubscribe", LinkProbe.ONLINE);
        assertThat(down.trouble()).isEqualTo(LinkTrouble.NO_ANSWER);
        assertThat(down.message()).contains("the acknowledgement of a message did not come within 3 s");
    }

    @Test
    void livingBrokerWithALongKeepAliveIsNotLeft() {
        RawServer.Script script = client -> {
            RawServer.readSome(client);
            RawServer.write(client, connack(600));
            answer(client, "unsubscribe");
        };
        try (RawServer server = new RawServer(script);
                LinkProbe probe = LinkProbe.started(server.settings().withKeepAlive(Duration.ofSeconds(3)))) {
            probe.up();
            assertThat(probe.isQuietFor(Duration.ofSeconds(8))).isTrue();
        }
    }
}
