package io.github.reedgate.wizard;

import io.github.reedgate.line.Level;
import java.util.List;

/** What came of a {@link Action}. */
public sealed interface Outcome {

    /** It went well; with what is to be told, perhaps nothing. */
    record Well(List<Said> said) implements Outcome {

        /** Copies the list. */
        public Well {
            said = List.copyOf(said);
        }

        /** Nothing is to be told. */
        public Well() {
            this(List.of());
        }
    }

    /**
     * It failed.
     *
     * @param part which part of it
     * @param seen what was seen, a sentence without its full stop
     * @param fix what to do about it, in the same form; empty if that is told already
     */
    record Wrong(Part part, String seen, String fix) implements Outcome {}

    /** Which part of something failed. */
    enum Part {
        /** The name or the port of the broker. */
        ADDRESS,
        /** Its certificate. */
        CERTIFICATE,
        /** User name or password. */
        LOGIN,
        /** Anything else. */
        OTHER
    }

    /**
     * Lines have moved together.
     *
     * @param lines which, one or more
     * @param level the level of the first afterwards
     */
    record Moved(List<Integer> lines, Level level) implements Outcome {

        /** Copies the list. */
        public Moved {
            lines = List.copyOf(lines);
        }
    }

    /** A line changed again and again. */
    record Chattered(int line) implements Outcome {}

    /**
     * Nothing moved in time.
     *
     * @param restless lines that changed although nobody touched anything, and were left out
     */
    record Still(List<Integer> restless) implements Outcome {

        /** Copies the list. */
        public Still {
            restless = List.copyOf(restless);
        }
    }

    /**
     * The person pressed a key instead.
     *
     * @param isEnter true if it was Enter alone
     */
    record Typed(boolean isEnter) implements Outcome {}

    /** The person left while it was done. */
    record Left() implements Outcome {}
}
