package io.github.reedgate.discovery;

/** How the descriptions are cut. */
public enum DiscoveryFormat {
    /** One message describes the device and all that belongs to it; Home Assistant knows it since 2024.12. */
    DEVICE,
    /** A message for each entity and trigger, for what is older or other than that. */
    COMPONENT
}
