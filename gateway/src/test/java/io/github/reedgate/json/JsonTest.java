package io.github.reedgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects are written as they always were, and what was written comes back. */
final class JsonTest {

    @Test
    void fieldsAreWrittenInTheOrderOfTheCalls() {
        assertThat(Json.write(json -> {
                    json.text("text", "a \"b\" \\ \u00FC \n");
                    json.text("no_text", null);
                    json.known("unknown", null);
                    json.known("known", "");
                    json.number("number", -7);
                    json.numberOrNull("no_number", null);
                    json.decimalOrNull("decimal", 48.5);
                    json.decimalOrNull("no_decimal", null);
                    json.flag("flag", true);
                    json.raw("raw", "[{},1]");
                    json.value("value", List.of("x", 1));
                }))
                .isEqualTo("{\"text\":\"a \\\"b\\\" \\\\ \u00FC \\n\",\"no_text\":null,\"known\":\"\",\"number\":-7,"
                        + "\"no_number\":null,\"decimal\":48.5,\"no_decimal\":null,\"flag\":true,\"raw\":[{},1],"
                        + "\"value\":[\"x\",1]}");
    }

    @Test
    void mapsAreWrittenAsTrees() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", Map.of("list", List.of(List.of(), Map.of("deep", false))));
        tree.put("a", null);
        tree.put("path", Path.of("x"));
        tree.put("long", Long.MAX_VALUE);

        assertThat(Json.write(tree))
                .isEqualTo("{\"b\":{\"list\":[[],{\"deep\":false}]},\"a\":null,\"path\":\"x\","
                        + "\"long\":9223372036854775807}");
        assertThat(Json.write(Map.of())).isEqualTo("{}");
    }

    @Test
    void fieldsComeBackInTheirOrder() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("z", "text");
        fields.put("a", 7L);
        fields.put("list", List.of("x", "y"));
        fields.put("flag", true);
        fields.put("more", Map.of("deep", Map.of()));

        assertThat(Json.read(Json.write(fields)).entrySet()).containsExactlyElementsOf(fields.entrySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"a\":null}", "{\"a\":1.5}", "{\"a\":[1]}", "{\"a\":9223372036854775808}"})
    void whatWasNotWrittenHereIsRefused(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void textsComeBackAsTheyWere() throws IOException {
        check(Map.of());
        check(Map.of("seq", "4711"));
        check(Map.of("seq", "4711", "time", "2026-11-22T21:14:03.120Z", "replayed", "true", "empty", ""));
        check(Map.of("odd", "a:b,{c}", "more", "\uD83D\uDD14 \u00FC"));
        check(Map.of("quoted", "say \"open\"", "back", "\\", "line", "\n\u0000"));
        check(Map.of("na\"me", "1", "", "nameless"));
    }

    @Test
    void twoFieldsKeepTheirOrder() {
        assertThat(Json.write(Json.fields("time", "now", "reason", "why")))
                .isEqualTo("{\"time\":\"now\",\"reason\":\"why\"}");
        assertThat(Json.write(Json.fields("reason", "why", "time", "now")))
                .isEqualTo("{\"reason\":\"why\",\"time\":\"now\"}");
    }

    private static void check(Map<String, String> texts) throws IOException {
        assertThat(Json.readTexts(Json.write(texts))).isEqualTo(texts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"a\"}",
                "{\"a\":1}",
                "{\"a\":\"1}",
                "{\"a\":\"1\"",
                "{\"a\":\"1\",}",
                "{\"a\":\"1\",\"b\"}",
                "{\"a\":\"1\"\"b\":\"2\"}",
                "{\"a\",\"b\":\"2\"}",
                "{\"a\":\"1\",\"b\":true}",
                "{\"\\n\":2}"
            })
    void whatIsNoObjectOfTextsIsRefused(String text) {
        assertThatThrownBy(() -> Json.readTexts(text)).isInstanceOf(IOException.class);
    }
}
