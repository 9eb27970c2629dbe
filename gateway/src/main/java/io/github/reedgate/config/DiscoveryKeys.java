package io.github.reedgate.config;

import io.github.reedgate.discovery.DiscoveryFormat;
import java.util.List;
import java.util.Map;

/** The keys of how the gateway describes itself to home servers. */
final class DiscoveryKeys {

    static final Key<Boolean> ENABLED = Key.withDefault(
            "homeassistant.discovery.enabled",
            WordType.trueOrFalse("true", "false")
                    .guessing(Map.of(
                            "yes", "true", "on", "true", "1", "true", "no", "false", "off", "false", "0", "false")),
            "false",
            "Whether the gateway describes itself to Home Assistant.");
    static final Key<DiscoveryFormat> FORMAT = Key.withDefault(
            "homeassistant.discovery.format",
            WordType.of(DiscoveryFormat.values()),
            "device",
            "One description for all, or one for each entity, for Home Assistant before 2024.12 and for others.");
    static final Key<String> PREFIX = Key.withDefault(
            "homeassistant.discovery.prefix",
            new TopicPrefixType(),
            "homeassistant",
            "What the descriptions' topics start with, as it is set in Home Assistant.");

    /** All of them in the order of the documentation. */
    static final List<Key<?>> ALL = List.of(ENABLED, FORMAT, PREFIX);

    private DiscoveryKeys() {}
}
