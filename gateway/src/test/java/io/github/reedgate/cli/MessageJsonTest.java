package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The line that programs read. */
class MessageJsonTest {

    private static final MessageJson JSON_LINE = new MessageJson();

    @Test
    void everythingIsInTheLine() {
        Map<String, List<String>> properties = new LinkedHashMap<>();
        properties.put("id", List.of("7"));
        properties.put("tag", List.of("a", "b"));

        assertThat(JSON_LINE.line(Samples.withProperties("reedgate/home/alarm", "Tür \"offen\"", properties)))
                .isEqualTo("{\"received_at\":\"2026-11-22T21:14:03.120Z\",\"topic\":\"reedgate/home/alarm\","
                        + "\"payload\":\"Tür \\\"offen\\\"\",\"retained\":false,\"qos\":1,\"duplicate\":false,"
                        + "\"content_type\":\"text/plain\",\"user_properties\":{\"id\":\"7\",\"tag\":[\"a\",\"b\"]}}");
    }

    @Test
    void whatIsNotVisibleIsEscaped() {
        assertThat(JSON_LINE.line(Samples.retained("a", "\u001B[2J\n\u202E\uDB40\uDC41")))
                .contains("\"payload\":\"\\u001b[2J\\u000a\\u202e\\udb40\\udc41\",\"retained\":true");
    }

    @Test
    void bytesThatAreNoTextAreGivenInBase64() {
        assertThat(JSON_LINE.line(Samples.message("a", new byte[] {(byte) 0xC0, (byte) 0x80})))
                .contains("\"payload\":null,\"payload_base64\":\"wIA=\"");
    }

    @Test
    void anyMessageIsReadBackByAJsonParser() throws IOException {
        long seed = 13;
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            byte[] payload = new byte[random.nextInt(300)];
            random.nextBytes(payload);
            if (random.nextBoolean()) {
                payload = new String(payload, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
            }
            Received message = Samples.message("topic\u0007\"" + (char) random.nextInt(0xD800), payload);

            String line = JSON_LINE.line(message);
            Map<String, Object> read = JSON.std.mapFrom(line);

            assertThat(line.codePoints().allMatch(SafeText::isVisible)).isTrue();
            assertThat(read).as("seed %d round %d", seed, round).containsEntry("topic", message.topic());
            byte[] back = read.get("payload") instanceof String text
                    ? text.getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(String.valueOf(read.get("payload_base64")));
            assertThat(back).isEqualTo(payload);
        }
    }
}
