package io.github.reedgate.core;

import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a snapshot as they were stored before there was one: six texts, each in a form of its own. The store puts them
 * together when it brings a file of layout 1, 2 or 3 to the present one. Stateless.
 */
final class FormerSnapshot {

    /** Stands for a part that was there and could not be read: no version ever wrote a part like this. */
    private static final String BROKEN = "unreadable";

    /** What the store writes for a text that was damaged. */
    private static final String DAMAGED = "damaged";

    private static final String VERSION = "1";
    private static final String NOT_KNOWN = "-";

    private FormerSnapshot() {}

    /**
     * The parts as {@link SnapshotJson} writes them.
     *
     * @param texts the former texts by their names; one that is missing was empty
     */
    static Map<String, @Nullable Object> parts(Map<?, ?> texts) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        String panel = text(texts, "panel");
        if (!panel.isEmpty()) {
            Map<String, @Nullable Object> fields = object(panel);
            all.putAll(fields == null ? Map.of("state", BROKEN) : fields);
        }
        String plan = text(texts, "notice_plan");
        if (!plan.isEmpty()) {
            Map<String, @Nullable Object> fields = object(plan);
            all.put(SnapshotJson.ESCALATION, fields == null ? BROKEN : fields);
        }
        all.put(SnapshotJson.LEFT_OPEN, leftOpen(text(texts, SnapshotJson.LEFT_OPEN)));
        all.put(SnapshotJson.TROUBLES, troubles(text(texts, SnapshotJson.TROUBLES)));
        String failures = text(texts, SnapshotJson.FAILED_CODES);
        all.put(SnapshotJson.FAILED_CODES, failures.matches("[0-9]{1,9}") ? Long.valueOf(failures) : Long.valueOf(0));
        all.put(SnapshotJson.USED_NONCES, text(texts, SnapshotJson.USED_NONCES));
        String lost = text(texts, SnapshotJson.PANEL_LOST);
        all.put(SnapshotJson.PANEL_LOST, lost.equals(DAMAGED) ? SnapshotJson.UNREADABLE : lost);
        return all;
    }

    private static String text(Map<?, ?> texts, String name) {
        return texts.get(name) instanceof String text ? text : "";
    }

    private static @Nullable Map<String, @Nullable Object> object(String text) {
        try {
            Map<String, @Nullable Object> fields = JsonObject.read(text);
            return JsonObject.number(fields, "version") == 1 ? fields : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** {@code 1 id/reports/since ...}, with {@code -} for a time that is not known. */
    private static Map<String, Object> leftOpen(String text) {
        Map<String, Object> reports = new LinkedHashMap<>();
        for (String[] word : words(text, 3)) {
            if (word[1].matches("[1-9][0-9]{0,8}")) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("reports", Long.valueOf(word[1]));
                if (!word[2].equals(NOT_KNOWN)) {
                    fields.put("since", word[2]);
                }
                reports.put(word[0], fields);
            }
        }
        return reports;
    }

    /** {@code 1 id/trouble ...}. */
    private static Map<String, Object> troubles(String text) {
        Map<String, Object> troubles = new LinkedHashMap<>();
        for (String[] word : words(text, 2)) {
            troubles.put(word[0], word[1]);
        }
        return troubles;
    }

    private static List<String[]> words(String text, int parts) {
        List<String[]> all = new ArrayList<>();
        String[] words = text.split(" ", -1);
        for (int i = 1; i < words.length && words[0].equals(VERSION); i++) {
            String[] word = words[i].split("/", -1);
            if (word.length == parts) {
                all.add(word);
            }
        }
        return all;
    }
}
