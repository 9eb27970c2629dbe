package io.github.reedgate.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The gates give a value or the exception that they declare. */
class JsonObjectTest {

    @Test
    void whatIsNoObjectIsRefused() {
        for (String text :
                List.of("null", "true", "7", "\"a\"", "[]", "[{}]", "", " ", "nul", "{", "[".repeat(100_000))) {
            assertThatExceptionOfType(IOException.class).as("%.20s", text).isThrownBy(() -> JsonObject.read(text));
        }
    }

    @Test
    void objectIsRead() throws IOException {
        assertThat(JsonObject.read("{\"a\":[1,{\"b\":null}],\"c\":\"d\"}")).containsOnlyKeys("a", "c");
        assertThat(JsonObject.number(JsonObject.read("{\"a\":7}"), "a")).isEqualTo(7);
        for (String number : List.of("1.5", "\"7\"", "null", "18446744073709551617", "1e400", "1e-999999999")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .as(number)
                    .isThrownBy(() -> JsonObject.number(JsonObject.read("{\"a\":" + number + "}"), "a"));
        }
    }

    @Test
    void anyTextIsReadOrRefused() {
        Spoilt.JSON_SHAPES.forEach(JsonObjectTest::read);
        Spoilt.each(
                List.of("{\"id\":\"a\",\"time\":17,\"list\":[1,2.5,true,null,{\"b\":\"\\u00e9\"}]}"),
                JsonObjectTest::read);
    }

    private static void read(String text) {
        try {
            assertThat(JsonObject.read(text)).isNotNull();
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void anyBytesAreTextOrRefused() {
        Spoilt.eachBytes(List.of("secret\n", "käse\r\n"), bytes -> {
            try {
                assertThat(FileText.decode(bytes)).doesNotStartWith("\uFEFF\uFEFF");
            } catch (IOException e) {
                assertThat(e.getMessage()).startsWith("is ");
            }
        });
    }

    @Test
    void markOfWindowsIsNoPartOfTheText() throws IOException {
        assertThat(FileText.decode("\uFEFFkäse\r\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("käse\r\n");
        assertThat(FileText.decode("\uFEFFkäse".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("käse");
        assertThat(FileText.decode("\uFEFFkäse".getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo("käse");
        assertThat(FileText.decode(new byte[0])).isEmpty();
    }
}
