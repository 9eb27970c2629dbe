package io.github.reedgate.discovery;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.message.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Fuzz target: whatever a sensor's name is, the description for Home Assistant is JSON. */
public final class DiscoveryFuzz {

    private DiscoveryFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        String name = new String(input, StandardCharsets.UTF_8);
        Installation home = Houses.home(Houses.sensor("front_door", name, SensorType.DOOR));
        for (DiscoveryFormat format : DiscoveryFormat.values()) {
            for (Message message : new Descriptions(Houses.as(format), home).messages(Set.of())) {
                if (!message.payload().isEmpty()) {
                    JSON.std.mapFrom(message.payload());
                }
            }
        }
    }
}
