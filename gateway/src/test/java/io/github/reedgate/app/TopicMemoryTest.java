package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.MemoryOutbox;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is remembered of topics and parts over restarts. */
class TopicMemoryTest {

    private final LoopRig.Kept journal = new LoopRig.Kept(new MemoryOutbox(10));

    private static Set<String> set(String... values) {
        return new LinkedHashSet<>(List.of(values));
    }

    private static TopicMemory memory(String noted, Set<String> present, Set<String> parts) {
        return new TopicMemory(noted, present, parts, topic -> topic.startsWith("a/"));
    }

    private String noted() {
        return journal.notes.getOrDefault(TopicMemory.NOTE, "");
    }

    @Test
    void nothingIsGoneAtTheFirstStartNorWhenNothingChanges() {
        TopicMemory first = memory("", set("a/b/state", "a/c/state"), set("sensor b"));
        assertThat(first.ghosts()).isEmpty();
        assertThat(first.formerParts()).isEmpty();
        first.keep(journal);

        TopicMemory second = memory(noted(), set("a/b/state", "a/c/state"), set("sensor b"));
        assertThat(second.ghosts()).isEmpty();
        assertThat(second.formerParts()).isEmpty();
        assertThat(second.text()).isEqualTo(noted());
    }

    @Test
    void whatIsGoneIsAGhostUntilTheBrokerHasEmptiedIt() {
        memory("", set("a/b/state", "a/c/state"), set()).keep(journal);
        TopicMemory memory = memory(noted(), set("a/b/state"), set());
        assertThat(memory.ghosts()).containsExactly("a/c/state");
        memory.keep(journal);

        TopicMemory afterACrash = memory(noted(), set("a/b/state"), set());
        assertThat(afterACrash.ghosts()).containsExactly("a/c/state");
        afterACrash.emptied("a/b/state", journal);
        afterACrash.emptied("a/c/state", journal);
        assertThat(afterACrash.ghosts()).isEmpty();

        assertThat(memory(noted(), set("a/b/state"), set()).ghosts()).isEmpty();
    }

    @Test
    void whatSomebodyElseHasEmptiedIsForgottenAndNothingElse() {
        String noted = "t a/b/state\nt a/b\np a/b/state\nt a/c/state";
        assertThat(TopicMemory.without(noted, set("a/b/state", "a/d"))).isEqualTo("t a/b\np a/b/state\nt a/c/state");
        assertThat(TopicMemory.without("", set("a"))).isEmpty();
    }

    @Test
    void presentTopicsAreLeftUntilSomebodyEmptiesThemAndAgainAfterTheNextStart() {
        Set<String> present = set("a/b/state", "a/c/state");
        assertThat(TopicMemory.left("", present)).as("a store that was lost").containsExactlyElementsOf(present);
        memory("", present, set()).keep(journal);
        assertThat(TopicMemory.left(noted(), present)).containsExactlyElementsOf(present);

        String some = TopicMemory.without(noted(), set("a/b/state"));
        assertThat(TopicMemory.left(some, present)).containsExactly("a/c/state");
        String none = TopicMemory.without(noted(), present);
        assertThat(none).as("not the same as nothing known").isNotEmpty();
        assertThat(TopicMemory.left(none, present)).isEmpty();
        assertThat(TopicMemory.left(TopicMemory.without(none, present), present))
                .isEmpty();

        TopicMemory next = memory(none, present, set());
        assertThat(next.ghosts()).isEmpty();
        next.keep(journal);
        assertThat(TopicMemory.left(noted(), present)).containsExactlyElementsOf(present);
        assertThat(noted().lines()).hasSize(2);
    }

    @Test
    void memoryStaysBoundedHoweverOftenTheIdChanges() {
        String noted = "";
        for (int start = 0; start < 2 * TopicMemory.MOST_FORMER / 50; start++) {
            String id = "b" + start;
            Set<String> present = IntStream.range(0, 50)
                    .mapToObj(i -> id + "/" + i + "/state")
                    .collect(Collectors.toSet());
            noted = TopicMemory.without(memory(noted, present, set(id)).text(), set(id + "/0/state"));
            assertThat(noted.lines().count()).isLessThan(TopicMemory.MOST_FORMER + 60);
        }
    }

    @Test
    void topicThatIsBackIsNoGhost() {
        memory("", set("a/b/state"), set()).keep(journal);
        memory(noted(), set(), set()).keep(journal);
        assertThat(memory(noted(), set("a/b/state"), set()).ghosts()).isEmpty();
    }

    @Test
    void partsThatAreGoneAreNamedForGood() {
        memory("", set(), set("sensor b", "sensor c")).keep(journal);
        for (int start = 0; start < 3; start++) {
            TopicMemory memory = memory(noted(), set(), set("sensor b"));
            assertThat(memory.formerParts()).containsExactly("sensor c");
            memory.keep(journal);
        }
        assertThat(memory(noted(), set(), set("sensor c")).formerParts()).containsExactly("sensor b");
    }

    @Test
    void topicsOfAFormerIdAreKeptInMindAndLeftAlone() {
        memory("", set("b/c/state", "a/c/state"), set()).keep(journal);
        for (int start = 0; start < 3; start++) {
            TopicMemory memory = memory(noted(), set("a/d/state"), set());
            assertThat(memory.foreign()).containsExactly("b/c/state");
            assertThat(memory.ghosts()).containsExactly("a/c/state");
            memory.emptied("b/c/state", journal);
            memory.keep(journal);
        }
    }

    @Test
    void spoiledLinesAreNoTopics() {
        TopicMemory memory = memory("t a/#\nt +/b\nt \nx a/b\nt\n\nt a/b/state\n", set(), set());
        assertThat(memory.ghosts()).containsExactly("a/b/state");
    }

    @Test
    void onlyTheNewestAreRemembered() {
        String noted = IntStream.range(0, TopicMemory.MOST_FORMER + 5)
                .mapToObj(i -> "t a/" + i)
                .collect(Collectors.joining("\n"));
        TopicMemory memory = memory(noted, set(), set());
        assertThat(memory.ghosts())
                .hasSize(TopicMemory.MOST_FORMER)
                .contains("a/5")
                .doesNotContain("a/4");
    }
}
