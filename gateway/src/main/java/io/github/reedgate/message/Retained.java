package io.github.reedgate.message;

/** The value of a retained topic, before it is written as a message. Immutable. */
public sealed interface Retained {

    /** Whether it only adds to a state. Details are published behind events, states before them. */
    default boolean isDetail() {
        return this instanceof SensorDetail || this instanceof PanelDetail;
    }

    /**
     * What describes the gateway to others: published as it is.
     *
     * @param message the whole message
     */
    record Description(Message message) implements Retained {}

    /**
     * The state of a sensor.
     *
     * @param sensor the sensor's id
     * @param word its state word
     */
    record SensorState(String sensor, String word) implements Retained {}

    /**
     * The details of a sensor, beside its state.
     *
     * @param sensor the sensor's id
     * @param detail all of it
     */
    record SensorDetail(String sensor, Messages.Detail detail) implements Retained {}

    /**
     * The state of the alarm panel.
     *
     * @param word its state word
     */
    record PanelState(String word) implements Retained {}

    /**
     * The details of the alarm panel, beside its state.
     *
     * @param detail all of it
     */
    record PanelDetail(Messages.PanelDetail detail) implements Retained {}
}
