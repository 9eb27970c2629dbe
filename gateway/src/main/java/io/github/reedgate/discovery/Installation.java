package io.github.reedgate.discovery;

import io.github.reedgate.contact.Sensor;
import io.github.reedgate.message.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What there is to describe. Immutable.
 *
 * @param gatewayId the gateway's id
 * @param gatewayName its name for people
 * @param version the program's version
 * @param topics its topics
 * @param sensors its sensors
 * @param heartbeat how often the diagnostics are published
 * @param panel what its alarm panel can do, if it has one
 */
public record Installation(
        String gatewayId,
        String gatewayName,
        String version,
        Topics topics,
        List<Sensor> sensors,
        Duration heartbeat,
        Optional<PanelTraits> panel) {

    /** Copies the list. */
    public Installation {
        sensors = List.copyOf(sensors);
    }

    /** The device's identifier, also its place below the prefix. */
    public String deviceId() {
        return deviceId(gatewayId);
    }

    /** The identifier of the device that a gateway with that id is. */
    public static String deviceId(String gatewayId) {
        return "reedgate_" + gatewayId;
    }
}
