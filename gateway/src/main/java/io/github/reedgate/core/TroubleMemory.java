package io.github.reedgate.core;

import io.github.reedgate.contact.Trouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which sensors were told not to be trusted, kept over a restart as one line: {@code 1}, which is the version, and for each
 * {@code id/trouble}. Empty text if there are none. So what was told before is no news after a restart, and no alarm. No state.
 */
final class TroubleMemory {

    private static final String VERSION = "1";

    private TroubleMemory() {}

    /** Reads what was kept, by the sensor's id; what is no such text, or from a later version, is nothing. */
    static Map<String, Trouble> read(String text) {
        String[] words = text.split(" ", -1);
        Map<String, Trouble> kept = new LinkedHashMap<>();
        for (int i = 1; i < words.length && words[0].equals(VERSION); i++) {
            String[] parts = words[i].split("/", -1);
            for (Trouble trouble : Trouble.values()) {
                if (parts.length == 2 && parts[1].equals(word(trouble))) {
                    kept.put(parts[0], trouble);
                }
            }
        }
        return kept;
    }

    /** Keeps what is known now, if it is not what was known before the step. */
    static void keep(StepContext step) {
        List<SensorState> before = step.before().sensors();
        List<SensorState> after = step.sensors();
        if (after == before) {
            return;
        }
        boolean changed = false;
        List<String> words = new ArrayList<>(List.of(VERSION));
        for (int i = 0; i < after.size(); i++) {
            Trouble trouble = after.get(i).trust().lasting();
            changed |= trouble != before.get(i).trust().lasting();
            if (trouble != null) {
                words.add(step.settings().sensors().get(i).id() + "/" + word(trouble));
            }
        }
        if (changed) {
            step.reporter().note(Notes.TROUBLES, words.size() == 1 ? "" : String.join(" ", words));
        }
    }

    private static String word(Trouble trouble) {
        return trouble.name().toLowerCase(Locale.ROOT);
    }
}
