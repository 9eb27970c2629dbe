package io.github.reedgate.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a step does. */
public enum Verb {
    /** Opens a door. */
    OPEN,
    /** Closes a door. */
    CLOSE,
    /** Lets a contact twitch. */
    BOUNCE,
    /** Lets a contact stick. */
    STICK,
    /** Loosens a wire: the contact becomes intermittent. */
    LOOSEN,
    /** Takes a fault away. */
    MEND,
    /** Makes a line deaf or not. */
    DEAF,
    /** Tells whoever listens that this point is reached. */
    MARK,
    /** Lets time pass. */
    WAIT;

    /** The verb in a scenario: its constant in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The verb with that {@link #word}, or empty. */
    static Optional<Verb> of(String word) {
        for (Verb verb : values()) {
            if (verb.word().equals(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }

    /** All words. */
    static List<String> words() {
        List<String> words = new ArrayList<>();
        for (Verb verb : values()) {
            words.add(verb.word());
        }
        return words;
    }

    /** Whether it goes with a door and a bounce model. */
    boolean takesModel() {
        return this == OPEN || this == CLOSE || this == BOUNCE;
    }
}
