package io.github.reedgate.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges the longest packet that a broker takes against the longest that a gateway sends. Immutable.
 *
 * @param descriptionBytes the longest packet in which the gateway describes itself to Home Assistant; 0 if there is none
 * @param isOneMessage whether it describes all sensors in one message
 */
public record PacketLimit(int descriptionBytes, boolean isOneMessage) {

    /** The longest event: one that names all sensors, or what a command was. */
    static final int EVENT_BYTES = 16 * 1024;

    /** What is lost and what to do about it; empty if the broker takes all. */
    Optional<Finding> judge(int maximumBytes) {
        List<String> lost = new ArrayList<>();
        if (descriptionBytes > maximumBytes) {
            lost.add(text("the description for Home Assistant (%,d bytes)", descriptionBytes));
        }
        if (EVENT_BYTES > maximumBytes) {
            lost.add(text("longer events (up to %,d bytes)", EVENT_BYTES));
        }
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        String raise = text(
                "let the broker take packets of %,d bytes (mosquitto: max_packet_size)",
                Math.max(EVENT_BYTES, descriptionBytes));
        return Optional.of(Finding.warn(
                CheckName.LOGIN,
                text("the broker takes packets of %,d bytes at most, so it never gets ", maximumBytes)
                        + String.join(" and ", lost),
                isOneMessage && descriptionBytes > maximumBytes
                        ? raise + ", or set homeassistant.discovery.format: component"
                        : raise));
    }

    private static String text(String format, int bytes) {
        return String.format(Locale.ROOT, format, bytes);
    }
}
