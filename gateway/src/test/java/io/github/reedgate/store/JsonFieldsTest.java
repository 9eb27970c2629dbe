package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts come back as they were written, the quick way or the long one. */
final class JsonFieldsTest {

    @Test
    void textsComeBackAsTheyWere() throws IOException {
        check(Map.of());
        check(Map.of("seq", "4711"));
        check(Map.of("seq", "4711", "time", "2026-11-22T21:14:03.120Z", "replayed", "true", "empty", ""));
        check(Map.of("odd", "a:b,{c}", "more", "\uD83D\uDD14 \u00FC"));
        check(Map.of("quoted", "say \"open\"", "back", "\\", "line", "\n\u0000"));
        check(Map.of("na\"me", "1", "", "nameless"));
    }

    private static void check(Map<String, String> texts) throws IOException {
        assertThat(JsonFields.readTexts(JsonFields.write(texts))).isEqualTo(texts);
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
        assertThatThrownBy(() -> JsonFields.readTexts(text)).isInstanceOf(IOException.class);
    }
}
