package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The link against servers that are mute, rude, broken or ill-meant: each is told apart and tried again. */
@Timeout(60)
@Tag("brokerless")
class HiveMqLinkHostileIT {

    private static final String CONNACK = "20 03 00 00 00";

    private static LinkEvent.Down firstDown(RawServer server) {
        return firstDown(server.settings());
    }

    private static LinkEvent.Down firstDown(TestSettings settings) {
        try (LinkProbe probe = LinkProbe.started(settings)) {
            LinkEvent.Down down = probe.down();
            assertThat(down.wasUp()).isFalse();
            return down;
        }
    }

    @Test
    void serverThatNeverAnswersIsNoAnswer() {
        try (RawServer server = new RawServer(RawServer::readUntilEnd)) {
            LinkEvent.Down down = firstDown(server.settings().withConnectTimeout(Duration.ofSeconds(2)));
            assertThat(down.trouble()).isEqualTo(LinkTrouble.NO_ANSWER);
            assertThat(down.message()).contains("took the connection but did not answer", "is that port really MQTT");
        }
    }

    @Test
    void serverThatClosesAtOnceIsTriedAgainWithLongerWaits() {
        try (RawServer server = new RawServer(client -> client.shutdownOutput());
                LinkProbe probe = LinkProbe.started(server.settings())) {
            LinkEvent.Down first = probe.down();
            assertThat(first.trouble()).isEqualTo(LinkTrouble.NETWORK);
            assertThat(first.wasUp()).isFalse();
            assertThat(first.retryIn()).isLessThan(Duration.ofMillis(70));
            for (int i = 0; i < 3; i++) {
                probe.down();
            }
            assertThat(probe.down().retryIn()).isBetween(Duration.ofMillis(290), Duration.ofMillis(510));
        }
    }

    @Test
    void garbageIsToldAsSuch() {
        String http = HexFormat.ofDelimiter(" ")
                .formatHex(("HTTP/1.1 400 Bad Request\r\n" + "Server: web\r\n".repeat(20))
                        .getBytes(StandardCharsets.US_ASCII));
        try (RawServer server = RawServer.answering(http)) {
            LinkEvent.Down down = firstDown(server);
            assertThat(down.message()).contains("answered with something that is not MQTT 5");
            assertThat(down.trouble()).isEqualTo(LinkTrouble.REFUSED);
        }
    }

    @Test
    void brokerWithOldMqttOnlyIsToldToBeUpdated() {
        try (RawServer server = RawServer.answering("20 02 00 01")) {
            LinkEvent.Down down = firstDown(server);
            assertThat(down.trouble()).isEqualTo(LinkTrouble.REFUSED);
            assertThat(down.message()).contains("MQTT 5");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "80, REFUSED, unspecified error",
        "84, REFUSED, MQTT 5",
        "85, REFUSED, client id 'gate'",
        "86, BAD_CREDENTIALS, password",
        "87, NOT_AUTHORIZED, access rules",
        "88, NETWORK, next attempt",
        "89, NETWORK, next attempt",
        "8A, NOT_AUTHORIZED, access rules",
        "8C, NOT_AUTHORIZED, have the broker accept a user name with a password",
        "90, REFUSED, does not take this client's will",
        "97, REFUSED, a limit of the broker is reached",
        "81, REFUSED, did not understand CONNECT",
        "82, REFUSED, did not understand CONNECT",
        "83, REFUSED, see the broker's log",
        "95, REFUSED, raise the maximum packet size",
        "99, REFUSED, does not take this client's will",
        "9A, REFUSED, retain_available true",
        "9B, REFUSED, max_qos 2",
        "9C, REFUSED, set the url to it",
        "9D, REFUSED, set the url to it",
        "9F, REFUSED, a limit of the broker is reached"
    })
    void eachRefusalHasItsTroubleAndPace(String code, LinkTrouble trouble, String fix) {
        try (RawServer server = RawServer.answering("20 03 00 " + code + " 00")) {
            LinkEvent.Down down = firstDown(server);
            assertThat(down.trouble()).isEqualTo(trouble);
            assertThat(down.message()).contains("0x" + code, fix);
            boolean slow = down.retryIn().compareTo(Duration.ofSeconds(1)) > 0;
            assertThat(slow).isEqualTo(trouble != LinkTrouble.NETWORK);
        }
    }

    /** {@code 1C 00 05 'o' 't' 'h' 'e' 'r'} is the server reference. */
    @ParameterizedTest
    @CsvSource({"9C, sends clients to another server 'other'", "9D, has moved to another server 'other'"})
    void serverThatTheBrokerNamesIsShownAndNotFollowed(String code, String shown) {
        try (RawServer server = RawServer.answering("20 0b 00 " + code + " 08 1c 00 05 6f 74 68 65 72")) {
            assertThat(firstDown(server).message()).contains(shown, "if you trust that");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00, NETWORK, nothing to do",
        "80, NETWORK, see the broker's log",
        "81, NETWORK, did not understand what this client sent",
        "82, NETWORK, did not understand what this client sent",
        "83, NETWORK, see the broker's log",
        "87, NOT_AUTHORIZED, access rules",
        "89, NETWORK, nothing to do",
        "8B, NETWORK, nothing to do",
        "8C, NOT_AUTHORIZED, accept a user name with a password",
        "8D, NETWORK, nothing came from this client in time",
        "8E, TAKEN_OVER, give each its own",
        "8F, NETWORK, does not take a topic of this client",
        "90, NETWORK, does not take a topic of this client",
        "93, NETWORK, more messages without an answer than it allows",
        "94, NETWORK, did not understand what this client sent",
        "95, NETWORK, raise its maximum packet size",
        "96, NETWORK, limit of messages in a second",
        "97, REFUSED, a limit of the broker is reached",
        "98, REFUSED, somebody ended it at the broker",
        "99, NETWORK, did not understand what this client sent",
        "9A, REFUSED, retain_available true",
        "9B, REFUSED, max_qos 2",
        "9C, REFUSED, set the url to it",
        "9D, REFUSED, set the url to it",
        "9E, NETWORK, have the broker support that",
        "9F, NETWORK, nothing to do",
        "A0, NETWORK, nothing to do",
        "A1, NETWORK, have the broker support that",
        "A2, NETWORK, have the broker support that"
    })
    void eachEndByTheBrokerHasItsTroubleAndFix(String code, LinkTrouble trouble, String fix) {
        try (RawServer server = RawServer.answering(CONNACK + " e0 02 " + code + " 00");
                LinkProbe probe = LinkProbe.started(server.settings())) {
            LinkEvent.Down down = probe.down();
            assertThat(down.wasUp()).isTrue();
            assertThat(down.trouble()).isEqualTo(trouble);
            assertThat(down.message()).contains("ended the connection", "0x" + code, fix);
            assertThat(down.message().contains("access rules")).isEqualTo(code.equals("87"));
        }
    }

    @ParameterizedTest
    @CsvSource({"20 05 00 00 02 25 00, keeps no retained messages", "20 05 00 00 02 24 00, takes QoS 0 only"})
    void brokerWithoutWhatIsNeededIsRefusedByUs(String connack, String reason) {
        try (RawServer server = RawServer.answeringAndStaying(connack)) {
            LinkEvent.Down down = firstDown(server);
            assertThat(down.trouble()).isEqualTo(LinkTrouble.REFUSED);
            assertThat(down.message()).contains(reason);
        }
    }

    @Test
    void takeOverThatTheBrokerNamesIsToldAtOnce() {
        try (RawServer server = RawServer.answering(CONNACK + " e0 02 8e 00");
                LinkProbe probe = LinkProbe.started(server.settings())) {
            LinkEvent.Down down = probe.down();
            assertThat(down.trouble()).isEqualTo(LinkTrouble.TAKEN_OVER);
            assertThat(down.message()).contains("(0x8E)", "client id 'gate'");
            assertThat(down.retryIn()).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void thirdSilentKickIsToldAsATakeOver() {
        try (RawServer server = RawServer.answering(CONNACK);
                LinkProbe probe = LinkProbe.started(server.settings())) {
            for (int kick = 1; kick <= 3; kick++) {
                assertThat(probe.up().connection()).isEqualTo(kick);
                LinkEvent.Down down = probe.down();
                assertThat(down.wasUp()).isTrue();
                assertThat(down.trouble()).isEqualTo(kick < 3 ? LinkTrouble.NETWORK : LinkTrouble.TAKEN_OVER);
            }
        }
    }

    @Test
    void packetAboveTheLimitEndsTheConnection() {
        RawServer.Script script = client -> {
            RawServer.readSome(client);
            RawServer.write(client, CONNACK);
            sendPublishes(client, 1, 1_000_000);
            RawServer.readUntilEnd(client);
        };
        try (RawServer server = new RawServer(script);
                LinkProbe probe = LinkProbe.started(server.settings())) {
            probe.up();
            LinkEvent.Down down = probe.down();
            assertThat(down.wasUp()).isTrue();
            assertThat(down.message()).containsIgnoringCase("packet too large");
        }
    }

    @Test
    void floodOfUnwantedMessagesIsDropped() {
        RawServer.Script script = client -> {
            RawServer.readSome(client);
            RawServer.write(client, CONNACK);
            sendPublishes(client, 20_000, 10_000);
            RawServer.write(client, "e0 02 8b 00");
            RawServer.readUntilEnd(client);
        };
        try (RawServer server = new RawServer(script);
                LinkProbe probe = LinkProbe.started(server.settings())) {
            probe.up();
            LinkEvent.Down down = probe.down();
            assertThat(down.message()).contains("server shutting down (0x8B)");
            assertThat(probe.up().connection()).isEqualTo(2);
        }
    }

    /** Sends QoS 0 messages on topic {@code a}. */
    private static void sendPublishes(Socket client, int count, int payloadBytes) throws IOException {
        byte[] head = HexFormat.of().parseHex("30" + remainingLength(payloadBytes + 4) + "00016100");
        byte[] payload = new byte[payloadBytes];
        OutputStream out = client.getOutputStream();
        for (int i = 0; i < count; i++) {
            out.write(head);
            out.write(payload);
        }
    }

    private static String remainingLength(int bytes) {
        String last = HexFormat.of().toHexDigits((byte) (bytes % 128 | (bytes >= 128 ? 0x80 : 0)));
        return bytes < 128 ? last : last + remainingLength(bytes / 128);
    }

    @Test
    void nameThatDoesNotExistIsTold() {
        try (LinkProbe probe = LinkProbe.started(TestSettings.url("mqtt://no-such-broker.invalid"))) {
            LinkEvent.Down down = probe.down();
            assertThat(down.trouble()).isEqualTo(LinkTrouble.NETWORK);
            assertThat(down.message()).contains("no-such-broker.invalid:1883", "check the name and DNS");
        }
    }

    @Test
    void stopWhileConnectingAndWhileWaitingEndsAtOnce() {
        try (RawServer mute = new RawServer(RawServer::readUntilEnd)) {
            LinkProbe connecting = LinkProbe.started(mute.settings());
            connecting.link().stop(LinkProbe.OFFLINE, Duration.ofSeconds(10));
            assertThat(connecting.down().trouble()).isEqualTo(LinkTrouble.STOPPED);
            assertThat(connecting.isQuiet()).isTrue();
        }
        try (RawServer refusing = RawServer.answering("20 03 00 86 00")) {
            LinkProbe waiting = LinkProbe.started(refusing.settings());
            waiting.down();
            waiting.link().stop(LinkProbe.OFFLINE, Duration.ofSeconds(10));
            assertThat(waiting.down().trouble()).isEqualTo(LinkTrouble.STOPPED);
            assertThat(waiting.isQuiet()).isTrue();
        }
    }
}
