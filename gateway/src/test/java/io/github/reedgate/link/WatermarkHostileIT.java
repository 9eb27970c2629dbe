package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
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

/** The question for the watermark, put to brokers that refuse, fall silent or mean ill. */
@Timeout(60)
@Tag("brokerless")
class WatermarkHostileIT {

    private static final String TOPIC = "gate/mark";

    /** What a broker does with a SUBSCRIBE, given its packet identifier in hex; returns false to end the connection. */
    @FunctionalInterface
    private interface Answer {
        boolean to(Socket client, String packetId) throws IOException;
    }

    /** A broker that lets everybody in, acknowledges what is published and answers pings. */
    private static RawServer broker(Answer answer) {
        return new RawServer(client -> {
            DataInputStream in = new DataInputStream(client.getInputStream());
            boolean stays = true;
            int type = in.read();
            while (type >= 0) {
                byte[] body = in.readNBytes(remainingLength(in));
                switch (type) {
                    case 0x10 -> RawServer.write(client, "20 03 00 00 00");
                    case 0x32, 0x33 -> puback(client, body);
                    case 0x82 -> stays = answer.to(client, HexFormat.of().formatHex(body, 0, 2));
                    case 0xC0 -> RawServer.write(client, "d0 00");
                    default -> stays = type != 0xE0;
                }
                type = stays ? in.read() : -1;
            }
        });
    }

    private static void puback(Socket client, byte[] publish) throws IOException {
        int at = 2 + (publish[0] << 8) + publish[1];
        client.getOutputStream().write(new byte[] {0x40, 2, publish[at], publish[at + 1]});
    }

    private static int remainingLength(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int next = in.readUnsignedByte();
        while (next >= 0x80) {
            length |= (next & 0x7F) << shift;
            shift += 7;
            next = in.readUnsignedByte();
        }
        return length | (next << shift);
    }

    private static void suback(Socket client, String packetId, String code) throws IOException {
        client.getOutputStream().write(HexFormat.of().parseHex("9004" + packetId + "00" + code));
    }

    /** Sends a QoS 0 message. */
    private static void send(Socket client, boolean retained, String topic, byte[] payload) throws IOException {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        OutputStream out = client.getOutputStream();
        out.write(retained ? 0x31 : 0x30);
        int length = 2 + name.length + 1 + payload.length;
        while (length >= 0x80) {
            out.write((length & 0x7F) | 0x80);
            length >>= 7;
        }
        out.write(length);
        out.write(0);
        out.write(name.length);
        out.write(name);
        out.write(0);
        out.write(payload);
    }

    private static void send(Socket client, boolean retained, String topic, String payload) throws IOException {
        send(client, retained, topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static LinkEvent.Watermark answerOf(Answer answer) {
        return answerOf(answer, Duration.ofSeconds(10));
    }

    private static LinkEvent.Watermark answerOf(Answer answer, Duration limit) {
        try (RawServer server = broker(answer);
                LinkProbe probe = LinkProbe.watching(TOPIC, server.settings().withConnectTimeout(limit))) {
            probe.up();
            return (LinkEvent.Watermark) probe.next();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "80, unspecified error, allow a client without user name to read that topic",
        "83, implementation specific error, allow a client without user name to read that topic",
        "87, not authorized, allow a client without user name to read that topic",
        "8F, topic filter invalid, choose another topic_prefix",
        "97, quota exceeded, a limit of the broker is reached"
    })
    void refusalIsToldWithItsReasonAndTheFix(String code, String reason, String fix) {
        LinkEvent.Watermark answer = answerOf((client, id) -> {
            suback(client, id, code);
            return true;
        });
        assertThat(answer.outcome()).isEqualTo(WatermarkOutcome.REFUSED);
        assertThat(answer.message()).contains(reason + " (0x" + code + ")", TOPIC, fix);
    }

    @Test
    void subscriptionWithoutAnAnswerIsNotWaitedForForEver() {
        LinkEvent.Watermark answer = answerOf((client, id) -> true, Duration.ofSeconds(2));
        assertThat(answer.outcome()).isEqualTo(WatermarkOutcome.NO_ANSWER);
        assertThat(answer.message()).contains("within 2 s", TOPIC);
    }

    @Test
    void numberThatComesBeforeTheAcknowledgementCounts() {
        LinkEvent.Watermark answer = answerOf((client, id) -> {
            send(client, true, TOPIC, "3");
            suback(client, id, "01");
            return true;
        });
        assertThat(answer.seq()).hasValue(3);
    }

    @Test
    void onlyARetainedMessageOnExactlyThatTopicCounts() {
        LinkEvent.Watermark answer = answerOf((client, id) -> {
            suback(client, id, "01");
            send(client, true, TOPIC + "/x", "1");
            send(client, true, "gate", "2");
            send(client, false, TOPIC, "3");
            send(client, true, TOPIC, "4");
            return true;
        });
        assertThat(answer.seq()).hasValue(4);
    }

    @Test
    void liveMessagesAreNoMemory() {
        LinkEvent.Watermark answer = answerOf((client, id) -> {
            send(client, false, TOPIC, "3");
            suback(client, id, "01");
            send(client, false, TOPIC, "4");
            return true;
        });
        assertThat(answer.outcome()).isEqualTo(WatermarkOutcome.NONE);
        assertThat(answer.message()).isEmpty();
    }

    @Test
    void longPayloadIsMalformedAndOnlyItsBeginIsTold() {
        LinkEvent.Watermark answer = answerOf((client, id) -> {
            suback(client, id, "01");
            send(client, true, TOPIC, "1".repeat(16_000));
            return true;
        });
        assertThat(answer.outcome()).isEqualTo(WatermarkOutcome.MALFORMED);
        assertThat(answer.message()).contains("'1111111111111111' (16000 bytes)");
    }

    @Test
    void floodOnTheTopicIsToldOnceAndShownOnce() {
        try (RawServer server = broker((client, id) -> {
                    suback(client, id, "01");
                    for (int i = 0; i < 20_000; i++) {
                        send(client, true, TOPIC, "" + (100 + i));
                        send(client, false, TOPIC, "" + (100 + i));
                    }
                    RawServer.write(client, "e0 02 8b 00");
                    return true;
                });
                LinkProbe probe = LinkProbe.watching(TOPIC, server.settings())) {
            probe.up();
            assertThat(((LinkEvent.Watermark) probe.next()).seq()).hasValue(100);
            assertThat(probe.next()).isEqualTo(new LinkEvent.WatermarkShown(1));
            assertThat(probe.down().message()).contains("server shutting down (0x8B)");
        }
    }

    @Test
    void brokerThatEndsConnectionsOverTheQuestionIsNotAskedEachTime() {
        try (RawServer server = broker((client, id) -> false);
                LinkProbe probe = LinkProbe.watching(TOPIC, server.settings())) {
            for (int kick = 1; kick <= 2; kick++) {
                assertThat(probe.up().connection()).isEqualTo(kick);
                assertThat(probe.next()).isInstanceOf(LinkEvent.Down.class);
            }
            assertThat(probe.up().connection()).isEqualTo(3);
            LinkEvent.Watermark answer = (LinkEvent.Watermark) probe.next();
            assertThat(answer.connection()).isEqualTo(3);
            assertThat(answer.outcome()).isEqualTo(WatermarkOutcome.NO_ANSWER);
            assertThat(answer.message()).contains("ended 2 connections in a row", "this one does without", TOPIC);
        }
    }

    @Test
    void tenMegabytesEndTheConnectionAndTheNextButOneIsNotAsked() {
        try (RawServer server = broker((client, id) -> {
                    suback(client, id, "01");
                    send(client, true, TOPIC, new byte[10_000_000]);
                    return true;
                });
                LinkProbe probe = LinkProbe.watching(TOPIC, server.settings())) {
            for (int i = 1; i <= 2; i++) {
                probe.up();
                LinkEvent.Down down = (LinkEvent.Down) probe.next();
                assertThat(down.message()).containsIgnoringCase("packet too large");
            }
            probe.up();
            assertThat(((LinkEvent.Watermark) probe.next()).outcome()).isEqualTo(WatermarkOutcome.NO_ANSWER);
        }
    }
}
