package io.github.reedgate.wizard;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Makes ids from names of any language. Stateless. */
final class DoorNames {

    /** The most characters of a name. */
    static final int LONGEST = 64;

    private static final int LONGEST_ID = 32;
    private static final int ROOM = 3;

    private DoorNames() {}

    /**
     * An id for a name.
     *
     * @param name what a person calls it
     * @param taken ids that are in use
     * @return 1 to 32 of a-z, 0-9 and _, not in use
     */
    static String id(String name, Set<String> taken) {
        String plain = Normalizer.normalize(
                        name.toLowerCase(Locale.ROOT)
                                .replace("ß", "ss")
                                .replace("ø", "o")
                                .replace("æ", "ae"),
                        Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        String base = plain.isEmpty() ? "door" : plain.substring(0, Math.min(LONGEST_ID - ROOM, plain.length()));
        String id = base;
        for (int number = 2; taken.contains(id); number++) {
            id = base + "_" + number;
        }
        return id;
    }

    /** True if each character shows as itself. */
    static boolean isVisible(String name) {
        return name.codePoints().noneMatch(character -> switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            case Character.FORMAT -> character != 0x200D; // joins signs of a family
            default -> character == 0xFFFD;
        });
    }
}
