package io.github.reedgate.sim.scenario;

import io.github.reedgate.sim.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The scenarios that come with the simulator, as resources of this package. Stateless. */
public final class ReadyScenarios {

    private static final List<String> NAMES = List.of("ordinary_day", "burglary", "worn_reed", "broker_outage_day");

    private ReadyScenarios() {}

    /** Their names. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The text of one.
     *
     * @throws IllegalArgumentException if there is none of that name; the message tells the nearest
     */
    public static String text(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no ready scenario is named '" + name + "'" + Nearest.hint(name, NAMES));
        }
        try (InputStream resource = ReadyScenarios.class.getResourceAsStream(name + ".scenario")) {
            if (resource == null) {
                throw new IllegalStateException("scenario " + name + " is missing from the simulator's jar");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("scenario " + name + " cannot be read from the simulator's jar", unreadable);
        }
    }
}
