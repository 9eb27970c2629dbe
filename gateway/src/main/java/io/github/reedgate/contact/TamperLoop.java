package io.github.reedgate.contact;

import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;

/**
 * A sensor's tamper loop: a second GPIO line that shows whether somebody cut or shorted the sensor's cable. Immutable.
 *
 * @param kind how it is wired
 * @param line the second GPIO line
 * @param openCircuitLevel the level of that line while its circuit is open
 */
public record TamperLoop(Kind kind, LineSettings line, Level openCircuitLevel) {

    /** How a tamper loop is wired. */
    public enum Kind {
        /** Two more cores of the cable, closed for as long as nobody cuts it or opens a housing. */
        PAIR,
        /** The other throw of a changeover switch (form C): exactly one of the two lines conducts. */
        CHANGEOVER
    }

    /** What a tamper loop shows. */
    public enum Tamper {
        /** Nothing is wrong. */
        OK,
        /** A circuit is open that must not be. */
        CUT,
        /** Both circuits of a changeover switch are closed. */
        SHORT
    }

    /**
     * Judges two levels. While the contact moves they may contradict each other for a moment.
     *
     * @param contact how the contact's own line is wired
     * @param own the level of the contact's own line
     * @param other the level of the tamper loop
     */
    public Tamper judge(Wiring contact, Level own, Level other) {
        boolean conducts = other != openCircuitLevel;
        if (kind == Kind.PAIR) {
            return conducts ? Tamper.OK : Tamper.CUT;
        }
        boolean ownConducts = own != contact.openCircuitLevel();
        if (conducts != ownConducts) {
            return Tamper.OK;
        }
        return conducts ? Tamper.SHORT : Tamper.CUT;
    }
}
