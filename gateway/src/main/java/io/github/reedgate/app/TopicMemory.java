package io.github.reedgate.app;

import io.github.reedgate.delivery.Journal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What this gateway may have left at a broker, over restarts: its retained topics, and the parts of its description. Kept as
 * one text, a line for each: {@code t} and a topic, or {@code p} and a part. Owned by the loop thread once that runs.
 *
 * <p>Topics of a former id or prefix are remembered and left alone: whoever copies a card to make a second gateway of it
 * gives that another id, and the topics of the former one are those of a gateway that runs.
 */
final class TopicMemory {

    /** The name under which the text is kept. */
    static final String NOTE = "own_topics";

    /** Of what is not there any more, only so much is remembered, the newest: nobody has more. */
    static final int MOST_FORMER = 2_000;

    private static final String TOPIC = "t ";
    private static final String PART = "p ";
    /** Stands alone in a text from which everything was taken: it is not the same as one that was never written. */
    private static final String NOTHING = "n";

    private final Set<String> present;
    private final Set<String> foreign = new LinkedHashSet<>();
    private final Set<String> ghosts = new LinkedHashSet<>();
    private final Set<String> presentParts;
    private final Set<String> formerParts = new LinkedHashSet<>();

    /**
     * A memory at the start of a gateway.
     *
     * @param noted the text kept before; may be empty
     * @param present the retained topics that the gateway has now
     * @param parts the parts of its description now
     * @param own which topics are those of its id and prefix
     */
    TopicMemory(String noted, Set<String> present, Set<String> parts, Predicate<String> own) {
        this.present = new LinkedHashSet<>(present);
        this.presentParts = new LinkedHashSet<>(parts);
        for (String line : newest(noted.lines().toList())) {
            String value = line.substring(Math.min(TOPIC.length(), line.length()));
            if (line.startsWith(TOPIC) && isTopic(value) && !present.contains(value)) {
                (own.test(value) ? ghosts : foreign).add(value);
            } else if (line.startsWith(PART) && !parts.contains(value)) {
                formerParts.add(value);
            }
        }
    }

    private static List<String> newest(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - MOST_FORMER), lines.size());
    }

    /** A store is read with what may stand in it in mind: a topic that can't be sent would end the start. */
    private static boolean isTopic(String value) {
        return value.matches("[a-zA-Z0-9_/-]{1,400}");
    }

    /** A text without topics that somebody else has emptied; the next start puts those back that the gateway still has. */
    static String without(String noted, Set<String> emptied) {
        String left = noted.lines()
                .filter(line -> !line.startsWith(TOPIC) || !emptied.contains(line.substring(TOPIC.length())))
                .collect(Collectors.joining("\n"));
        return left.isEmpty() && !noted.isEmpty() ? NOTHING : left;
    }

    /** Those of some topics that may be left at the broker: all if nothing was ever kept, else those that were. */
    static List<String> left(String noted, Set<String> topics) {
        if (noted.isEmpty()) {
            return List.copyOf(topics);
        }
        Set<String> kept = noted.lines()
                .filter(line -> line.startsWith(TOPIC))
                .map(line -> line.substring(TOPIC.length()))
                .collect(Collectors.toSet());
        return topics.stream().filter(kept::contains).toList();
    }

    /** Topics that the gateway had and does not have any more: to be emptied. */
    List<String> ghosts() {
        return new ArrayList<>(ghosts);
    }

    /** Topics of a former id or prefix, which are left alone. */
    List<String> foreign() {
        return new ArrayList<>(foreign);
    }

    /** Parts that were described and are not any more. */
    Set<String> formerParts() {
        return new LinkedHashSet<>(formerParts);
    }

    /** Keeps it, before anything is published. */
    void keep(Journal journal) {
        journal.note(NOTE, text());
    }

    /** A topic is empty at the broker: it is a ghost no more. */
    void emptied(String topic, Journal journal) {
        if (ghosts.remove(topic)) {
            keep(journal);
        }
    }

    /** The text to be kept: what is gone first, what there is last. */
    String text() {
        List<String> lines = new ArrayList<>();
        foreign.forEach(topic -> lines.add(TOPIC + topic));
        ghosts.forEach(topic -> lines.add(TOPIC + topic));
        formerParts.forEach(part -> lines.add(PART + part));
        present.forEach(topic -> lines.add(TOPIC + topic));
        presentParts.forEach(part -> lines.add(PART + part));
        return String.join("\n", lines);
    }
}
