package io.github.reedgate.config;

import java.util.List;
import java.util.Map;

/**
 * Every key that a configuration file of one program may have, and what messages about the file say. Immutable.
 *
 * @param keys all keys in the order of the documentation
 * @param idSections sections whose names are ids of the reader's choice, each with the ids that are allowed, in words
 * @param essentials what a file needs at least, for the message about an empty one
 * @param example the name of the commented example, for the message about a file that does not exist
 */
public record KeyTable(List<Key<?>> keys, Map<String, String> idSections, String essentials, String example) {

    /** Copies the list and the map. */
    public KeyTable {
        keys = List.copyOf(keys);
        idSections = Map.copyOf(idSections);
    }

    /** The names that may stand in a section, in order: keys and sections below it. */
    List<String> namesIn(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        return keys.stream()
                .map(Key::path)
                .filter(path -> path.startsWith(prefix))
                .map(path -> firstPart(path.substring(prefix.length())))
                .distinct()
                .toList();
    }

    /** The sections in which a name may stand. */
    List<String> sectionsOf(String name) {
        return keys.stream()
                .filter(key -> key.name().equals(name))
                .map(Key::section)
                .toList();
    }

    private static String firstPart(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
