package io.github.reedgate.config;

import io.github.reedgate.alarm.AlarmMode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Modes of the alarm panel, with commas between them, or {@code none}. */
final class ModesType implements ValueType<Set<AlarmMode>> {

    private static final String NONE = "none";
    private static final Map<String, AlarmMode> WORDS = words();

    private static Map<String, AlarmMode> words() {
        Map<String, AlarmMode> words = new LinkedHashMap<>();
        for (AlarmMode mode : AlarmMode.values()) {
            words.put(mode.word(), mode);
        }
        return words;
    }

    @Override
    public Set<AlarmMode> parse(String text) throws BadValueException {
        Set<AlarmMode> modes = EnumSet.noneOf(AlarmMode.class);
        if (text.equals(NONE)) {
            return modes;
        }
        for (String part : text.split(",", -1)) {
            String word = part.strip();
            AlarmMode mode = WORDS.get(word);
            if (mode == null || !modes.add(mode)) {
                String hint = Nearest.of(word, WORDS.keySet().stream().toList())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("");
                throw BadValueException.of(
                        text, mode == null ? "is no list of modes" : "names a mode twice", mode == null ? hint : "");
            }
        }
        return modes;
    }

    @Override
    public String allowed() {
        return "one or more of home, away, night with commas, or none";
    }
}
