package io.github.reedgate.notify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of one attempt. Immutable.
 *
 * @param target the target's id
 * @param attempt the attempt's number
 * @param outcome what
 */
public record Answer(String target, long attempt, Outcome outcome) {

    /** What came of it. */
    public sealed interface Outcome {}

    /**
     * The server has it.
     *
     * @param proof what it said, for people
     * @param messageId its id of it; empty if it gave none
     */
    public record Accepted(String proof, String messageId) implements Outcome {}

    /**
     * What was found on a reply topic.
     *
     * @param messages the messages' texts, in order, each once, without those that are too long for a button's word
     * @param lastId the id of the last one; empty if there was none
     * @param tooLong how many were too long
     * @param hasMore whether there may be more behind that, which was not read
     */
    public record Heard(List<String> messages, String lastId, int tooLong, boolean hasMore) implements Outcome {

        /** All that was there. */
        public Heard(List<String> messages, String lastId) {
            this(messages, lastId, 0, false);
        }

        /** Copies the list. */
        public Heard {
            messages = List.copyOf(messages);
        }
    }

    /**
     * It has not, or it is not known.
     *
     * @param trouble what kind
     * @param reason why, for people; no secret and nothing unprintable in it
     * @param asked how long the server asks to wait
     */
    public record Failed(Trouble trouble, String reason, Optional<Duration> asked) implements Outcome {

        /** A failure after which the server names no time. */
        public Failed(Trouble trouble, String reason) {
            this(trouble, reason, Optional.empty());
        }
    }
}
