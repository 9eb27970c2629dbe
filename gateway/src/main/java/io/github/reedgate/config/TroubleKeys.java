package io.github.reedgate.config;

import io.github.reedgate.contact.TroublePolicy.Rank;
import java.util.List;

/** The keys of what follows when a sensor can't be trusted. */
final class TroubleKeys {

    static final Key<Rank> CHATTERING = key("chattering", "report", "What follows if it chatters.");
    static final Key<Rank> STUCK = key("stuck", "report", "What follows if it does not come to rest for 10 s.");
    static final Key<Rank> DEAF = key("deaf", "report", "What follows if it moves without an edge.");
    static final Key<Rank> UNREADABLE =
            key("unreadable", "report", "What follows if its line, or its second one, can't be read.");

    /** All of them in the order of the documentation. */
    static final List<Key<Rank>> ALL = List.of(CHATTERING, STUCK, DEAF, UNREADABLE);

    private TroubleKeys() {}

    private static Key<Rank> key(String name, String usual, String meaning) {
        return Key.withDefault("sensors.<id>.trouble." + name, WordType.of(Rank.values()), usual, meaning);
    }
}
