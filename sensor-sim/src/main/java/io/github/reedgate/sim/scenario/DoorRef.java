package io.github.reedgate.sim.scenario;

/**
 * Which door a step means. Immutable.
 *
 * @param kind how it is told
 * @param name the door's name if told by {@link Kind#NAME}, else empty
 * @param number the door's place from 1 if told by {@link Kind#PLACE}, else 0
 */
record DoorRef(Kind kind, String name, int number) {

    /** For steps without a door. */
    static final DoorRef NONE = new DoorRef(Kind.IT, "", 0);

    /** How a door is told. */
    enum Kind {
        /** By its name. */
        NAME,
        /** By its place among the lines; counted round and round, so that any place exists. */
        PLACE,
        /** By chance. */
        ANY,
        /** As the door of the step before. */
        IT,
        /** Every door. */
        ALL
    }
}
