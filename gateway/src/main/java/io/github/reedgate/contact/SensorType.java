package io.github.reedgate.contact;

/** What a contact watches over; decides the words used for it. */
public enum SensorType {
    /** A door. */
    DOOR,
    /** A window. */
    WINDOW,
    /** A garage door. */
    GARAGE_DOOR,
    /** Any other opening: a gate, a hatch, a letter box. */
    OPENING,
    /** A tamper contact of a housing or cable: {@code ok} / {@code tampered} instead of closed / open. */
    TAMPER
}
