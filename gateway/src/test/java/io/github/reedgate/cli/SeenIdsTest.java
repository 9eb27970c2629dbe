package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Repeats are told by their id. */
class SeenIdsTest {

    private final SeenIds ids = new SeenIds();

    @Test
    void secondMessageWithTheSameIdOnTheSameTopicIsADuplicate() {
        assertThat(isDuplicate("a", "1")).isFalse();
        assertThat(isDuplicate("b", "1")).isFalse();
        assertThat(isDuplicate("a", "2")).isFalse();
        assertThat(isDuplicate("a", "1")).isTrue();
    }

    @Test
    void messagesWithoutAnIdAreNeverDuplicates() {
        assertThat(ids.mark(Samples.message("a", "x")).flags().duplicate()).isFalse();
        assertThat(ids.mark(Samples.message("a", "x")).flags().duplicate()).isFalse();
    }

    @Test
    void onlyTheLatestIdsAreRemembered() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(isDuplicate("a", Integer.toString(i))).isFalse();
        }
        assertThat(isDuplicate("a", "4999")).isTrue();
        assertThat(isDuplicate("a", "0")).isFalse();
        assertThat(isDuplicate("a", "x".repeat(65))).isFalse();
        assertThat(isDuplicate("a", "x".repeat(65))).isFalse();
    }

    private boolean isDuplicate(String topic, String id) {
        return ids.mark(Samples.withProperties(topic, "x", Map.of("id", List.of(id))))
                .flags()
                .duplicate();
    }
}
