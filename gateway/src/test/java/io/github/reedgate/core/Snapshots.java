package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.json.Json;
import io.github.reedgate.time.Timestamp;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Snapshots for tests. */
public final class Snapshots {

    private Snapshots() {}

    /** What a gateway reads that stored this text; nothing if it is empty. */
    public static GatewaySnapshot of(String text) {
        return SnapshotJson.read(text, "");
    }

    /** Of a gateway that must know nothing but its panel. */
    public static GatewaySnapshot ofPanel(
            PanelSettings settings, PanelState state, Timestamp now, boolean clockSynced) {
        return of(SnapshotJson.write(new GatewaySnapshot(
                new PanelDocument(
                        state, PanelDocument.sensors(settings), now.monotonicNanos(), now.wall(), clockSynced),
                "",
                null,
                Map.of(),
                Map.of(),
                0,
                "")));
    }

    /** The same with signed commands that were used. */
    static GatewaySnapshot with(GatewaySnapshot snapshot, @Nullable String nonces) {
        return new GatewaySnapshot(
                snapshot.panel(),
                snapshot.panelLost(),
                snapshot.escalation(),
                snapshot.leftOpen(),
                snapshot.troubles(),
                snapshot.failedCodes(),
                nonces);
    }

    /** Nothing but so many wrong codes. */
    static GatewaySnapshot ofFailedCodes(long failedCodes) {
        return new GatewaySnapshot(null, "", null, Map.of(), Map.of(), failedCodes, "");
    }

    /** What is made of one of the texts that were stored before there were snapshots. */
    static GatewaySnapshot former(String name, String text) {
        return of(Json.write(Json.fields("version", 1L, SnapshotJson.FORMER, Map.of(name, text))));
    }
}
