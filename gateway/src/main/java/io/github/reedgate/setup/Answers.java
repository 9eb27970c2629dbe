package io.github.reedgate.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known so far of the gateway that is set up. Immutable. Holds the password, so it is never printed.
 *
 * @param gatewayId the gateway's id
 * @param gatewayName its name for people
 * @param url where the broker is
 * @param user the user name at the broker; an empty one says that there is none
 * @param password the password; an empty one says that there is none, or that the one on disk stays
 * @param ca PEM file with the own certificate authority; an empty path says that there is none
 * @param insecure true if clear text to another machine is allowed
 * @param sensors the sensors, in order
 */
public record Answers(
        Optional<String> gatewayId,
        Optional<String> gatewayName,
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        Optional<Path> ca,
        boolean insecure,
        List<SensorPlan> sensors) {

    /** Copies the list. */
    public Answers {
        sensors = List.copyOf(sensors);
    }

    /** The flags that stand for what is missing; empty if a configuration can be written. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (gatewayId.isEmpty()) {
            missing.add("--gateway-id");
        }
        if (url.isEmpty()) {
            missing.add("--broker");
        }
        if (sensors.isEmpty()) {
            missing.add("--sensor");
        }
        return missing;
    }

    /**
     * What is written.
     *
     * @param keepsPassword true if there is a password on disk that stays
     * @param keepsCa true if there is an authority on disk that stays
     */
    public Plan plan(boolean keepsPassword, boolean keepsCa) {
        Optional<String> name = user.filter(given -> !given.isEmpty());
        boolean hasPassword =
                name.isPresent() && (password.filter(given -> !given.isEmpty()).isPresent() || keepsPassword);
        boolean hasCa = ca.filter(file -> !file.toString().isEmpty()).isPresent() || keepsCa;
        return new Plan(
                gatewayId.orElse(""),
                gatewayName.filter(given -> !given.isEmpty()),
                new Plan.Broker(url.orElse(""), name, hasPassword, hasCa, insecure),
                sensors);
    }

    @Override
    public String toString() {
        return "answers for " + gatewayId.orElse("a gateway without an id");
    }
}
