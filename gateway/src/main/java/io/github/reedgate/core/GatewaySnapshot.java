package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.contact.Trouble;
import io.github.reedgate.notice.NoticeDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway must still know after a restart, beside its events. Immutable; {@link SnapshotJson} writes and reads it.
 *
 * @param panel the alarm panel; null if there never was one, or its state is not known
 * @param panelLost why the panel's state is not known although it was stored; empty if it is not lost
 * @param escalation who is notified next of the incident that nobody has acknowledged; null if nobody is
 * @param leftOpen the contacts that were reported as left open, by the sensor's id
 * @param troubles the sensors that were reported as not to be trusted, by the sensor's id
 * @param failedCodes how many wrong codes there were since the last right one; 0 or more
 * @param nonces those of signed commands, as {@link io.github.reedgate.command.Nonces#text} writes them; empty if there are
 *     none, null if that is not known
 */
public record GatewaySnapshot(
        @Nullable PanelDocument panel,
        String panelLost,
        @Nullable NoticeDocument escalation,
        Map<String, LeftOpenReport> leftOpen,
        Map<String, Trouble> troubles,
        long failedCodes,
        @Nullable String nonces) {

    /** Of a gateway that starts for the first time. */
    public static final GatewaySnapshot NOTHING = new GatewaySnapshot(null, "", null, Map.of(), Map.of(), 0, "");

    /** Copies the maps. */
    public GatewaySnapshot {
        leftOpen = Map.copyOf(leftOpen);
        troubles = Map.copyOf(troubles);
    }

    /** The same with why the panel's state is not known; empty if it is not lost. */
    public GatewaySnapshot withPanelLost(String reason) {
        return new GatewaySnapshot(panel, reason, escalation, leftOpen, troubles, failedCodes, nonces);
    }

    /** The same without knowing which signed commands were used. */
    public GatewaySnapshot withUnknownNonces() {
        return new GatewaySnapshot(panel, panelLost, escalation, leftOpen, troubles, failedCodes, null);
    }
}
