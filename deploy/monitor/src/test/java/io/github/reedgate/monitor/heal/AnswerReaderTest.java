package io.github.reedgate.monitor.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the messages of an answer are, however hostile they are. */
class AnswerReaderTest {

    private static final String TOPIC = "reedgate-monitor/main/log/home";

    private final AnswerReader reader = new AnswerReader("reedgate");

    private LogAnswer read(String payload) {
        return reader.read("home", Samples.message(TOPIC, payload));
    }

    private static String replayed(String gateway, long seq) {
        return Samples.json(gateway, seq, "a-" + seq).replace("\"replayed\":false", "\"replayed\":true");
    }

    @Test
    void eventIsReadAsTheOneThatWasMissed() {
        assertThat(read(replayed("home", 7))).isInstanceOfSatisfying(LogAnswer.Replayed.class, answer -> {
            assertThat(answer.event().seq()).isEqualTo(7);
            assertThat(answer.event().replayed()).isTrue();
        });
    }

    @Test
    void eventThatSpeaksOfAnEndIsStillAnEvent() {
        String sly = replayed("home", 7).replace("Front door opened", "\\\"end\\\":true");
        assertThat(read(sly)).isInstanceOf(LogAnswer.Replayed.class);
        assertThat(read(replayed("home", 7).replace("{\"event", "{\"end\":true,\"event")))
                .isInstanceOf(LogAnswer.Replayed.class);
    }

    @Test
    void endIsReadWithItsMissingNumbers() {
        assertThat(read("{\"from\":4700,\"to\":4712,\"missing\":[[4700,4705],[4711,4711]],\"end\":true}"))
                .isEqualTo(new LogAnswer.End(
                        new NumberRange(4700, 4712),
                        List.of(new NumberRange(4700, 4705), new NumberRange(4711, 4711))));
    }

    @Test
    void errorIsReadAsItsWord() {
        assertThat(read("{\"error\":\"busy\",\"from\":4700,\"to\":4712,\"end\":true}"))
                .isEqualTo(new LogAnswer.Failure("busy"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage \"end\"",
                "{\"end\":true}",
                "{\"end\":false,\"from\":1,\"to\":2,\"missing\":[]}",
                "{\"from\":1,\"to\":2,\"end\":true}",
                "{\"from\":1,\"to\":2,\"missing\":[[1]],\"end\":true}",
                "{\"from\":1,\"to\":2,\"missing\":[1,2],\"end\":true}",
                "{\"from\":1,\"to\":2,\"missing\":[[1,\"2\"]],\"end\":true}",
                "{\"from\":1.5,\"to\":2,\"missing\":[],\"end\":true}",
                "{\"from\":-1,\"to\":2,\"missing\":[],\"end\":true}",
                "{\"from\":1,\"to\":99999999999999999999,\"missing\":[],\"end\":true}",
                "{\"from\":1,\"to\":9007199254740992,\"missing\":[],\"end\":true}",
                "{\"error\":\"Busy! now\",\"end\":true}",
                "{\"error\":7,\"end\":true}"
            })
    void lineThatMakesNoSenseIsUnreadable(String line) {
        assertThat(read(line)).isInstanceOf(LogAnswer.Unreadable.class);
    }

    @Test
    void eventOfAnotherGatewayOrNotReplayedIsUnreadable() {
        assertThat(read(replayed("shed", 7)))
                .isEqualTo(new LogAnswer.Unreadable("field gateway names another gateway than the topic"));
        assertThat(read(Samples.json("home", 7, "a-7")))
                .isEqualTo(new LogAnswer.Unreadable("field replayed of an event in an answer is false"));
    }

    @Test
    void noRandomBytesMakeItThrow() {
        Random random = new Random(7);
        byte[] end = "{\"from\":1,\"to\":2,\"missing\":[[1,2]],\"end\":true}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = end.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
            }
            assertThat(reader.read("home", new RawMessage(TOPIC, payload, 0))).isNotNull();
        }
    }
}
