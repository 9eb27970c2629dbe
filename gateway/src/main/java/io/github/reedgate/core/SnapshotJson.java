package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.contact.Trouble;
import io.github.reedgate.json.Json;
import io.github.reedgate.notice.NoticeDocument;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link GatewaySnapshot} as one JSON object, and reads it. The fields of the panel stand at the top, as in versions that
 * stored nothing but those: such a version still finds its panel in the copy {@code panel.json}. Each other part is a field of its own.
 * A part that can't be read costs no other part. Stateless.
 */
public final class SnapshotJson {

    /** What stands in the place of the parts in a store that an earlier version wrote; see {@link FormerSnapshot}. */
    static final String FORMER = "former_texts";

    static final String PANEL_LOST = "panel_lost";
    static final String ESCALATION = "escalation";
    static final String LEFT_OPEN = "left_open";
    static final String TROUBLES = "troubles";
    static final String FAILED_CODES = "failed_codes";
    static final String USED_NONCES = "used_nonces";

    /** Why a panel is lost whose part is there and can't be read. */
    static final String UNREADABLE = "what was kept can't be understood, or is of a later version";

    private static final long VERSION = 1;

    private SnapshotJson() {}

    /** Writes it; one line. */
    public static String write(GatewaySnapshot snapshot) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        PanelDocument panel = snapshot.panel();
        if (panel != null) {
            all.putAll(panel.fields());
        }
        if (!snapshot.panelLost().isEmpty()) {
            all.put(PANEL_LOST, snapshot.panelLost());
        }
        NoticeDocument escalation = snapshot.escalation();
        if (escalation != null) {
            all.put(ESCALATION, escalation.fields());
        }
        if (!snapshot.leftOpen().isEmpty()) {
            Map<String, Object> reports = new TreeMap<>();
            snapshot.leftOpen().forEach((sensor, report) -> reports.put(sensor, fields(report)));
            all.put(LEFT_OPEN, reports);
        }
        if (!snapshot.troubles().isEmpty()) {
            Map<String, Object> words = new TreeMap<>();
            snapshot.troubles().forEach((sensor, trouble) -> words.put(sensor, word(trouble)));
            all.put(TROUBLES, words);
        }
        all.put(FAILED_CODES, snapshot.failedCodes());
        all.put(USED_NONCES, snapshot.nonces());
        return Json.write(all);
    }

    private static Map<String, Object> fields(LeftOpenReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("reports", report.reports());
        Instant since = report.since();
        if (since != null) {
            fields.put("since", since.toString());
        }
        return fields;
    }

    static String word(Trouble trouble) {
        return trouble.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what was stored: each part from the store's row or, if it can't be read there, from the copy. Nonces come from the row
     * only: the copy may be older, and a signed command must not be taken twice.
     *
     * @param row the row's text; empty if there is none
     * @param copy the copy's text; empty if there is none
     */
    public static GatewaySnapshot read(String row, String copy) {
        List<Map<String, @Nullable Object>> places = new ArrayList<>();
        Map<String, @Nullable Object> first = object(row);
        if (first != null) {
            places.add(first);
        }
        Map<String, @Nullable Object> second = object(copy);
        if (second != null) {
            places.add(second);
        }
        if (places.isEmpty()) {
            boolean isNothing = row.isEmpty() && copy.isEmpty();
            return isNothing
                    ? GatewaySnapshot.NOTHING
                    : new GatewaySnapshot(null, UNREADABLE, null, Map.of(), Map.of(), 0, null);
        }
        PanelPart panel = part(places, SnapshotJson::panel, new PanelPart(null, UNREADABLE));
        if (panel.document() == null && panel.lost().isEmpty() && second != null) {
            panel = part(List.of(second), SnapshotJson::panel, panel);
        }
        return new GatewaySnapshot(
                panel.document(),
                panel.lost(),
                part(places, SnapshotJson::escalation, new EscalationPart(null)).document(),
                part(places, SnapshotJson::leftOpen, Map.of()),
                part(places, SnapshotJson::troubles, Map.of()),
                part(places, SnapshotJson::failedCodes, 0L),
                first == null ? null : nonces(first));
    }

    /**
     * What is to be stored by a gateway that started without the store, now that it can be read: what it knows. As long as it knows
     * no panel, because it found none in a copy either, it stores on what it never knew: the panel, who is notified next, and wrong codes. Nonces are its own: it refuses all signed commands until those that were used before have expired.
     *
     * @param found the text that is in the store
     * @param fresh the text of the gateway that runs
     */
    public static String merged(String found, String fresh) {
        GatewaySnapshot now = read(fresh, "");
        if (now.panel() != null) {
            return fresh;
        }
        GatewaySnapshot old = read(found, "");
        boolean isNoneLost = old.panel() == null && old.panelLost().isEmpty();
        return write(new GatewaySnapshot(
                old.panel(),
                isNoneLost ? "" : now.panelLost(),
                now.escalation() == null ? old.escalation() : now.escalation(),
                now.leftOpen(),
                now.troubles(),
                Math.max(old.failedCodes(), now.failedCodes()),
                now.nonces()));
    }

    private static @Nullable Map<String, @Nullable Object> object(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            Map<String, @Nullable Object> all = JsonObject.read(text);
            if (JsonObject.number(all, "version") != VERSION) {
                return null;
            }
            return all.get(FORMER) instanceof Map<?, ?> former ? FormerSnapshot.parts(former) : all;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** A part of the first place where it can be read; what is given last if it can be read nowhere. */
    private static <T> T part(
            List<Map<String, @Nullable Object>> places,
            Function<Map<String, @Nullable Object>, T> reader,
            T unreadable) {
        for (Map<String, @Nullable Object> place : places) {
            try {
                return reader.apply(place);
            } catch (IllegalArgumentException | DateTimeException e) {
                // in the next place it may be whole
            }
        }
        return unreadable;
    }

    private record PanelPart(@Nullable PanelDocument document, String lost) {}

    private static PanelPart panel(Map<String, @Nullable Object> all) {
        String lost = all.get(PANEL_LOST) instanceof String text ? text : "";
        return new PanelPart(all.containsKey("state") ? PanelDocument.of(all) : null, lost);
    }

    private record EscalationPart(@Nullable NoticeDocument document) {}

    private static EscalationPart escalation(Map<String, @Nullable Object> all) {
        Object written = all.get(ESCALATION);
        return new EscalationPart(written == null ? null : NoticeDocument.of(object(written)));
    }

    private static Map<String, LeftOpenReport> leftOpen(Map<String, @Nullable Object> all) {
        Map<String, LeftOpenReport> reports = new LinkedHashMap<>();
        object(all.getOrDefault(LEFT_OPEN, Map.of())).forEach((sensor, written) -> {
            Map<?, ?> fields = object(written);
            long count = JsonObject.number(fields, "reports");
            if (count < 1 || count > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("reports is out of range");
            }
            Instant since = fields.get("since") instanceof String text ? Instant.parse(text) : null;
            reports.put(String.valueOf(sensor), new LeftOpenReport((int) count, since));
        });
        return reports;
    }

    private static Map<String, Trouble> troubles(Map<String, @Nullable Object> all) {
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        object(all.getOrDefault(TROUBLES, Map.of()))
                .forEach((sensor, written) -> troubles.put(String.valueOf(sensor), trouble(written)));
        return troubles;
    }

    private static Trouble trouble(Object written) {
        for (Trouble trouble : Trouble.values()) {
            if (word(trouble).equals(written)) {
                return trouble;
            }
        }
        throw new IllegalArgumentException("no trouble is called " + written);
    }

    private static Long failedCodes(Map<String, @Nullable Object> all) {
        return all.containsKey(FAILED_CODES) ? JsonObject.number(all, FAILED_CODES) : 0L;
    }

    private static @Nullable String nonces(Map<String, @Nullable Object> all) {
        if (!all.containsKey(USED_NONCES)) {
            return "";
        }
        return all.get(USED_NONCES) instanceof String text ? text : null;
    }

    private static Map<?, ?> object(@Nullable Object written) {
        if (written instanceof Map<?, ?> fields) {
            return fields;
        }
        throw new IllegalArgumentException("an object is missing");
    }
}
