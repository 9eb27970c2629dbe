package io.github.reedgate.setup;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is going to be written: the answers, without the password. Immutable; checked by reading what would be written.
 *
 * @param gatewayId the gateway's id
 * @param gatewayName its name for people, if it has one
 * @param broker how it reaches the broker
 * @param sensors its sensors, in order
 */
public record Plan(String gatewayId, Optional<String> gatewayName, Broker broker, List<SensorPlan> sensors) {

    /** Where secrets go, below the folder of the configuration. */
    public static final Path CREDENTIALS = Path.of("credentials");

    /** The file with the password in it, below the folder of the configuration. */
    public static final Path PASSWORD_FILE = CREDENTIALS.resolve("mqtt.password");

    /** The file with the own certificate authority, below the folder of the configuration. */
    public static final Path CA_FILE = CREDENTIALS.resolve("ca.pem");

    /** Copies the list. */
    public Plan {
        sensors = List.copyOf(sensors);
    }

    /**
     * The broker.
     *
     * @param url where it is
     * @param user the user name, if it wants one
     * @param hasPassword true if there is a password, which goes into a file of its own
     * @param hasCa true if the broker's certificate is signed by an own authority, which goes into a file of its own
     * @param insecure true if clear text to another machine is allowed
     */
    public record Broker(String url, Optional<String> user, boolean hasPassword, boolean hasCa, boolean insecure) {}

    /** What is wrong with it, one sentence each; empty if it can be written. */
    public List<String> problems(Path file) {
        try {
            Config unused = new ConfigReader().read(PlanText.of(this), file.toString());
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream().map(Problem::text).distinct().toList();
        }
    }

    /** The configuration's text. */
    public String text() {
        return PlanText.of(this);
    }

    /** The header with the sensors beside their pins and the pins where their other wire goes. */
    public List<String> header() {
        Map<Integer, String> marks = new TreeMap<>();
        for (SensorPlan sensor : sensors) {
            marks.merge(sensor.pin(), sensor.id(), (one, other) -> one + ", " + other);
            int other = sensor.goesToSupply() ? HeaderPin.supplyNear(sensor.pin()) : HeaderPin.groundNear(sensor.pin());
            marks.merge(other, sensor.id() + "'s other wire", (one, more) -> "other wires");
        }
        return HeaderDrawing.lines(marks);
    }
}
