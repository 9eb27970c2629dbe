package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line that people read, of well-meant and of hostile messages. */
class MessageLineTest {

    private static final MessageLine PLAIN = new MessageLine(ZoneId.of("Europe/Berlin"), false);
    private static final MessageLine COLOURED = new MessageLine(ZoneId.of("Europe/Berlin"), true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "reedgate/home/front_door/state | open    | 22:14:03  home/front_door         OPEN",
                "reedgate/home/front_door/state | closed  | 22:14:03  home/front_door         CLOSED",
                "reedgate/home/front_door/state | unknown | 22:14:03  home/front_door         UNKNOWN",
                "reedgate/home/box/state        | tampered| 22:14:03  home/box                TAMPERED",
                "reedgate/home/box/state        | ajar    | 22:14:03  home/box                ajar",
                "a/b/c/home/front_door/state    | OPEN    | 22:14:03  home/front_door         OPEN",
                "reedgate/home/availability     | online  | 22:14:03  home                    online",
                "reedgate/home/alarm            | Front door opened | 22:14:03  home                    Front door opened",
                "reedgate/home/x/detail         | {\"seq\":1} | 22:14:03  home/x                  detail {\"seq\":1}",
                "some/topic                     | hello   | 22:14:03  some/topic              hello",
                "state                          | open    | 22:14:03  state                   OPEN",
                "alarm                          | help    | 22:14:03  alarm                   help",
                "/                              | x       | 22:14:03  /                       x"
            })
    void messageIsToldOnALine(String topic, String payload, String expected) {
        assertThat(PLAIN.line(Samples.message(topic, payload))).isEqualTo(expected);
    }

    @Test
    void retainedAndRepeatedMessagesAreMarked() {
        assertThat(PLAIN.line(Samples.retained("reedgate/home/front_door/state", "open")))
                .isEqualTo("22:14:03  home/front_door         OPEN  retained");
        assertThat(PLAIN.line(Samples.message("reedgate/home/alarm", "Help").withDuplicate(true)))
                .isEqualTo("22:14:03  home                    Help  repeated");
    }

    @Test
    void eventIsToldShort() {
        String event = """
                {"event_type":"opened","id":"x","seq":4711,"more":{"a":[1,2]},"time":"2026-11-22T21:14:03.120Z",
                 "replayed":%s,"message":"Front door opened"}""";

        assertThat(PLAIN.line(Samples.message("reedgate/home/event", event.formatted("false"))))
                .endsWith("home                    event opened: Front door opened (#4711)");
        assertThat(PLAIN.line(Samples.message("reedgate/home/event", event.formatted("true"))))
                .endsWith("event opened: Front door opened (#4711), told late, of 2026-11-22 22:14:03");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"event_type\":\"opened\"}    | event {\"event_type\":\"opened\"}",
                "{\"event_type\":\"opened\",    | event {\"event_type\":\"opened\",",
                "[1,2]                          | event [1,2]",
                "{\"event_type\":               | event {\"event_type\":",
                "null                           | event null"
            })
    void brokenEventIsShownAsItCame(String payload, String expected) {
        assertThat(PLAIN.line(Samples.message("reedgate/home/event", payload))).endsWith("  " + expected);
    }

    @Test
    void deepJsonHarmsNothing() {
        String deep = "{\"event_type\":\"opened\",\"message\":\"m\",\"x\":" + "[".repeat(100_000);

        assertThat(PLAIN.line(Samples.message("reedgate/home/event", deep)))
                .startsWith("22:14:03  home                    event {\"event_type\"")
                .hasSizeLessThan(500);
    }

    @Test
    void colorsAreForTerminalsOnly() {
        assertThat(COLOURED.line(Samples.message("reedgate/home/front_door/state", "open")))
                .endsWith("\u001B[31mOPEN\u001B[0m");
        assertThat(COLOURED.line(Samples.message("reedgate/home/front_door/state", "closed")))
                .endsWith("\u001B[32mCLOSED\u001B[0m");
        assertThat(COLOURED.line(Samples.message("reedgate/home/front_door/state", "unknown")))
                .endsWith("\u001B[33mUNKNOWN\u001B[0m");
        assertThat(COLOURED.line(Samples.message("reedgate/home/alarm", "Help")))
                .endsWith("\u001B[1mHelp\u001B[0m");
    }

    @Test
    void escapeSequencesNeverReachTheTerminal() {
        assertThat(PLAIN.line(Samples.message("a\u001B]0;owned\u0007/b", "\u001B[2Jwiped\r\n22:14:03  home OPEN")))
                .isEqualTo("22:14:03  a\\e]0;owned\\u{7}/b      \\e[2Jwiped\\r\\n22:14:03  home OPEN");
    }

    @Test
    void bytesThatAreNoTextAreToldAsSuch() {
        assertThat(PLAIN.line(Samples.message("a/b", new byte[] {'x', (byte) 0xFF, 'y'})))
                .endsWith("x\uFFFDy (not UTF-8, 3 bytes)");
        assertThat(PLAIN.line(Samples.message("a/b", ""))).endsWith("(empty)");
    }

    @Test
    void anyMessageGivesOneBoundedLine() {
        long seed = 11;
        Random random = new Random(seed);
        String[] ends = {"/state", "/detail", "/event", "/alarm", "/availability", "", "/"};
        for (int round = 0; round < 5_000; round++) {
            byte[] topic = new byte[random.nextInt(200)];
            random.nextBytes(topic);
            byte[] payload = new byte[random.nextInt(2_000)];
            random.nextBytes(payload);
            String name = new String(topic, StandardCharsets.UTF_8) + ends[random.nextInt(ends.length)];
            String line = PLAIN.line(Samples.message(name, payload));
            assertThat(line.codePoints().allMatch(SafeText::isVisible))
                    .as("seed %d round %d", seed, round)
                    .isTrue();
            assertThat(line.length()).isLessThan(5_000);
        }
    }
}
