package io.github.reedgate.core;

import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the alarm panel watches under an id of its own: a sensor's contact, or the second line that guards its cable.
 *
 * @param id the id by which the panel knows it
 * @param sensor the sensor
 */
record Watched(String id, Sensor sensor) {

    /** The id by which the panel knows the second line of a sensor. */
    static String tamperOf(String sensor) {
        return sensor + Sensor.TAMPER;
    }

    /** All that the panel may know of sensors, each second line after its sensor. */
    static Stream<Watched> all(List<Sensor> sensors) {
        return sensors.stream()
                .flatMap(sensor -> sensor.loop() == null
                        ? Stream.of(new Watched(sensor.id(), sensor))
                        : Stream.of(new Watched(sensor.id(), sensor), new Watched(tamperOf(sensor.id()), sensor)));
    }

    static Optional<Watched> find(List<Sensor> sensors, String id) {
        return all(sensors).filter(watched -> watched.id().equals(id)).findFirst();
    }

    private boolean isContact() {
        return id.equals(sensor.id());
    }

    /** The state word of its being open, which for a second line says nothing of the contact. */
    String stateWord() {
        return isContact() ? sensor.type().openWord() : SensorType.TAMPER.openWord();
    }

    /** That it opened, in words for people. */
    String moved() {
        return isContact() ? Words.change(sensor, Position.OPEN) : sensor.name() + " tampered with";
    }

    /** That it is open, to follow its name. */
    String isOpen() {
        return isContact() && sensor.type() != SensorType.TAMPER ? " open" : " tampered with";
    }
}
