package io.github.reedgate.cli;

import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a walk test is, as the gateway told. Immutable.
 *
 * @param number the test's number
 * @param ended the word that says why it is over, or null while it runs
 * @param sensors all sensors
 */
record WalkProgress(long number, @Nullable String ended, List<Walked> sensors) {

    /** Copies the list. */
    WalkProgress {
        sensors = List.copyOf(sensors);
    }

    /**
     * One sensor.
     *
     * @param id its id
     * @param name its name, fit for a line
     * @param state its state word now
     * @param opened when it opened last during the test, or null
     * @param closed when it closed last during the test, or null
     */
    record Walked(
            String id,
            String name,
            String state,
            @Nullable Instant opened,
            @Nullable Instant closed) {

        /** True once it was moved both ways. */
        boolean isDone() {
            return opened != null && closed != null;
        }
    }

    /** Those not yet moved both ways. */
    List<Walked> missing() {
        return sensors.stream().filter(sensor -> !sensor.isDone()).toList();
    }

    /**
     * Reads an answer.
     *
     * @param answer one line
     * @throws IOException if it is none
     */
    static WalkProgress read(String answer) throws IOException {
        if (!answer.startsWith("ok ")) {
            throw new IOException("the gateway answered: " + SafeText.line(answer, 100));
        }
        Map<String, Object> all = JsonObject.read(answer.substring("ok ".length()));
        List<Walked> sensors = new ArrayList<>();
        if (!(all.get("test") instanceof Number number) || !(all.get("sensors") instanceof List<?> list)) {
            throw new IOException("the gateway's answer is about no walk test: " + SafeText.line(answer, 100));
        }
        try {
            for (Object one : list) {
                if (!(one instanceof Map<?, ?> sensor)) {
                    throw new IOException("the gateway's answer can't be read: a sensor is no object");
                }
                sensors.add(new Walked(
                        text(sensor, "id"),
                        text(sensor, "name"),
                        text(sensor, "state"),
                        time(sensor, "opened"),
                        time(sensor, "closed")));
            }
        } catch (DateTimeException e) {
            throw new IOException("the gateway's answer can't be read: " + e.getMessage(), e);
        }
        return new WalkProgress(number.longValue(), all.get("ended") instanceof String word ? word : null, sensors);
    }

    private static String text(Map<?, ?> sensor, String name) {
        return SafeText.line(String.valueOf(sensor.get(name)), 64);
    }

    private static @Nullable Instant time(Map<?, ?> sensor, String name) {
        return Optional.ofNullable(sensor.get(name))
                .map(text -> Instant.parse(String.valueOf(text)))
                .orElse(null);
    }
}
