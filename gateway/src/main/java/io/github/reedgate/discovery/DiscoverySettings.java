package io.github.reedgate.discovery;

/**
 * Whether and how the gateway describes itself. Immutable.
 *
 * @param enabled whether it does
 * @param format how the descriptions are cut
 * @param prefix first topic level(s) of the descriptions, without trailing slash; as it is set in Home Assistant
 */
public record DiscoverySettings(boolean enabled, DiscoveryFormat format, String prefix) {

    /** Not at all. */
    public static final DiscoverySettings OFF = new DiscoverySettings(false, DiscoveryFormat.DEVICE, "homeassistant");

    /** Where Home Assistant says that it has started. */
    public String statusTopic() {
        return prefix + "/status";
    }
}
