package io.github.reedgate.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages are, however hostile they are. */
class MessageReaderTest {

    private static final String TOPIC = "reedgate/home/event";

    private final MessageReader reader = new MessageReader("reedgate");

    private String reason(String topic, String payload) {
        Item item = reader.read(Samples.message(topic, payload));
        assertThat(item).isInstanceOf(RejectedMessage.class);
        return ((RejectedMessage) item).reason();
    }

    private String reason(String wanted, String instead, String json) {
        return reason(TOPIC, json.replace(wanted, instead));
    }

    @Test
    void eventOfALaterVersionIsRecordedWithAllItsFields() {
        RecordedEvent event = Samples.recorded(
                "home", Samples.json("home", 7, "a-7", 3, "quake", ",\"scale\":6.5,\"list\":[1,[2]],\"none\":null"));

        assertThat(event.type()).isEqualTo("quake");
        assertThat(event.more()).isEqualTo("{\"scale\":6.5,\"list\":[1,[2]],\"none\":null}");
        assertThat(event.boot()).isEqualTo(3);
        assertThat(event.skipped().isEmpty()).isTrue();
    }

    @Test
    void skippedNumbersAreThoseThatTheEventDeclares() {
        assertThat(Samples.recorded(
                                "home",
                                Samples.json("home", 90, "a", 2, "started", ",\"skipped\":{\"from\":5,\"to\":89}"))
                        .skipped())
                .isEqualTo(new NumberRange(5, 89));
        assertThat(Samples.recorded(
                                "home",
                                Samples.json("home", 90, "a", 2, "opened", ",\"skipped\":{\"from\":5,\"to\":89}"))
                        .skipped()
                        .isEmpty())
                .as("an opened event declares none")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"from\":5,\"to\":90}", "{\"from\":9,\"to\":5}", "{\"from\":\"x\"}", "7", "null", "[]"})
    void skippedNumbersThatMakeNoSenseAreNone(String skipped) {
        assertThat(Samples.recorded("home", Samples.json("home", 90, "a", 2, "started", ",\"skipped\":" + skipped))
                        .skipped()
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "seq":7           | "seq":0                  | field seq is 0; 1 to 9007199254740991 is allowed
            "seq":7           | "seq":-7                 | field seq is -7
            "seq":7           | "seq":7.5                | field seq is no whole number
            "seq":7           | "seq":"7"                | field seq is no whole number
            "seq":7           | "seq":99999999999999999999999 | field seq is no whole number
            "seq":7,          | ''                       | field seq is no whole number
            "boot":1          | "boot":null              | field boot is no whole number
            "id":"a-7"        | "id":""                  | field id does not match
            "id":"a-7"        | "id":"a' OR 1"           | field id does not match
            "gateway":"home"  | "gateway":"shed"         | field gateway names another gateway than the topic
            "event_type":"opened" | "event_type":"Opened!" | field event_type does not match
            2026-11-22T21     | 2026-13-22T21            | field time is no time
            2026-11-22T21     | 1969-11-22T21            | field time is not between the years 1970 and 9999
            2026-11-22T21     | +99999-11-22T21          | field time is not between the years 1970 and 9999
            "clock_synced":true | "clock_synced":1       | field clock_synced is neither true nor false
            Front door opened | \\u0000                  | field message has a NUL character
            Front door opened | \\ud800                  | field message has a NUL character or half of a character
            """)
    void wrongFieldIsNamed(String wanted, String instead, String reason) {
        assertThat(reason(wanted, instead, Samples.json("home", 7, "a-7"))).startsWith(reason);
    }

    @Test
    void payloadThatIsNoObjectIsRejected() {
        for (String payload : new String[] {"", "garbage", "null", "[]", "7", "{", "{\"a\":", "[".repeat(60_000)}) {
            assertThat(reason(TOPIC, payload)).isEqualTo("the payload is no JSON object");
        }
        assertThat(reason(TOPIC, "x".repeat(65_537))).isEqualTo("the payload is longer than 65536 bytes");
        assertThat(reason(TOPIC, "{\"a\":".repeat(10_000))).isEqualTo("the payload is no JSON object");
        Item item = reader.read(new RawMessage(TOPIC, new byte[] {'{', (byte) 0xff, '}'}, 0));
        assertThat(((RejectedMessage) item).reason()).isEqualTo("the payload is not UTF-8");
        assertThat(((RejectedMessage) item).payload()).isEqualTo("{\\xff}");
    }

    @Test
    void topicThatNoGatewayHasIsRejected() {
        for (String topic : new String[] {
            "reedgate/home", "reedgate/HOME/event", "reedgate//event", "other/home/event", "reedgate/home/a/b/state", ""
        }) {
            assertThat(reason(topic, "{}")).contains("topic");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"availability", "diagnostics", "front_door/state", "front_door/detail", "panel/state"})
    void valueOfATopicIsKeptAsItIs(String name) {
        Item item = reader.read(Samples.message("reedgate/home/" + name, "armed_away"));

        assertThat(item).isEqualTo(new PresentValue("reedgate/home/" + name, "home", name, "armed_away", Samples.NOW));
    }

    @Test
    void valueThatIsTooLongIsRejected() {
        assertThat(reader.read(Samples.message("reedgate/home/panel/detail", "x".repeat(16_384))))
                .isInstanceOf(PresentValue.class);
        assertThat(reason("reedgate/home/panel/detail", "x".repeat(16_385)))
                .isEqualTo("the value of a topic is longer than 16384 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "01", "1.5", "x", "9999999999999999", "99999999999999999999"})
    void watermarkThatNobodyBelievesIsRejected(String payload) {
        assertThat(reason("reedgate/home/diagnostics/watermark", payload)).startsWith("the watermark is no number");
    }

    @Test
    void noRandomBytesMakeItThrow() {
        Random random = new Random(7);
        byte[] valid = Samples.json("home", 7, "a-7").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = valid.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
            }
            assertThat(reader.read(new RawMessage(TOPIC, payload, 0))).isNotNull();
        }
    }
}
