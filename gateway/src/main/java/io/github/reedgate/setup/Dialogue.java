package io.github.reedgate.setup;

import java.util.Optional;

/** The port to a person who answers questions. Blocks until there is an answer; used by one thread. */
public interface Dialogue {

    /**
     * Asks for a line.
     *
     * @param question without a colon at its end
     * @param suggestion what an empty line stands for; empty if that is an empty answer
     * @return the line without blanks around it; empty if there is nobody any more (end of input)
     */
    Optional<String> ask(String question, String suggestion);

    /**
     * Asks for a secret, which is not shown while it is typed.
     *
     * @return the line as typed, perhaps of no characters; empty if there is nobody any more (end of input)
     */
    Optional<String> askSecret(String question);

    /** Shows a line. */
    void say(String line);
}
