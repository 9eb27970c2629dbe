package io.github.reedgate.wizard;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is there before the first question. Immutable.
 *
 * @param simulate true if doors are simulated
 * @param present the configuration that is there; empty if there is none, or the package's example only
 * @param asks true if there is somebody to ask
 * @param topic the name of a new topic at an ntfy server, drawn at random: nobody can guess it
 */
public record Scene(boolean simulate, Optional<Present> present, boolean asks, String topic) {

    /**
     * A configuration that is there.
     *
     * @param gatewayId the gateway's id
     * @param brokerUrl where its broker is
     * @param sensors the ids of its sensors
     * @param lines the lines that it uses, of sensors and outputs
     * @param targets the ids of its notification targets
     */
    public record Present(
            String gatewayId, String brokerUrl, List<String> sensors, Set<Integer> lines, List<String> targets) {

        /** Copies the collections. */
        public Present {
            sensors = List.copyOf(sensors);
            lines = Set.copyOf(lines);
            targets = List.copyOf(targets);
        }
    }
}
