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
 * @param testAlarm whether a test alarm is sent, if an option says so; if empty, a person is asked, and nobody means no
 * @param topic the name of a new topic at an ntfy server, drawn at random: nobody can guess it
 */
public record Scene(
        boolean simulate, Optional<Present> present, boolean asks, Optional<Boolean> testAlarm, String topic) {

    /**
     * A configuration that is there.
     *
     * @param gatewayId the gateway's id
     * @param brokerUrl where its broker is
     * @param sensors the ids of its sensors
     * @param lines the lines that it uses, of sensors and outputs
     * @param targets the ids of its notification targets
     * @param brokerKeys the keys of its section {@code broker}
     */
    public record Present(
            String gatewayId,
            String brokerUrl,
            List<String> sensors,
            Set<Integer> lines,
            List<String> targets,
            List<String> brokerKeys) {

        /** Copies the collections. */
        public Present {
            sensors = List.copyOf(sensors);
            lines = Set.copyOf(lines);
            targets = List.copyOf(targets);
            brokerKeys = List.copyOf(brokerKeys);
        }
    }
}
