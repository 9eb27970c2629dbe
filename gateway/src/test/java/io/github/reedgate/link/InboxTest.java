package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.message.Incoming;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is read of a message that anybody may have sent. */
class InboxTest {

    private static Incoming read(byte[] payload) {
        return Inbox.incoming("home/panel/set", ByteBuffer.wrap(payload), false);
    }

    @Test
    void textIsReadWhateverItIs() {
        String text = "{\"code\":\"Schlüssel \uD83D\uDD11\u0000\"}";
        assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Incoming.text("home/panel/set", text));
        assertThat(read(new byte[0])).isEqualTo(Incoming.text("home/panel/set", ""));
    }

    @Test
    void whatIsNoTextIsNotGuessedAt() {
        byte[][] spoiled = {{(byte) 0xff}, {'D', (byte) 0xc3}, {(byte) 0xc0, (byte) 0x80}, {(byte) 0xed, (byte) 0xa0, 0}
        };
        for (byte[] payload : spoiled) {
            assertThat(read(payload)).isEqualTo(new Incoming("home/panel/set", "", Incoming.Shape.NOT_TEXT, false));
        }
    }

    @Test
    void longPayloadIsNotRead() {
        byte[] longest = "x".repeat(Incoming.MOST_BYTES).getBytes(StandardCharsets.UTF_8);
        assertThat(read(longest).text()).hasSize(Incoming.MOST_BYTES);
        byte[] longer = "x".repeat(Incoming.MOST_BYTES + 1).getBytes(StandardCharsets.UTF_8);
        assertThat(read(longer)).isEqualTo(new Incoming("home/panel/set", "", Incoming.Shape.TOO_LONG, false));
    }

    @Test
    void payloadDoesNotGetIntoALog() {
        LinkEvent event = new LinkEvent.Received(Incoming.text("home/panel/set", "DISARM 1234"));
        assertThat(event.toString()).contains("home/panel/set").doesNotContain("1234", "DISARM");
    }
}
